export { BOOKS_FORMATS, isBooksFormat, type BooksFormat } from './books/books.js';
export { BooksService } from './books/books.service.js';
export {
  auditLedger,
  checkLedger,
  type LedgerAudit,
  type LedgerCheck,
  type LedgerFinding,
} from './check/check-ledger.js';
export { recomputedAvailable } from './check/available.js';
export { readSnapshot } from './persistence/snapshot.js';
export { LedgerDays, type LedgerDay, type LedgerDayTransfer } from './days/ledger-days.js';
export type { EntryLayer, Leg, NormalSide, TransferState } from './domain/ledger.js';
export { LedgerAccountModel, LedgerEntryConnection, LedgerEntryModel } from './graphql/ledger.model.js';
export { LedgerTransferModel, transferView } from './graphql/transfer.model.js';
export { LedgerApiModule, LedgerModule, LedgerWorkerModule } from './ledger.module.js';
export {
  LedgerReader,
  type AccountEntry,
  type AccountSummary,
  type EntrySummary,
  type ReferenceEntry,
  type TransferDetails,
} from './ledger.reader.js';
export { LedgerService, type AccountOrder, type Booking, type TransferOrder } from './ledger.service.js';
export { SumKeeper } from './tasks/sum-keeper.js';
