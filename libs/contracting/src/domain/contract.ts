import {
  DomainError,
  assertTransition,
  type Currency,
  type Day,
  type Id,
  type TransitionTable,
} from '#kernel';
import type { ContributionKind, Instrument } from './instrument.js';
import type { Terms } from './terms.js';
import { thresholdsMet, thresholdsOf, type Contributed } from './threshold.js';

/** The life of a contract. Repeated in the database as a CHECK and as a trigger on every change of state. */
export const CONTRACT_TRANSITIONS = {
  draft: ['open', 'withdrawn'],
  open: ['active', 'lapsed', 'withdrawn'],
  active: ['completed', 'terminated'],
  completed: [],
  withdrawn: [],
  lapsed: [],
  terminated: [],
} as const satisfies TransitionTable<
  'draft' | 'open' | 'active' | 'completed' | 'withdrawn' | 'lapsed' | 'terminated'
>;
export type ContractState = keyof typeof CONTRACT_TRANSITIONS;
export const CONTRACT_STATES = Object.keys(CONTRACT_TRANSITIONS) as ContractState[];

/**
 * `pledged`: the ledger transfer is pending; `active`: it binds; `fulfilled`: nothing is owed for it any more. Until the
 * closing release a fulfilled pledge becomes active again when a wrongly recorded booking is reversed.
 */
export const PLEDGE_TRANSITIONS = {
  pledged: ['withdrawn', 'voided', 'active'],
  withdrawn: [],
  voided: [],
  active: ['fulfilled'],
  fulfilled: ['active'],
} as const satisfies TransitionTable<'pledged' | 'withdrawn' | 'voided' | 'active' | 'fulfilled'>;
export type PledgeState = keyof typeof PLEDGE_TRANSITIONS;
export const PLEDGE_STATES = Object.keys(PLEDGE_TRANSITIONS) as PledgeState[];

/** States in which a pledge counts towards its threshold. */
const COUNTING: ReadonlySet<PledgeState> = new Set(['pledged', 'active', 'fulfilled']);

export interface ContractPledge extends Contributed {
  readonly id: Id<'pledge'>;
  readonly communityId: Id<'community'>;
  readonly instrument: Instrument;
  readonly contribution: ContributionKind;
  /** The position of the deliverable whose units are returned, or that it was given for. */
  readonly line: number | null;
  /** Units promised for it. */
  readonly units: number;
  /** Zero for hours and goods. */
  readonly amountMinor: bigint;
  readonly receivedMinor: bigint;
  /** Pledged, never received, and wanted no more. */
  readonly waivedMinor?: bigint;
  readonly state: PledgeState;
  /** Its pending transfer in the ledger; hours and goods are in no ledger of money. */
  readonly transferId: Id<'transfer'> | null;
}

/** A party's acceptance of the release in force. */
export interface ContractAcceptance {
  readonly communityId: Id<'community'>;
  readonly releaseNumber: number;
  readonly releaseSha256: string;
}

/** A contract as the rules see it: what decides, and no more. */
export interface Contract {
  readonly id: Id<'contract'>;
  readonly ref: string;
  readonly state: ContractState;
  readonly fablabId: Id<'community'>;
  readonly receivingCommunityIds: readonly Id<'community'>[];
  readonly currency: Currency;
  readonly deadline: Day;
  readonly terms: Terms;
  readonly draftRevision: number;
  /** The release in force; null while nothing was published. */
  readonly release: { readonly number: number; readonly sha256: string } | null;
  /** Of the release in force only. */
  readonly acceptances: readonly ContractAcceptance[];
  readonly pledges: readonly ContractPledge[];
}

/** Fablab first, then the receiving communities. */
export function partiesOf(
  contract: Pick<Contract, 'fablabId' | 'receivingCommunityIds'>,
): readonly Id<'community'>[] {
  return [contract.fablabId, ...contract.receivingCommunityIds];
}

/** @throws DomainError `INVALID_STATE` */
export function assertContractStep(contract: Pick<Contract, 'ref' | 'state'>, to: ContractState): void {
  assertTransition<ContractState>(CONTRACT_TRANSITIONS, `contract ${contract.ref}`, contract.state, to);
}

/** What counts towards thresholds: everything pledged and neither withdrawn nor voided. */
export function countingPledges<Pledge extends { readonly state: PledgeState }>(contract: {
  readonly pledges: readonly Pledge[];
}): Pledge[] {
  return contract.pledges.filter(({ state }) => COUNTING.has(state));
}

/** Parties that have not accepted the release in force. */
export function partiesMissing(contract: Contract): readonly Id<'community'>[] {
  const accepted = new Set(contract.acceptances.map(({ communityId }) => communityId));
  return partiesOf(contract).filter((party) => !accepted.has(party));
}

/**
 * Invariant 4: true when every party, the fablab included, has accepted the very release in force and what was
 * pledged reaches every threshold. Asked after each acceptance and each pledge, with the contract's row locked.
 */
export function activationDue(contract: Contract): boolean {
  const { release } = contract;
  if (contract.state !== 'open' || release === null) return false;
  const same = contract.acceptances.every(
    ({ releaseNumber, releaseSha256 }) =>
      releaseNumber === release.number && releaseSha256 === release.sha256,
  );
  const met = thresholdsMet(thresholdsOf(contract.terms), countingPledges(contract));
  return same && partiesMissing(contract).length === 0 && met;
}

/** A contract that is not active when its deadline's day has ended, in UTC, lapses. */
export function lapseDue(contract: Pick<Contract, 'state' | 'deadline'>, today: Day): boolean {
  return contract.state === 'open' && today > contract.deadline;
}

/** @throws DomainError `CONFLICT` when somebody changed the draft meanwhile */
export function assertDraftRevision(contract: Contract, seen: number): void {
  if (contract.draftRevision === seen) return;
  throw new DomainError(
    'CONFLICT',
    `The draft was changed meanwhile: you saw revision ${seen}, it is at ${contract.draftRevision}. Please read it again.`,
    { seen, current: contract.draftRevision },
  );
}

/**
 * Is this the release in force, and has this party not accepted it yet?
 * @throws DomainError `CONFLICT` for another release than the one in force, or a second acceptance
 */
export function assertAcceptable(contract: Contract, acceptance: ContractAcceptance): void {
  const { release } = contract;
  if (release?.number !== acceptance.releaseNumber || release.sha256 !== acceptance.releaseSha256) {
    throw new DomainError(
      'CONFLICT',
      'This is not the release in force: its number or its hash is another one. Please read the contract again.',
      { number: release?.number ?? null, sha256: release?.sha256 ?? null },
    );
  }
  if (contract.acceptances.some(({ communityId }) => communityId === acceptance.communityId)) {
    throw new DomainError('CONFLICT', 'This community has accepted this release already.');
  }
}

/** @throws DomainError `INVALID_STATE` */
export function assertPledgeStep(pledge: Pick<ContractPledge, 'state'>, to: PledgeState): void {
  assertTransition<PledgeState>(PLEDGE_TRANSITIONS, 'pledge', pledge.state, to);
}

/** @throws DomainError `INVALID_STATE` for a pledge that was withdrawn or voided, or has been fulfilled */
export function assertPayable(pledge: Pick<ContractPledge, 'state'>): void {
  if (pledge.state === 'active') return;
  throw new DomainError(
    'INVALID_STATE',
    `The pledge is ${pledge.state}; payments are recorded for pledges that bind.`,
    { state: pledge.state },
  );
}

/**
 * How much of a payment settles what is still outstanding of the pledge: all of it, but for what is paid over.
 * @returns 0n when everything pledged has come in already
 */
export function settledMinor(pledge: ContractPledge, paidMinor: bigint): bigint {
  const outstanding = pledge.amountMinor - (pledge.waivedMinor ?? 0n) - pledge.receivedMinor;
  if (outstanding <= 0n) return 0n;
  return paidMinor < outstanding ? paidMinor : outstanding;
}
