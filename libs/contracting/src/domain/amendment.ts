import { DomainError, type Id, type Problem, type TransitionTable, assertTransition } from '#kernel';
import { partiesOf, type Contract, type ContractAcceptance } from './contract.js';
import { offersOf, type Offer } from './offer.js';
import { defaultRepayment, type RepaymentTerms } from './schedule.js';
import { storedTerms, type Terms } from './terms.js';
import { thresholdsOf } from './threshold.js';

/**
 * A proposed release: `accepted` when every party has accepted it (it came into force), `closed` when the contract
 * ended first. Repeated in the database as a CHECK and as a trigger on every change of state.
 */
export const AMENDMENT_TRANSITIONS = {
  proposed: ['accepted', 'declined', 'closed'],
  accepted: [],
  declined: [],
  closed: [],
} as const satisfies TransitionTable<'proposed' | 'accepted' | 'declined' | 'closed'>;
export type AmendmentState = keyof typeof AMENDMENT_TRANSITIONS;
export const AMENDMENT_STATES = Object.keys(AMENDMENT_TRANSITIONS) as AmendmentState[];

/** How a release stands now, for everybody who reads the list of releases. */
export const RELEASE_STATUSES = ['in_force', 'replaced', 'proposed', 'declined', 'closed'] as const;
export type ReleaseStatus = (typeof RELEASE_STATUSES)[number];

/** A proposed release as the rules see it. */
export interface Amendment {
  readonly contractId: Id<'contract'>;
  /** Of the proposed release. */
  readonly number: number;
  readonly sha256: string;
  /** Of the release that was in force when it was proposed. */
  readonly amends: number;
  readonly state: AmendmentState;
  readonly terms: Terms;
  /** Parties that have accepted it. */
  readonly acceptedBy: readonly Id<'community'>[];
}

/**
 * What an amendment must leave as it is: always the parties and the currency, in which pledges stand; in an active
 * contract also what pledges bind to and work orders were made from. Days, texts, milestones and the mediator
 * contradict no work that is under way.
 * @returns a sentence for each field; none for an amendment that can be made
 */
export function amendmentProblems(
  contract: Pick<Contract, 'state' | 'fablabId' | 'terms'>,
  proposed: Terms,
  fablabId = contract.fablabId,
): Problem[] {
  const { terms, state } = contract;
  const problems: Problem[] = [];
  const keep = (field: string, same: boolean, message: string): void => {
    if (!same) problems.push({ field, message });
  };
  keep(
    'fablabId',
    fablabId === contract.fablabId,
    'A contract keeps its fablab. Please draft another contract with the other one.',
  );
  keep(
    'receivingCommunityIds',
    sameSet(terms.receivingCommunityIds, proposed.receivingCommunityIds),
    'A published contract keeps its parties. Please draft another contract with the others.',
  );
  keep('currency', terms.currency === proposed.currency, 'A published contract keeps its currency.');
  if (state === 'active') keepWork(keep, terms, proposed);
  else keepOffers(keep, terms, proposed);
  if (problems.length === 0 && sameValue(storedOf(terms), storedOf(proposed)))
    problems.push({
      field: 'reason',
      message: 'The amendment changes nothing. Please change a term, or keep the release.',
    });
  return problems;
}

/**
 * An editor shows a contract that agreed no schedule with the one that stands for it. Sent back unchanged it is still
 * none, so that nothing looks changed that nobody changed.
 */
export function withoutAssumed<
  Proposed extends { readonly deadline: Terms['deadline']; readonly repayment?: RepaymentTerms },
>(terms: Pick<Terms, 'deadline' | 'repayment'>, proposed: Proposed): Proposed {
  const { repayment, ...others } = proposed;
  const assumed = sorted(defaultRepayment(terms.deadline));
  const isAssumed =
    terms.repayment === undefined &&
    terms.deadline === proposed.deadline &&
    JSON.stringify(sorted(repayment)) === JSON.stringify(assumed);
  return isAssumed ? (others as Proposed) : proposed;
}

function keepWork(
  keep: (field: string, same: boolean, message: string) => void,
  terms: Terms,
  proposed: Terms,
): void {
  keep(
    'deadline',
    terms.deadline === proposed.deadline,
    'The contract is active: its deadline has served its purpose and stays.',
  );
  keep(
    'threshold',
    sameValue(thresholdsOf(terms), thresholdsOf(proposed)),
    'The contract is active: its threshold has been met and stays.',
  );
  keep(
    'offers',
    sameValue(withoutWords(terms.offers), withoutWords(proposed.offers)),
    'The contract is active: what is returned for its pledges is agreed and stays; only the words can change.',
  );
  keep(
    'repayment',
    sameValue(terms.repayment, proposed.repayment),
    'The contract is active: loans are repaid by the schedule that they were pledged for. A deferral is agreed for a pledge, not by an amendment.',
  );
  if (terms.deliverables.length !== proposed.deliverables.length) {
    keep('deliverables', false, WORK_STAYS);
    return;
  }
  for (const [index, line] of terms.deliverables.entries()) {
    const other = proposed.deliverables[index];
    const same =
      other !== undefined &&
      line.productVersionId === other.productVersionId &&
      line.receiverId === other.receiverId &&
      line.tier === other.tier &&
      line.quantity === other.quantity &&
      line.unitPriceMinor === other.unitPriceMinor;
    keep(`deliverables.${index}`, same, WORK_STAYS);
  }
}

/**
 * Pledges of an open contract name their offer by its position, and its line by the line's. Schedules and prices may
 * change, since every supporter is a party and accepts them; a pledge keeps the price that it was made at.
 */
function keepOffers(
  keep: (field: string, same: boolean, message: string) => void,
  terms: Terms,
  proposed: Terms,
): void {
  const after = offersOf(proposed);
  for (const [index, offer] of offersOf(terms).entries()) {
    const other = after[index];
    keep(`offers.${index}`, other !== undefined && sameValue(kindOf(offer), kindOf(other)), OFFERS_STAY);
    const { line } = offer.returns;
    if (line === undefined) continue;
    const [was, becomes] = [terms.deliverables[line - 1], proposed.deliverables[line - 1]];
    const same =
      was !== undefined &&
      becomes !== undefined &&
      was.productVersionId === becomes.productVersionId &&
      was.receiverId === becomes.receiverId &&
      was.tier === becomes.tier &&
      was.quantity <= becomes.quantity;
    keep(`deliverables.${line - 1}`, same, LINES_STAY);
  }
}

const OFFERS_STAY =
  'Supporters may have pledged on this offer, so it stays in its place with what it returns. Its words and its schedule can change, and other offers can follow.';
const LINES_STAY =
  'Its units are returned for pledges, so this line stays in its place, for the same receiver, with at least as many units.';

/** What makes an offer the one that somebody pledged on. */
function kindOf({ instrument, returns, section, goods }: Offer): unknown {
  const { repayment: _schedule, premiumShareBasisPoints: _share, ...kind } = returns;
  return { instrument, kind, section, goods };
}

function withoutWords(offers: readonly Offer[] | undefined): unknown {
  return offers?.map(({ words: _words, ...offer }) => offer);
}

/** Equal whatever the order of their fields; amounts are compared as decimal strings. */
function sameValue(a: unknown, b: unknown): boolean {
  const textOf = (value: unknown): string =>
    JSON.stringify(sorted(value), (_key, each: unknown) =>
      typeof each === 'bigint' ? each.toString() : each,
    );
  return textOf(a) === textOf(b);
}

const WORK_STAYS =
  'The contract is active and work orders were made from its deliverables: only their days can change. More units need another contract.';

/** The terms with their fields in one order, so that equal terms are equal texts. */
function storedOf(terms: Terms): unknown {
  const stored = storedTerms(terms);
  return sorted({ ...stored, receivingCommunityIds: [...stored.receivingCommunityIds].sort() });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}

/** @throws DomainError `INVALID_STATE` for an amendment that was decided already */
export function assertAmendmentStep(
  amendment: Pick<Amendment, 'number' | 'state'>,
  to: AmendmentState,
): void {
  assertTransition<AmendmentState>(AMENDMENT_TRANSITIONS, `release ${amendment.number}`, amendment.state, to);
}

/** @throws DomainError `CONFLICT` for the hash of another text, or a second acceptance */
export function assertAmendmentAcceptable(amendment: Amendment, acceptance: ContractAcceptance): void {
  assertAmendmentStep(amendment, 'accepted');
  if (amendment.sha256 !== acceptance.releaseSha256) {
    throw new DomainError(
      'CONFLICT',
      'This is not the hash of the proposed release. Please read the proposal again.',
      { number: amendment.number, sha256: amendment.sha256 },
    );
  }
  if (amendment.acceptedBy.includes(acceptance.communityId))
    throw new DomainError('CONFLICT', 'This community has accepted this release already.');
}

/** True when every party has accepted the proposal: it replaces the release in force in the same transaction. */
export function amendmentAgreed(
  contract: Pick<Contract, 'fablabId' | 'receivingCommunityIds'>,
  amendment: Pick<Amendment, 'acceptedBy'>,
): boolean {
  return partiesOf(contract).every((party) => amendment.acceptedBy.includes(party));
}

/**
 * What was proposed while the contract was open may no longer be possible once it is active.
 * @throws DomainError `INVALID_STATE` with the first sentence that says why
 */
export function assertStillAmendable(contract: Contract, amendment: Amendment): void {
  const [problem] = amendmentProblems(contract, amendment.terms);
  if (!problem) return;
  throw new DomainError(
    'INVALID_STATE',
    `Release ${amendment.number} can no longer come into force. ${problem.message}`,
    { field: problem.field },
  );
}
