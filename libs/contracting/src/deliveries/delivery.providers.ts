import { DeliveryService } from './delivery.service.js';
import { DeliveriesResolver, DeliveryResolver } from './graphql/delivery.resolver.js';
import {
  DeliveriesOfContractLoader,
  DeliveryReader,
  SalesOfContractLoader,
} from './persistence/delivery.reader.js';
import { DeliveryRepository } from './persistence/delivery.repository.js';
import { UnitAllocation } from './unit-allocation.js';
import { UnitReliefService } from './unit-relief.service.js';

/** Deliveries, what they settle, and premium sales. */
export const deliveryProviders = [
  DeliveryRepository,
  DeliveryReader,
  DeliveriesOfContractLoader,
  SalesOfContractLoader,
  UnitAllocation,
  DeliveryService,
  UnitReliefService,
  DeliveriesResolver,
  DeliveryResolver,
];
