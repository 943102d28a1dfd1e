import { Module } from '@nestjs/common';
import { CatalogueModule } from '#catalogue';
import { IdentityModule } from '#identity';
import { ContractProgressReader } from './contract-progress.reader.js';
import { DispatchService } from './dispatch.service.js';
import { JobReader } from './job.reader.js';
import { JobService } from './job.service.js';
import { LaneReader } from './lane.reader.js';
import { JobRepository } from './persistence/job.repository.js';
import { PlaceRepository } from './persistence/place.repository.js';
import { WorkOrderRepository } from './persistence/work-order.repository.js';
import { PlacesReader } from './places.reader.js';
import { PlacesService } from './places.service.js';
import { TicketOffice } from './tickets/ticket-office.js';
import { WorkOrderService } from './work-order.service.js';

const rows = [JobRepository, PlaceRepository, WorkOrderRepository];
const readers = [ContractProgressReader, JobReader, LaneReader, PlacesReader];
const services = [DispatchService, JobService, PlacesService, TicketOffice, WorkOrderService];

/** Services of the workshop, for every process and every context. */
@Module({
  imports: [IdentityModule, CatalogueModule],
  providers: [...rows, ...readers, ...services],
  exports: [...readers, ...services, JobRepository],
})
export class WorkshopModule {}
