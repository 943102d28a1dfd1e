import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { LedgerModule } from '#ledger';
import { DeliveryRepository } from './deliveries/persistence/delivery.repository.js';
import { UnitAllocation } from './deliveries/unit-allocation.js';
import { ObligationBooks } from './obligation-books.js';
import { ObligationSettlement } from './obligation-settlement.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { ContributionRepository } from './persistence/contribution.repository.js';
import { ObligationRepository } from './persistence/obligation.repository.js';
import { PledgeRepository } from './persistence/pledge.repository.js';
import { PledgeAccounts } from './pledge-accounts.js';
import { PledgeBooks } from './pledge-books.js';
import { PledgeSettlement } from './pledge-settlement.js';
import { ReleaseAnnouncer } from './release-announcer.js';
import { SendReminders } from './reminders/send-reminders.processor.js';
import { ContractingClockwork } from './tasks/contracting-clockwork.js';
import { LapseContracts } from './tasks/lapse-contracts.processor.js';
import { WorkedHours } from './worked-hours.service.js';

/** What only the worker needs of contracts: what happens to them without a request. */
@Module({
  imports: [IdentityModule, LedgerModule],
  providers: [
    ContractRepository,
    PledgeRepository,
    PledgeAccounts,
    PledgeBooks,
    PledgeAccounts,
    PledgeSettlement,
    ObligationRepository,
    ObligationBooks,
    DeliveryRepository,
    UnitAllocation,
    ReleaseAnnouncer,
    ObligationSettlement,
    ContributionRepository,
    WorkedHours,
    LapseContracts,
    SendReminders,
    ContractingClockwork,
  ],
  exports: [LapseContracts, SendReminders, WorkedHours],
})
export class ContractingWorkerModule {}
