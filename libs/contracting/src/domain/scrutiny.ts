import { dayOf, type Currency, type Day, type Id } from '#kernel';
import {
  hasContributed,
  instalmentsOwed,
  interestDueMinor,
  owedMinor,
  type Obligation,
} from './obligation.js';
import { isOpen } from './returns/index.js';
import { nextDue, type Instalment } from './schedule.js';
import { openWords, type ProductOf } from './scrutiny-words.js';
import { dayWords } from './words.js';

/**
 * `begins`: nothing was received yet; `open`: money is owed; `paused`: all that came in is returned, but more of the
 * pledge may come; `ended`: nothing is owed by either side.
 */
export const SCRUTINY_STATES = ['begins', 'open', 'paused', 'ended'] as const;
export type ScrutinyState = (typeof SCRUTINY_STATES)[number];

/** What a supporter's oversight hangs on, in plain words. */
export interface Dial {
  readonly communityId: Id<'community'>;
  readonly state: ScrutinyState;
  readonly currency: Currency;
  /** Principal and interest. */
  readonly openMinor: bigint;
  readonly nextDue: Instalment | null;
  readonly endedOn: Day | null;
  readonly sentence: string;
}

/** Invariant 5: a supporter has scrutiny if and only if an obligation to it is open. There is nothing else to ask. */
export function hasScrutiny(
  obligations: readonly Obligation[],
  communityIds: Iterable<Id<'community'>>,
): boolean {
  const own = new Set(communityIds);
  return obligations.some((obligation) => own.has(obligation.communityId) && isOpen(obligation));
}

/** One dial for each supporter whose pledge counts, in the order in which they pledged first. */
export function dialsOf(
  obligations: readonly Obligation[],
  today: Day,
  productOf: ProductOf = () => 'what was agreed',
): Dial[] {
  const bySupporter = new Map<Id<'community'>, Obligation[]>();
  for (const obligation of obligations) {
    if (obligation.state === 'withdrawn' || obligation.state === 'voided') continue;
    const own = bySupporter.get(obligation.communityId) ?? [];
    bySupporter.set(obligation.communityId, [...own, obligation]);
  }
  return [...bySupporter].map(([communityId, own]) => dialOf(communityId, own, { today, productOf }));
}

function dialOf(
  communityId: Id<'community'>,
  own: readonly Obligation[],
  { today, productOf }: { readonly today: Day; readonly productOf: ProductOf },
): Dial {
  const currency = (own[0] as Obligation).currency;
  const openMinor = own
    .filter((obligation) => owedMinor(obligation) > 0n)
    .reduce((sum, obligation) => sum + owedMinor(obligation) + interestDueMinor(obligation, today), 0n);
  const state = stateOf(own);
  const due = own
    .map((obligation) => nextDue(instalmentsOwed(obligation)))
    .filter((instalment) => instalment !== null)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  const ends = own.flatMap(({ endedAt }) => (endedAt ? [dayOf(endedAt)] : [])).sort();
  const endedOn = state === 'ended' ? (ends.at(-1) ?? null) : null;
  return {
    communityId,
    state,
    currency,
    openMinor,
    nextDue: due[0] ?? null,
    endedOn,
    sentence: sentenceOf(state, own, {
      endedOn,
      open: state === 'open' ? openWords(own, today, productOf) : '',
    }),
  };
}

function stateOf(own: readonly Obligation[]): ScrutinyState {
  if (own.some(isOpen)) return 'open';
  if (own.every(({ state }) => state === 'fulfilled')) return 'ended';
  return own.some(hasContributed) ? 'paused' : 'begins';
}

function sentenceOf(
  state: ScrutinyState,
  own: readonly Obligation[],
  { endedOn, open }: { readonly endedOn: Day | null; readonly open: string },
): string {
  switch (state) {
    case 'begins':
      return own.every(({ contribution }) => contribution === 'money')
        ? 'Begins when the first money of the pledge is received.'
        : 'Begins when the first of the pledge is received.';
    case 'open':
      return `Ends after ${open}.`;
    case 'paused':
      return 'Nothing is owed now. Begins again if more of the pledge is received.';
    case 'ended':
      return endedOn ? `Ended on ${dayWords(endedOn)}.` : 'Ended.';
  }
}
