export type {
  FreemiumEvent,
  GrantDelivered,
  GrantMade,
  GrantsDue,
  RulePublished,
  SalePaid,
  SaleReady,
  SaleReversed,
} from './domain/events.js';
export {
  auditFreemium,
  checkFreemium,
  type FreemiumAudit,
  type FreemiumCheck,
} from './check/check-freemium.js';
export { FreemiumApiModule } from './freemium-api.module.js';
export { FreemiumModule } from './freemium.module.js';
export { GrantFlow } from './grant-flow.js';
export { GrantsDueService } from './grants-due.js';
