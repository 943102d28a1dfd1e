import { Module } from '@nestjs/common';
import { CatalogueModule } from '#catalogue';
import { IdentityModule } from '#identity';
import { LedgerModule } from '#ledger';
import { FreemiumModule } from './freemium.module.js';
import { GiftService, GiftWork } from './gift.service.js';
import { GrantService } from './grant.service.js';
import {
  FundingOfGrantLoader,
  FundingOfSaleLoader,
  GrantLoader,
  PoolsLoader,
  SaleLoader,
  SalePaymentsLoader,
  SplitRulesLoader,
} from './graphql/freemium.loader.js';
import { GrantResolver } from './graphql/grant.resolver.js';
import { PoolResolver } from './graphql/pool.resolver.js';
import { RequestResolver } from './graphql/request.resolver.js';
import { SaleActionsResolver } from './graphql/sale-actions.resolver.js';
import { SaleResolver } from './graphql/sale.resolver.js';
import { FreemiumReader } from './persistence/freemium.reader.js';
import { RequestService } from './request.service.js';
import { RuleService } from './rule.service.js';
import { ReversalWork } from './reversal-work.js';
import { SaleFlow } from './sale-flow.js';
import { SalePayments } from './sale-payments.service.js';
import { SaleReversal } from './sale-reversal.service.js';
import { SaleService } from './sale.service.js';
import { WaitingListReader } from './waiting-list.reader.js';

const services = [
  RuleService,
  SaleService,
  SaleFlow,
  SalePayments,
  ReversalWork,
  SaleReversal,
  GiftWork,
  GiftService,
  GrantService,
  RequestService,
  FreemiumReader,
  WaitingListReader,
];
const loaders = [
  SaleLoader,
  GrantLoader,
  SalePaymentsLoader,
  FundingOfSaleLoader,
  FundingOfGrantLoader,
  PoolsLoader,
  SplitRulesLoader,
];
const resolvers = [SaleResolver, SaleActionsResolver, GrantResolver, PoolResolver, RequestResolver];

/** What people do with sales, pools and the waiting list, and the GraphQL surface. */
@Module({
  imports: [FreemiumModule, CatalogueModule, IdentityModule, LedgerModule],
  providers: [...services, ...loaders, ...resolvers],
})
export class FreemiumApiModule {}
