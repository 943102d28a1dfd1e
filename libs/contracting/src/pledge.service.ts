import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf, type Currency, type Id } from '#kernel';
import { Idempotency, IdSource, UnitOfWork, type Tx, type Viewer } from '#platform';
import { requireMay } from './contract.policy.js';
import { assertPledgeStep, countingPledges, type Contract, type ContractPledge } from './domain/contract.js';
import type { ContractChanged } from './domain/events.js';
import { assertMoment, type Deed } from './domain/moment.js';
import { dealFor, readPledge, type PledgeGiven } from './domain/pledge-input.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { PledgeRepository } from './persistence/pledge.repository.js';
import { PledgeBooks } from './pledge-books.js';
import { PledgeSettlement } from './pledge-settlement.js';
import { requireParty, requireVisible } from './visible.js';

type MakeGiven = PledgeGiven & {
  readonly idempotencyKey: string;
  readonly contractId: string;
  readonly communityId: string;
};

/** Pledging, and taking it back. Each deed is booked in the same transaction. */
@Injectable()
export class PledgeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly contracts: ContractRepository,
    private readonly pledges: PledgeRepository,
    private readonly books: PledgeBooks,
    private readonly settlement: PledgeSettlement,
  ) {}

  /**
   * A receiving community takes one of the contract's offers. The pledge that meets the last threshold may activate
   * the contract.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` unless open and in time
   */
  make(viewer: Viewer, { idempotencyKey: key, ...input }: MakeGiven): Promise<Id<'pledge'>> {
    const read = checkInput((check) => ({
      contractId: check.id<'contract'>('contractId', input.contractId, 'the contract'),
      communityId: check.id<'community'>('communityId', input.communityId, 'the community'),
      pledge: readPledge(check, input),
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, { actor: viewer.personId, key, operation: 'makePledge', input }, async () => {
        const { contractId, communityId, pledge } = read;
        const contract = requireVisible(await this.contracts.lock(tx, contractId), contractId, viewer);
        requireMay(viewer, 'makePledge', communityId);
        requireParty(contract.receivingCommunityIds, communityId, 'a receiving community of this contract');
        assertMoment('makePledge', contract, dayOf(tx.now));
        if (pledge.currency) assertCurrency(contract, pledge.currency);
        const deal = dealFor(pledge, { ...contract, communityId, promised: promisedUnits(contract) });
        const id = this.ids.next<'pledge'>();
        const { contribution } = pledge;
        const transferId = await this.books.pend(tx, contract, { id, communityId, deal, contribution });
        await this.pledges.insert(tx, {
          id,
          contract,
          communityId,
          deal,
          contribution,
          transferId,
          pledgedBy: viewer.personId,
        });
        await this.settlement.activateIfDue(tx, contractId);
        tx.publish(changed(contract));
        return id;
      }),
    );
  }

  /** @throws DomainError `FORBIDDEN`, `NOT_FOUND`; `INVALID_STATE` once the pledge binds or has ended */
  withdraw(
    viewer: Viewer,
    { idempotencyKey: key, ...input }: { idempotencyKey: string; pledgeId: string },
  ): Promise<Id<'pledge'>> {
    const id = checkInput((check) => check.id<'pledge'>('pledgeId', input.pledgeId, 'the pledge'));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'withdrawPledge', input },
        async () => {
          const { contract, pledge } = await this.lockPledge(tx, id);
          this.assertMay(tx, viewer, 'withdrawPledge', contract, pledge.communityId);
          assertPledgeStep(pledge, 'withdrawn');
          await this.pledges.end(tx, id, 'withdrawn', await this.books.release(tx, contract, pledge));
          tx.publish(changed(contract));
          return id;
        },
      ),
    );
  }

  private async lockPledge(
    tx: Tx,
    id: Id<'pledge'>,
  ): Promise<{ contract: Contract; pledge: ContractPledge }> {
    const found = await this.contracts.lockOfPledge(tx, id);
    if (!found) throw DomainError.notFound('pledge', id);
    return found;
  }

  private assertMay(
    tx: Tx,
    viewer: Viewer,
    deed: Deed,
    contract: Contract,
    communityId: Id<'community'>,
  ): void {
    requireMay(viewer, deed, communityId);
    assertMoment(deed, contract, dayOf(tx.now));
  }
}

function changed(contract: Contract): ContractChanged {
  return { type: 'contracting.contract-changed', payload: { ref: contract.ref } };
}

/** Units promised for pledges that count, by the line's position. */
function promisedUnits(contract: Contract): ReadonlyMap<number, number> {
  const promised = new Map<number, number>();
  for (const { line, units } of countingPledges(contract))
    if (line !== null) promised.set(line, (promised.get(line) ?? 0) + units);
  return promised;
}

export function assertCurrency(contract: Contract, currency: Currency): void {
  if (currency === contract.currency) return;
  throw DomainError.badInput([
    { field: 'amount.currency', message: `The contract ${contract.ref} is in ${contract.currency}.` },
  ]);
}
