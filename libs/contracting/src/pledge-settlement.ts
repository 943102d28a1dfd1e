import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import type { Tx } from '#platform';
import { activationDue, assertContractStep, assertPledgeStep, type Contract } from './domain/contract.js';
import type { ContractActivated } from './domain/events.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { PledgeRepository } from './persistence/pledge.repository.js';
import { PledgeBooks } from './pledge-books.js';

/** What becomes of all pledges of a contract at once. The contract is locked by the caller. */
@Injectable()
export class PledgeSettlement {
  constructor(
    private readonly contracts: ContractRepository,
    private readonly pledges: PledgeRepository,
    private readonly books: PledgeBooks,
  ) {}

  /**
   * Activates the contract in the transaction in which the last condition was met (invariant 4): its pledges bind,
   * and the event that brings work orders into being goes out with the commit.
   */
  async activateIfDue(tx: Tx, id: Id<'contract'>): Promise<void> {
    const contract = await this.contracts.lock(tx, id);
    if (!contract || !activationDue(contract)) return;
    assertContractStep(contract, 'active');
    // In order of supporters, as the repository gives them: two activations cannot wait for each other's accounts.
    for (const pledge of contract.pledges.filter(({ state }) => state === 'pledged')) {
      assertPledgeStep(pledge, 'active');
      await this.pledges.bind(tx, pledge.id, await this.books.bind(tx, contract, pledge));
    }
    await this.contracts.activate(tx, id);
    tx.publish(activated(contract));
  }

  /** The contract ends before it is active: what was pledged is pledged no more. */
  async voidAll(tx: Tx, contract: Contract, cause: 'withdrawn' | 'lapsed'): Promise<void> {
    for (const pledge of contract.pledges.filter(({ state }) => state === 'pledged')) {
      assertPledgeStep(pledge, 'voided');
      const ending =
        cause === 'lapsed'
          ? this.books.expire(tx, contract, pledge)
          : this.books.release(tx, contract, pledge);
      await this.pledges.end(tx, pledge.id, 'voided', await ending);
    }
  }
}

function activated(contract: Contract): ContractActivated {
  return {
    type: 'contracting.contract-activated',
    payload: {
      contractId: contract.id,
      ref: contract.ref,
      fablabId: contract.fablabId,
      lines: contract.terms.deliverables.map(
        ({ productVersionId, receiverId, tier, quantity, dueOn }, index) => ({
          position: index + 1,
          productVersionId,
          receiverId,
          tier,
          quantity,
          dueOn,
        }),
      ),
    },
  };
}
