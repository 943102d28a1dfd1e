import { Module } from '@nestjs/common';
import { CatalogueModule } from '#catalogue';
import { LedgerModule } from '#ledger';
import { GrantFlow } from './grant-flow.js';
import { Granting } from './granting.js';
import { GrantsDueService } from './grants-due.js';
import { GrantRepository } from './persistence/grant.repository.js';
import { PoolRepository } from './persistence/pool.repository.js';
import { RequestRepository } from './persistence/request.repository.js';
import { RuleRepository } from './persistence/rule.repository.js';
import { SaleRepository } from './persistence/sale.repository.js';
import { ProductBooks } from './product-books.js';

const rows = [GrantRepository, PoolRepository, RequestRepository, RuleRepository, SaleRepository];
const rules = [ProductBooks, Granting, GrantFlow, GrantsDueService];

/** Pools and grants, for the API and for the worker. */
@Module({
  imports: [CatalogueModule, LedgerModule],
  providers: [...rows, ...rules],
  exports: [...rows, ...rules],
})
export class FreemiumModule {}
