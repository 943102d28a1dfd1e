import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { BooksModule } from './books/books.module.js';
import { LedgerDays } from './days/ledger-days.js';
import { LedgerResolver } from './graphql/ledger.resolver.js';
import { LedgerReader } from './ledger.reader.js';
import { LedgerService } from './ledger.service.js';
import { LedgerClockwork } from './tasks/ledger-clockwork.js';
import { SumKeeper } from './tasks/sum-keeper.js';

/** The double-entry ledger, for every process and every context that books. */
@Module({
  imports: [IdentityModule],
  providers: [LedgerService, LedgerReader, LedgerDays],
  exports: [LedgerService, LedgerReader, LedgerDays],
})
export class LedgerModule {}

/** The books as their keepers read them, for the API. */
@Module({ imports: [LedgerModule, BooksModule], providers: [LedgerResolver] })
export class LedgerApiModule {}

/** What the worker does for the ledger without a request. */
@Module({ providers: [SumKeeper, LedgerClockwork] })
export class LedgerWorkerModule {}
