import { Module } from '@nestjs/common';
import { CatalogueModule } from '#catalogue';
import { IdentityModule } from '#identity';
import { LedgerModule } from '#ledger';
import { AcceptanceService } from './acceptance.service.js';
import { ContractViews } from './contract-views.js';
import { ContractingModule } from './contracting.module.js';
import { DraftService } from './draft.service.js';
import {
  AcceptanceResolver,
  ContractPartsResolver,
  DeliverableResolver,
} from './graphql/contract-parts.resolver.js';
import { ContractResolver } from './graphql/contract.resolver.js';
import {
  AcceptancesOfContractLoader,
  PaymentsOfPledgeLoader,
  PledgesOfContractLoader,
  ReleasesOfContractLoader,
} from './graphql/contracting.loader.js';
import { PledgeResolver } from './graphql/pledge.resolver.js';
import { OpeningService } from './opening.service.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { PledgeRepository } from './persistence/pledge.repository.js';
import { PledgeBooks } from './pledge-books.js';
import { PledgeSettlement } from './pledge-settlement.js';
import { PledgeService } from './pledge.service.js';

const rows = [ContractRepository, PledgeRepository];
const services = [
  DraftService,
  OpeningService,
  AcceptanceService,
  PledgeService,
  PledgeSettlement,
  PledgeBooks,
];
const loaders = [
  ReleasesOfContractLoader,
  AcceptancesOfContractLoader,
  PledgesOfContractLoader,
  PaymentsOfPledgeLoader,
];
const resolvers = [
  ContractResolver,
  ContractPartsResolver,
  DeliverableResolver,
  AcceptanceResolver,
  PledgeResolver,
];

/** What people do with contracts, and the GraphQL surface. */
@Module({
  imports: [ContractingModule, IdentityModule, CatalogueModule, LedgerModule],
  providers: [...rows, ...services, ...loaders, ContractViews, ...resolvers],
})
export class ContractingApiModule {}
