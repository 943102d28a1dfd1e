import { Inject, Injectable } from '@nestjs/common';
import { dayOf, type Clock, type Day, type Id } from '#kernel';
import { CLOCK, Database, LOGGER, UnitOfWork, type Logger, type Tx } from '#platform';
import { assertContractStep, lapseDue } from '../domain/contract.js';
import type { ContractChanged, ContractLapsed } from '../domain/events.js';
import { ContractRepository } from '../persistence/contract.repository.js';
import { PledgeSettlement } from '../pledge-settlement.js';

/**
 * Ends open contracts whose deadline's day is over: every pledge expires in the books, nothing is erased. Each
 * contract is a unit of work of its own, so a worker that dies leaves a contract either open or wholly lapsed, and
 * what one worker holds another passes by. It needs PostgreSQL alone.
 */
@Injectable()
export class LapseContracts {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly contracts: ContractRepository,
    private readonly settlement: PledgeSettlement,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @returns how many contracts lapsed */
  async run(): Promise<number> {
    const due = await this.database.query<{ id: Id<'contract'>; ref: string }>(
      `SELECT id, ref FROM contracting.contract WHERE state = 'open' AND deadline < $1 ORDER BY deadline, id`,
      [dayOf(this.clock.now())],
      'contracts-past-deadline',
    );
    let lapsed = 0;
    for (const { id, ref } of due) {
      try {
        if (await this.unitOfWork.run((tx) => this.lapse(tx, id))) lapsed += 1;
      } catch (error) {
        // One contract that cannot lapse must not keep the others open; the next round tries it again.
        this.logger.error({ err: error, ref }, 'a contract could not lapse; it is tried again');
      }
    }
    return lapsed;
  }

  /** @returns false when somebody else has it in hand, or when it is not due any more */
  private async lapse(tx: Tx, id: Id<'contract'>): Promise<boolean> {
    const [free] = await tx.query<{ deadline: Day }>(
      `SELECT deadline FROM contracting.contract WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED`,
      [id],
    );
    const contract = free ? await this.contracts.lock(tx, id) : null;
    if (!contract || !lapseDue(contract, dayOf(tx.now))) return false;
    assertContractStep(contract, 'lapsed');
    await this.settlement.voidAll(tx, contract, 'lapsed');
    await this.contracts.lapse(tx, id);
    const lapsed: ContractLapsed = {
      type: 'contracting.contract-lapsed',
      payload: { contractId: id, ref: contract.ref, deadline: contract.deadline },
    };
    const changed: ContractChanged = {
      type: 'contracting.contract-changed',
      payload: { ref: contract.ref },
    };
    tx.publish(lapsed);
    tx.publish(changed);
    return true;
  }
}
