import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf, type Day, type Id } from '#kernel';
import { CommunityDirectory } from '#identity';
import { Idempotency, UnitOfWork, canonicalJson, sha256Hex, type Tx, type Viewer } from '#platform';
import { readPlace } from '../amendment.service.js';
import { requireMay } from '../contract.policy.js';
import { partiesOf, type Contract } from '../domain/contract.js';
import { assertTextPublishable } from '../domain/forbidden-clauses.js';
import { assertMoment } from '../domain/moment.js';
import type { Obligation } from '../domain/obligation.js';
import { readPublicReason } from '../domain/personal-data.js';
import {
  assertOnlyMoneyOwed,
  changesObligation,
  openObligations,
  settlementProblems,
  unpaidPromises,
  type OpenObligation,
  type SettlementLine,
} from '../domain/settlement.js';
import { SETTLEMENT_FORMAT, settlementOf, type SettlementDocument } from '../domain/settlement-document.js';
import { readSettlement, type SettlementLineGiven } from '../domain/settlement-input.js';
import { askedFor, assertEndsContract, type EndedDispute } from '../domain/termination.js';
import { ContractRepository } from '../persistence/contract.repository.js';
import { ObligationRepository } from '../persistence/obligation.repository.js';
import { requireParty, requireVisible } from '../visible.js';
import { TerminationRepository } from './persistence/termination.repository.js';

export interface ProposeTerminationGiven {
  readonly idempotencyKey: string;
  readonly contractId: string;
  readonly communityId: string;
  readonly releaseNumber: number;
  /** Public. */
  readonly reason: string;
  /** The dispute that ended so. */
  readonly questionId?: string | null;
  readonly settlement: readonly SettlementLineGiven[];
}

/** Proposing to end an active contract, with what becomes of everything that is owed. */
@Injectable()
export class TerminationService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly contracts: ContractRepository,
    private readonly obligations: ObligationRepository,
    private readonly terminations: TerminationRepository,
    private readonly communities: CommunityDirectory,
  ) {}

  /**
   * Publishes the proposal; its text never changes. Nothing of the contract changes before everybody asked has accepted.
   * @throws DomainError `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE`; `CONFLICT` while another proposal is open, or when
   * another release is in force than the one that was seen; `BAD_INPUT` for a settlement that leaves something open
   */
  propose(
    viewer: Viewer,
    { idempotencyKey: key, ...input }: ProposeTerminationGiven,
  ): Promise<Id<'contract'>> {
    const read = checkInput((check) => ({
      ...readPlace(check, input),
      reason: readPublicReason(check, input.reason),
      questionId: input.questionId
        ? check.id<'question'>('questionId', input.questionId, 'the question')
        : null,
      lines: readSettlement(check, input.settlement),
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'proposeTermination', input },
        async () => {
          const { id, communityId, reason } = read;
          const contract = requireVisible(await this.contracts.lock(tx, id), id, viewer);
          requireMay(viewer, 'proposeTermination', communityId);
          requireParty(partiesOf(contract), communityId, 'a party of this contract');
          assertMoment('proposeTermination', contract, dayOf(tx.now));
          await this.assertBase(tx, contract, read.releaseNumber);
          const dispute = await this.disputeOf(tx, contract, read.questionId);
          assertTextPublishable('reason', reason);
          const obligations = await this.obligations.ofContract(tx, id);
          assertOnlyMoneyOwed(obligations);
          const open = openObligations(obligations);
          const lines = checkedLines(contract, open, read.lines, dayOf(tx.now));
          const given = { ...read, dispute, open, lines, obligations, personId: viewer.personId };
          await this.publish(tx, contract, given);
          return id;
        },
      ),
    );
  }

  private async assertBase(tx: Tx, contract: Contract, seen: number): Promise<void> {
    const open = await this.terminations.openNumber(tx, contract.id);
    if (open !== null)
      throw new DomainError(
        'CONFLICT',
        'A termination of this contract is proposed already; please accept or decline it first.',
        { number: open },
      );
    const current = contract.release?.number ?? null;
    if (current === seen) return;
    throw new DomainError(
      'CONFLICT',
      `Another release is in force meanwhile: you saw ${seen}, it is ${current}. Please read the contract again.`,
      { seen, current },
    );
  }

  private async disputeOf(
    tx: Tx,
    contract: Contract,
    id: Id<'question'> | null,
  ): Promise<EndedDispute | null> {
    if (id === null) return null;
    const dispute = await this.terminations.dispute(tx, contract.id, id);
    if (!dispute) throw DomainError.notFound('question', id);
    assertEndsContract(dispute);
    return dispute;
  }

  private async publish(
    tx: Tx,
    contract: Contract,
    given: {
      readonly communityId: Id<'community'>;
      readonly personId: Id<'person'>;
      readonly reason: string;
      readonly questionId: Id<'question'> | null;
      readonly dispute: EndedDispute | null;
      readonly open: readonly OpenObligation[];
      readonly lines: readonly SettlementLine[];
      readonly obligations: readonly Obligation[];
    },
  ): Promise<void> {
    const { communityId, reason, dispute, open, lines, obligations } = given;
    const { id, ref, currency } = contract;
    const ends = contract.release?.number ?? 0;
    const asked = askedFor(contract, dispute, { open, lines });
    const slugOf = await this.slugs(tx, [
      communityId,
      ...asked,
      ...obligations.map((each) => each.communityId),
    ]);
    const supporters = new Map(obligations.map((each) => [each.pledgeId, slugOf(each.communityId)]));
    const number = await this.terminations.nextNumber(tx, id);
    const document: SettlementDocument = {
      format: SETTLEMENT_FORMAT,
      contract: ref,
      proposal: number,
      proposedAt: tx.now.toISOString(),
      proposedBy: slugOf(communityId),
      asked: asked.map(slugOf),
      ...settlementOf({
        ends,
        reason,
        dispute: dispute?.number ?? null,
        currency,
        lines,
        unpaid: unpaidPromises(obligations),
        supporterOf: (pledgeId) => supporters.get(pledgeId) ?? '',
      }),
    };
    const text = canonicalJson(document);
    await this.terminations.propose(tx, {
      contractId: id,
      number,
      sha256: sha256Hex(text),
      canonicalJson: text,
      ends,
      reason,
      questionId: given.questionId,
      proposedBy: communityId,
      personId: given.personId,
      asked,
      lines: lines.map((line) => ({
        ...line,
        isChanged: open.some((each) => each.pledgeId === line.pledgeId && changesObligation(each, line)),
      })),
    });
    tx.publish({ type: 'contracting.contract-changed', payload: { ref } });
  }

  private async slugs(tx: Tx, ids: readonly Id<'community'>[]): Promise<(id: Id<'community'>) => string> {
    const found = await this.communities.requireInTx(tx, [...new Set(ids)]);
    const slugs = new Map(found.map(({ id, slug }) => [id, slug]));
    return (id) => slugs.get(id) ?? '';
  }
}

/** @throws DomainError `BAD_INPUT` with all that is wrong with the settlement */
function checkedLines(
  contract: Pick<Contract, 'ref' | 'currency'>,
  open: readonly OpenObligation[],
  given: ReturnType<typeof readSettlement>,
  today: Day,
): SettlementLine[] {
  const owed = new Map(open.map((each) => [each.pledgeId, each.owedMinor]));
  const lines = given.map(({ currencies: _read, ...line }) => ({
    ...line,
    owedMinor: owed.get(line.pledgeId) ?? 0n,
  }));
  const foreign = given.flatMap(({ currencies }, index) =>
    currencies.every((currency) => currency === contract.currency)
      ? []
      : [
          {
            field: `settlement.${index}`,
            message: `The contract ${contract.ref} is in ${contract.currency}.`,
          },
        ],
  );
  const problems = [...foreign, ...settlementProblems(open, lines, today)];
  if (problems.length > 0) throw DomainError.badInput(problems);
  return lines;
}
