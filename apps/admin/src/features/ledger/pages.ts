export { AccountPage } from './account.page';
export { AccountsPage } from './accounts.page';
export { ContractEntriesPage } from './contract-entries.page';
export { ContractTransferPage, LedgerTransferPage } from './transfer.page';
