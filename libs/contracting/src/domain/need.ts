import { DomainError, LIMITS, type Day, type Id, type InputCheck } from '#kernel';
import type { ContractState } from './contract.js';
import { refusePersonalData } from './personal-data.js';

/** How far a need has come. Computed from what happened to it, never set. */
export const NEED_STATES = ['open', 'answered', 'inContract', 'met', 'closed'] as const;
export type NeedState = (typeof NEED_STATES)[number];

/** What a community can bring. Nothing is an answer too: needs without money are needs. */
export const CONTRIBUTIONS = ['money', 'hours', 'material'] as const;
export type Contribution = (typeof CONTRIBUTIONS)[number];

/** «can make», «can make with X», «cannot». */
export const ANSWER_KINDS = ['can', 'canWith', 'cannot'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

/** A need as the rules see it. */
export interface Need {
  readonly id: Id<'need'>;
  readonly communityId: Id<'community'>;
  readonly title: string;
  readonly revision: number;
  readonly wantedBy: Day | null;
  readonly isClosed: boolean;
  /** Current answers, one for each fablab that gave any. */
  readonly answers: readonly {
    readonly id: Id<'needAnswer'>;
    readonly fablabId: Id<'community'>;
    readonly kind: AnswerKind;
  }[];
  /** Of the contracts that started from it, drafts among them. */
  readonly contractStates: readonly ContractState[];
}

export type NeedFacts = Pick<Need, 'isClosed' | 'contractStates'> & {
  readonly answers: readonly unknown[];
};

/**
 * A draft is its parties' own matter, so only a published contract counts: while it is open or active the need is in
 * contract, and when it was withdrawn or lapsed the need stands where it stood before.
 */
export function needState({ isClosed, answers, contractStates }: NeedFacts): NeedState {
  if (contractStates.includes('completed')) return 'met';
  if (contractStates.some((state) => state === 'open' || state === 'active')) return 'inContract';
  if (isClosed) return 'closed';
  return answers.length > 0 ? 'answered' : 'open';
}

/** What can be done with a need that exists, by the names of the mutations; `draftContract` starts from it. */
export const NEED_DEEDS = ['updateNeed', 'closeNeed', 'answerNeed', 'draftContract'] as const;
export type NeedDeed = (typeof NEED_DEEDS)[number];

const DEED_NAMES: Readonly<Record<NeedDeed, string>> = {
  updateNeed: 'changing it',
  closeNeed: 'closing it',
  answerNeed: 'answering it',
  draftContract: 'drafting a contract from it',
};

/** Every deed belongs to the time before a contract is published, met or given up. */
export function isNeedOnBoard(state: NeedState): boolean {
  return state === 'open' || state === 'answered';
}

/** @throws DomainError `INVALID_STATE` that says where the need is */
export function assertNeedMoment(deed: NeedDeed, need: Need): void {
  const state = needState(need);
  if (isNeedOnBoard(state)) return;
  const words = state === 'inContract' ? 'in contract' : state;
  throw new DomainError(
    'INVALID_STATE',
    `The need “${need.title}” is ${words}; ${DEED_NAMES[deed]} is possible only while it is open or answered.`,
    { state, allowed: ['open', 'answered'] },
  );
}

/** @throws DomainError `CONFLICT` when somebody changed the need meanwhile */
export function assertNeedRevision(need: Need, seen: number): void {
  if (need.revision === seen) return;
  throw new DomainError(
    'CONFLICT',
    `The need was changed meanwhile: you saw revision ${seen}, it is at ${need.revision}. Please read it again.`,
    { seen, current: need.revision },
  );
}

/**
 * The answer from which this fablab may start a contract.
 * @throws DomainError `INVALID_STATE` when its current answer is «cannot», or it gave none
 */
export function answerToStartFrom(need: Need, fablabId: Id<'community'>): Id<'needAnswer'> {
  const answer = need.answers.find((each) => each.fablabId === fablabId);
  if (answer && answer.kind !== 'cannot') return answer.id;
  throw new DomainError(
    'INVALID_STATE',
    answer
      ? 'This fablab has answered that it cannot make this. Please answer anew before you draft a contract.'
      : 'This fablab has not answered the need yet. Please answer it before you draft a contract from it.',
    { answer: answer?.kind ?? null },
  );
}

/** A need as somebody typed it. */
export interface NeedGiven {
  readonly title: string;
  readonly purpose: string;
  readonly quantity: string;
  readonly wantedBy?: string | null;
  readonly place: string;
  readonly brings: readonly string[];
}

export interface NeedWording {
  readonly title: string;
  readonly purpose: string;
  /** In the words of those who need it: «about five», «2 m³», «one for each school». */
  readonly quantity: string;
  readonly wantedBy: Day | null;
  readonly place: string;
  readonly brings: readonly Contribution[];
}

/** Reads a need; every problem is put down with its field. */
export function readNeed(check: InputCheck, given: NeedGiven): NeedWording {
  const wording = {
    title: check.text('title', given.title, { max: LIMITS.titleCharsMax, name: 'what is needed' }),
    purpose: check.text('purpose', given.purpose, { max: LIMITS.summaryCharsMax, name: 'what it is for' }),
    quantity: check.text('quantity', given.quantity, { max: LIMITS.nameCharsMax, name: 'how much' }),
    wantedBy: given.wantedBy ? check.day('wantedBy', given.wantedBy, 'the day by when') : null,
    place: check.text('place', given.place, { max: LIMITS.nameCharsMax, name: 'the place' }),
    brings: check.list('brings', given.brings, { max: CONTRIBUTIONS.length }, (each, path) =>
      check.oneOf(path, each, CONTRIBUTIONS),
    ),
  };
  if (new Set(wording.brings).size < wording.brings.length)
    check.refuse('brings', 'Each kind of contribution is named once.');
  const { title, purpose, quantity, place } = wording;
  refusePersonalData(check, { title, purpose, quantity, place });
  return wording;
}

/** @throws DomainError `BAD_INPUT` for a day that has passed */
export function assertWantedInTime(wording: NeedWording, today: Day): void {
  if (wording.wantedBy === null || wording.wantedBy >= today) return;
  throw DomainError.badInput([
    { field: 'wantedBy', message: 'The day by when it is needed must not have passed already.' },
  ]);
}

export interface AnswerGiven {
  readonly kind: string;
  readonly reason: string;
  readonly condition?: string | null;
}

export interface AnswerRead {
  readonly kind: AnswerKind;
  readonly reason: string;
  /** What the fablab would need to make it: there for «can make with …», and for nothing else. */
  readonly condition: string | null;
}

export function readAnswer(check: InputCheck, given: AnswerGiven): AnswerRead {
  const kind = check.oneOf('kind', given.kind, ANSWER_KINDS);
  const reason = check.text('reason', given.reason, { max: LIMITS.noteCharsMax, name: 'the reasons' });
  const condition = check.optionalText('condition', given.condition, {
    max: LIMITS.noteCharsMax,
    name: 'what it takes',
  });
  if (kind === 'canWith' && condition === null)
    check.refuse('condition', 'Please say what it would take to make this.');
  if (kind !== 'canWith' && condition !== null)
    check.refuse('condition', 'What it would take belongs to the answer “can make with …” alone.');
  refusePersonalData(check, { reason, condition });
  return { kind, reason, condition };
}
