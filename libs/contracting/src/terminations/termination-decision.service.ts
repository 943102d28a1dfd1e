import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf, type Id, type InputCheck } from '#kernel';
import { Idempotency, IdSource, UnitOfWork, type Tx, type Viewer } from '#platform';
import { requireMay } from '../contract.policy.js';
import type { Contract } from '../domain/contract.js';
import { assertTextPublishable } from '../domain/forbidden-clauses.js';
import { assertMoment, type Deed } from '../domain/moment.js';
import { readPublicReason } from '../domain/personal-data.js';
import { assertOnlyMoneyOwed, openObligations } from '../domain/settlement.js';
import {
  assertTerminationAcceptable,
  assertTerminationStep,
  terminationAgreed,
  type Termination,
} from '../domain/termination.js';
import { ContractRepository } from '../persistence/contract.repository.js';
import { ObligationRepository } from '../persistence/obligation.repository.js';
import { requireVisible } from '../visible.js';
import { TerminationRepository } from './persistence/termination.repository.js';
import { TerminationSettlement } from './termination-settlement.js';

interface Place {
  readonly idempotencyKey: string;
  readonly contractId: string;
  readonly communityId: string;
  /** Of the proposal. */
  readonly number: number;
}

interface Scope {
  readonly contract: Contract;
  readonly termination: Termination;
  readonly communityId: Id<'community'>;
}

/** What those who are asked say to a proposed termination: yes, all of them, or no, one of them. */
@Injectable()
export class TerminationDecisionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly contracts: ContractRepository,
    private readonly obligations: ObligationRepository,
    private readonly terminations: TerminationRepository,
    private readonly settlement: TerminationSettlement,
  ) {}

  /**
   * Kept with the hash, the person, the role and the time. The last yes terminates the contract and settles it.
   * @throws DomainError `FORBIDDEN`, `NOT_FOUND`; `INVALID_STATE` for a proposal that was decided or that what is owed has
   * outgrown; `CONFLICT` for another hash, or a second acceptance
   */
  accept(
    viewer: Viewer,
    { idempotencyKey: key, ...input }: Place & { readonly sha256: string },
  ): Promise<Id<'contract'>> {
    const place = checkInput((check) => {
      if (!/^[0-9a-f]{64}$/.test(input.sha256))
        check.refuse('sha256', 'The hash of the proposal must be 64 digits from 0 to f.');
      return readPlace(check, input);
    });
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'acceptTermination', input },
        async () => {
          const { contract, termination, communityId } = await this.load(
            tx,
            viewer,
            'acceptTermination',
            place,
          );
          const obligations = await this.obligations.ofContract(tx, contract.id);
          assertOnlyMoneyOwed(obligations);
          const open = openObligations(obligations);
          assertTerminationAcceptable(termination, contract, open, { communityId, sha256: input.sha256 });
          const id = this.ids.next<'acceptance'>();
          await this.terminations.accept(tx, termination, { id, communityId, personId: viewer.personId });
          if (terminationAgreed(termination, [...termination.acceptedBy, communityId])) {
            await this.terminations.end(tx, termination, 'agreed', { communityId, reason: null });
            await this.settlement.apply(tx, contract, termination, viewer);
          }
          publishChange(tx, contract);
          return contract.id;
        },
      ),
    );
  }

  /**
   * One no of somebody who is asked closes the proposal; the contract goes on.
   * @throws DomainError `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` for a proposal that was decided
   */
  decline(viewer: Viewer, input: Place & { readonly reason: string }): Promise<Id<'contract'>> {
    return this.end(viewer, 'declineTermination', input, (tx, scope, reason) => {
      const { termination, communityId } = scope;
      assertTerminationStep(termination, 'declined');
      if (communityId === termination.proposedBy || !termination.asked.includes(communityId))
        throw DomainError.forbidden(
          communityId === termination.proposedBy
            ? 'Who proposed a termination withdraws it instead.'
            : 'This community is not asked to accept this termination.',
        );
      return this.terminations.end(tx, termination, 'declined', { communityId, reason });
    });
  }

  /**
   * The party that proposed takes its proposal back; the contract goes on.
   * @throws DomainError `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` for a proposal that was decided
   */
  withdraw(viewer: Viewer, input: Place & { readonly reason: string }): Promise<Id<'contract'>> {
    return this.end(viewer, 'withdrawTermination', input, (tx, scope, reason) => {
      const { termination, communityId } = scope;
      assertTerminationStep(termination, 'withdrawn');
      if (communityId !== termination.proposedBy)
        throw DomainError.forbidden('Only the party that proposed a termination can withdraw it.');
      return this.terminations.end(tx, termination, 'withdrawn', { communityId, reason });
    });
  }

  private end(
    viewer: Viewer,
    deed: Extract<Deed, 'declineTermination' | 'withdrawTermination'>,
    { idempotencyKey: key, ...input }: Place & { readonly reason: string },
    work: (tx: Tx, scope: Scope, reason: string) => Promise<void>,
  ): Promise<Id<'contract'>> {
    const { place, reason } = checkInput((check) => ({
      place: readPlace(check, input),
      reason: readPublicReason(check, input.reason),
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, { actor: viewer.personId, key, operation: deed, input }, async () => {
        const scope = await this.load(tx, viewer, deed, place);
        assertTextPublishable('reason', reason);
        await work(tx, scope, reason);
        publishChange(tx, scope.contract);
        return scope.contract.id;
      }),
    );
  }

  private async load(
    tx: Tx,
    viewer: Viewer,
    deed: Deed,
    { id, communityId, number }: ReturnType<typeof readPlace>,
  ): Promise<Scope> {
    const contract = requireVisible(await this.contracts.lock(tx, id), id, viewer);
    requireMay(viewer, deed, communityId);
    assertMoment(deed, contract, dayOf(tx.now));
    const termination = await this.terminations.find(tx, id, number);
    if (!termination) throw DomainError.notFound('proposed termination', String(number));
    return { contract, termination, communityId };
  }
}

function readPlace(
  check: InputCheck,
  given: Pick<Place, 'contractId' | 'communityId' | 'number'>,
): { readonly id: Id<'contract'>; readonly communityId: Id<'community'>; readonly number: number } {
  return {
    id: check.id<'contract'>('contractId', given.contractId, 'the contract'),
    communityId: check.id<'community'>('communityId', given.communityId, 'the community'),
    number: check.integer('number', given.number, {
      min: 1,
      max: 2 ** 31 - 1,
      name: 'the number of the proposal',
    }),
  };
}

function publishChange(tx: Tx, { ref }: Contract): void {
  tx.publish({ type: 'contracting.contract-changed', payload: { ref } });
}
