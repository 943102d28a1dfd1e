import { DomainError, assertTransition, type Id, type TransitionTable } from '#kernel';
import { partiesOf, type Contract } from './contract.js';
import type { Question } from './question.js';
import { changesObligation, stillSettles, type OpenObligation, type SettlementLine } from './settlement.js';

/**
 * A proposal to end an active contract: `agreed` when everybody who is asked has accepted it, `stale` when what it
 * settles changed meanwhile, `closed` when the contract ended otherwise. Repeated in the database.
 */
export const TERMINATION_TRANSITIONS = {
  proposed: ['agreed', 'declined', 'withdrawn', 'stale', 'closed'],
  agreed: [],
  declined: [],
  withdrawn: [],
  stale: [],
  closed: [],
} as const satisfies TransitionTable<'proposed' | 'agreed' | 'declined' | 'withdrawn' | 'stale' | 'closed'>;
export type TerminationState = keyof typeof TERMINATION_TRANSITIONS;
export const TERMINATION_STATES = Object.keys(TERMINATION_TRANSITIONS) as TerminationState[];

/** A line of a proposal, with whether its supporter's own word is needed. */
export type ProposedLine = SettlementLine & { readonly isChanged: boolean };

export interface Termination {
  readonly contractId: Id<'contract'>;
  /** Counted within the contract. */
  readonly number: number;
  /** Of the proposal's text. */
  readonly sha256: string;
  /** The release in force when it was proposed. */
  readonly ends: number;
  readonly state: TerminationState;
  readonly reason: string;
  /** The dispute that ended so; null when the parties agree without one. */
  readonly questionId: Id<'question'> | null;
  readonly proposedBy: Id<'community'>;
  /** Whose yes it takes. */
  readonly asked: readonly Id<'community'>[];
  readonly acceptedBy: readonly Id<'community'>[];
  readonly lines: readonly ProposedLine[];
}

/** The dispute behind a proposal, as the rules see it. */
export type EndedDispute = Pick<Question, 'number' | 'state' | 'isPrivate' | 'objectedBy'> & {
  readonly wasMediated: boolean;
};

/**
 * Whose yes it takes: every party's; where a mediated dispute ended so, that of its two sides. And in both cases that of
 * every supporter whose obligation is changed: who is owed something cannot be overruled.
 */
export function askedFor(
  contract: Pick<Contract, 'fablabId' | 'receivingCommunityIds'>,
  dispute: EndedDispute | null,
  settlement: { readonly open: readonly OpenObligation[]; readonly lines: readonly SettlementLine[] },
): Id<'community'>[] {
  const sides = dispute?.objectedBy ? [contract.fablabId, dispute.objectedBy] : partiesOf(contract);
  const changed = settlement.open
    .filter((open) =>
      settlement.lines.some((line) => line.pledgeId === open.pledgeId && changesObligation(open, line)),
    )
    .map(({ communityId }) => communityId);
  return [...new Set([...sides, ...changed])];
}

/** @throws DomainError `INVALID_STATE` for a dispute that was not mediated, or is not closed */
export function assertEndsContract(dispute: EndedDispute): void {
  if (!dispute.isPrivate && dispute.wasMediated && dispute.state === 'closed') return;
  throw new DomainError(
    'INVALID_STATE',
    `Question ${dispute.number} is no dispute that was mediated and closed, so it cannot be what ends the contract. Without it, every party is asked.`,
    { state: dispute.state },
  );
}

/** @throws DomainError `INVALID_STATE` for a proposal that was decided already */
export function assertTerminationStep(
  termination: Pick<Termination, 'number' | 'state'>,
  to: TerminationState,
): void {
  assertTransition<TerminationState>(
    TERMINATION_TRANSITIONS,
    `termination ${termination.number}`,
    termination.state,
    to,
  );
}

/**
 * @param open what is owed now
 * @throws DomainError `FORBIDDEN` for a community that is not asked; `CONFLICT` for the hash of another text, or a second
 * acceptance; `INVALID_STATE` for a proposal that was decided, or that what is owed has outgrown
 */
export function assertTerminationAcceptable(
  termination: Termination,
  contract: Pick<Contract, 'release'>,
  open: readonly OpenObligation[],
  given: { readonly communityId: Id<'community'>; readonly sha256: string },
): void {
  assertTerminationStep(termination, 'agreed');
  if (!termination.asked.includes(given.communityId))
    throw DomainError.forbidden('This community is not asked to accept this termination.');
  if (termination.sha256 !== given.sha256)
    throw new DomainError(
      'CONFLICT',
      'This is not the hash of the proposed termination. Please read the proposal again.',
      { number: termination.number, sha256: termination.sha256 },
    );
  if (termination.acceptedBy.includes(given.communityId))
    throw new DomainError('CONFLICT', 'This community has accepted this termination already.');
  if (contract.release?.number === termination.ends && stillSettles(open, termination.lines)) return;
  throw new DomainError(
    'INVALID_STATE',
    'What is owed, or the release in force, is not what it was when this termination was proposed. Please propose it anew.',
    { number: termination.number },
  );
}

/** True when everybody who is asked has accepted: the contract is terminated in the same transaction. */
export function terminationAgreed(
  termination: Pick<Termination, 'asked'>,
  acceptedBy: readonly Id<'community'>[],
): boolean {
  return termination.asked.every((each) => acceptedBy.includes(each));
}
