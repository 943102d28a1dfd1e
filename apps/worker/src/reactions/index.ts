import type { DynamicModule, Type } from '@nestjs/common';
import { ContractNewsDelivery, ContractingWorkerModule } from '#contracting';
import { FreemiumModule } from '#freemium';
import { IdentityModule, IdentityWorkerModule, MailDelivery } from '#identity';
import { LedgerWorkerModule } from '#ledger';
import type { Delivery, Reaction } from '#platform';
import { LogWorkerModule } from '#registry';
import { TicketDelivery, WorkshopWorkerModule } from '#workshop';
import { AmendmentChangedReaction } from './amendment-changed.reaction.js';
import { ContractActivatedReaction } from './contract-activated.reaction.js';
import { ContractTerminatedReaction } from './contract-terminated.reaction.js';
import { GrantsDueReaction } from './grants-due.reaction.js';
import { TimeLoggedReaction } from './time-logged.reaction.js';

/** The contexts whose services the reactions below call. */
export const contextModules: (Type | DynamicModule)[] = [
  IdentityModule,
  IdentityWorkerModule,
  LedgerWorkerModule,
  LogWorkerModule,
  ContractingWorkerModule,
  WorkshopWorkerModule,
  FreemiumModule,
];

/** What one context's event makes another do, in one transaction with the mark that it was done. */
export const reactionClasses: Type<Reaction>[] = [
  AmendmentChangedReaction,
  ContractActivatedReaction,
  ContractTerminatedReaction,
  GrantsDueReaction,
  TimeLoggedReaction,
];

/** What leaves the database: tickets, mails, pushes. */
export const deliveryClasses: Type<Delivery>[] = [TicketDelivery, MailDelivery, ContractNewsDelivery];
