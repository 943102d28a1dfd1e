export { WorkedHours, type LoggedWork } from './worked-hours.service.js';
export { CONTRACT_STATES, PLEDGE_STATES, type ContractState, type PledgeState } from './domain/contract.js';
export type {
  AmendmentChanged,
  ContractActivated,
  ContractChanged,
  ContractLapsed,
  ContractTerminated,
  ContractingEvent,
  ReleasePublished,
} from './domain/events.js';
export { RELEASE_STATUSES, type ReleaseStatus } from './domain/amendment.js';
export type { MovementKind } from './domain/movements.js';
export { releaseDifference, type ReleaseChange } from './domain/release-difference.js';
export {
  RELEASE_FORMAT,
  type DocumentDeliverable,
  type DocumentMoney,
  type DocumentParty,
  type DocumentPledge,
  type DocumentThreshold,
  type ReleaseDocument,
} from './domain/release-document.js';
export type { ClosedPledge, DocumentClosing } from './domain/closing.js';
export type {
  DocumentSettlement,
  DocumentSettlementLine,
  DocumentTermination,
  SettlementDocument,
} from './domain/settlement-document.js';
export { INSTRUMENTS, itemKey, type Instrument } from './domain/instrument.js';
export { TIERS, type Tier } from './domain/terms.js';
export type {
  PublicContract,
  PublicContractList,
  PublicContractPage,
  PublicContractSummary,
  PublicFunding,
  PublicParty,
  PublicRelease,
  PublicReleaseEntry,
  PublicReleasePage,
} from './public-contract.js';
export { PublicContracts } from './public-contracts.service.js';
export { ContractingApiModule } from './contracting-api.module.js';
export { ContractingModule } from './contracting.module.js';
export { ContractingWorkerModule } from './contracting-worker.module.js';
export { ContractNewsDelivery } from './reminders/contract-news.delivery.js';
export { SendReminders } from './reminders/send-reminders.processor.js';
export { LapseContracts } from './tasks/lapse-contracts.processor.js';
export { ContractConnection, ContractModel } from './graphql/contract.model.js';
export { PledgeModel } from './graphql/pledge.model.js';
