import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import { IdSource, type Tx } from '#platform';
import { addedMilliHours, pledgeOfWork } from './domain/contribution.js';
import { outstandingMilli } from './domain/obligation.js';
import { ObligationSettlement } from './obligation-settlement.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { ContributionRepository } from './persistence/contribution.repository.js';
import { ObligationRepository } from './persistence/obligation.repository.js';

/** A stretch of work on a job of a contract, as the workshop logged it. */
export interface LoggedWork {
  readonly timeLogId: string;
  readonly contractId: Id<'contract'>;
  /** The section's name. */
  readonly section: string;
  readonly makerId: Id<'person'>;
  /** The communities that the maker belonged to then. */
  readonly communityIds: readonly Id<'community'>[];
  readonly seconds: bigint;
  readonly day: Day;
}

/** Hours are fulfilled by logged time and by nothing else: each stretch counts once, for one pledge. */
@Injectable()
export class WorkedHours {
  constructor(
    private readonly contracts: ContractRepository,
    private readonly obligations: ObligationRepository,
    private readonly contributions: ContributionRepository,
    private readonly settlement: ObligationSettlement,
    private readonly ids: IdSource,
  ) {}

  /** Does nothing when no pledge of hours asks for this work, or when the contract is not active any more. */
  async count(tx: Tx, work: LoggedWork): Promise<void> {
    const contract = await this.contracts.lock(tx, work.contractId);
    if (contract?.state !== 'active' || work.seconds <= 0n) return;
    if (await this.contributions.isCounted(tx, work.timeLogId)) return;
    const obligations = await this.obligations.ofContract(tx, contract.id);
    const pledge = pledgeOfWork(
      obligations
        .filter(({ contribution }) => contribution === 'hours')
        .map((obligation) => ({
          pledgeId: obligation.pledgeId,
          communityId: obligation.communityId,
          item: obligation.item,
          isActive: obligation.state === 'active',
          outstandingMilli: outstandingMilli(obligation),
        })),
      work,
    );
    if (!pledge) return;
    const before = await this.contributions.secondsOf(tx, pledge.pledgeId);
    await this.contributions.insert(tx, {
      id: this.ids.next(),
      pledgeId: pledge.pledgeId,
      kind: 'received',
      quantityMilli: addedMilliHours(before, work.seconds),
      happenedOn: work.day,
      reason: null,
      work: { timeLogId: work.timeLogId, seconds: work.seconds },
      recordedBy: null,
    });
    await this.settlement.settle(tx, contract, { personId: work.makerId });
  }
}
