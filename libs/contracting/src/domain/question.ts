import {
  DomainError,
  LIMITS,
  assertTransition,
  dayOf,
  type Day,
  type Id,
  type InputCheck,
  type TransitionTable,
} from '#kernel';
import type { ContractState } from './contract.js';
import { refusePersonalData } from './personal-data.js';

/**
 * The path of a question, which is also that of a dispute: asked, answered, objected to, mediated, closed with a note.
 * None of its steps touches money, goods or the contract's state. Repeated in the database as a CHECK and a trigger.
 */
export const QUESTION_TRANSITIONS = {
  asked: ['answered', 'objected'],
  answered: ['objected'],
  objected: ['mediation', 'closed'],
  mediation: ['closed'],
  closed: [],
} as const satisfies TransitionTable<'asked' | 'answered' | 'objected' | 'mediation' | 'closed'>;
export type QuestionState = keyof typeof QUESTION_TRANSITIONS;
export const QUESTION_STATES = Object.keys(QUESTION_TRANSITIONS) as QuestionState[];

/** The steps after asking, by the names of the mutations. */
export const QUESTION_DEEDS = ['answerQuestion', 'objectToAnswer', 'callMediation', 'closeDispute'] as const;
export type QuestionDeed = (typeof QUESTION_DEEDS)[number];

export const STATE_AFTER: Readonly<Record<QuestionDeed, QuestionState>> = {
  answerQuestion: 'answered',
  objectToAnswer: 'objected',
  callMediation: 'mediation',
  closeDispute: 'closed',
};

export interface Question {
  readonly id: Id<'question'>;
  readonly number: number;
  readonly state: QuestionState;
  /** Asked while the contract was a draft: it stays with the parties for ever. */
  readonly isPrivate: boolean;
  readonly communityId: Id<'community'>;
  readonly askedAt: Date;
  /** Days within which it is to be answered, as they were published when it was asked. */
  readonly answerDays: number;
  readonly answeredAt: Date | null;
  /** Who objected, once somebody has. */
  readonly objectedBy: Id<'community'> | null;
}

/** Who stands where in the contract. */
export interface ThreadFacts {
  readonly contractState: ContractState;
  readonly fablabId: Id<'community'>;
  readonly receivingCommunityIds: readonly Id<'community'>[];
  /** Communities with a pledge that is neither withdrawn nor voided nor fulfilled. */
  readonly supporterIds: readonly Id<'community'>[];
}

export const QUESTION_TIMINGS = ['answeredInTime', 'answeredLate', 'waiting', 'overdue'] as const;
export type QuestionTiming = (typeof QUESTION_TIMINGS)[number];

/** The last day, in UTC, on which an answer is in time. */
export function answerDueOn(question: Pick<Question, 'askedAt' | 'answerDays'>): Day {
  return dayOf(new Date(question.askedAt.getTime() + question.answerDays * 86_400_000));
}

/** @param today in UTC */
export function timingOf(
  question: Pick<Question, 'askedAt' | 'answerDays' | 'answeredAt'>,
  today: Day,
): QuestionTiming {
  const due = answerDueOn(question);
  if (question.answeredAt) return dayOf(question.answeredAt) <= due ? 'answeredInTime' : 'answeredLate';
  return today <= due ? 'waiting' : 'overdue';
}

/** While a contract is negotiated its parties ask each other; once it is public, those who receive or support ask the fablab. */
export function mayAsk(thread: ThreadFacts): readonly Id<'community'>[] {
  switch (thread.contractState) {
    case 'draft':
      return [thread.fablabId, ...thread.receivingCommunityIds];
    case 'open':
    case 'active':
      return outsideOf(thread);
    case 'terminated':
      // Scrutiny lasts as long as something stays due by the settlement.
      return thread.supporterIds;
    case 'completed':
    case 'withdrawn':
    case 'lapsed':
      return [];
  }
}

/** After a termination: only those to whom something stays due. */
function concerned(thread: ThreadFacts): readonly Id<'community'>[] {
  return thread.contractState === 'terminated' ? thread.supporterIds : outsideOf(thread);
}

/** Everybody on the other side of the fablab. */
function outsideOf(thread: ThreadFacts): readonly Id<'community'>[] {
  return [...new Set([...thread.receivingCommunityIds, ...thread.supporterIds])];
}

/** For which communities a coordinator can take this step now; empty when it is not the moment. */
export function mayTake(
  deed: QuestionDeed,
  question: Question,
  thread: ThreadFacts,
  today: Day,
): readonly Id<'community'>[] {
  const next: readonly QuestionState[] = QUESTION_TRANSITIONS[question.state];
  if (!next.includes(STATE_AFTER[deed])) return [];
  const { fablabId } = thread;
  switch (deed) {
    case 'answerQuestion':
      return question.communityId === fablabId ? thread.receivingCommunityIds : [fablabId];
    case 'objectToAnswer':
      return mayObject(question, thread, today) ? concerned(thread) : [];
    case 'callMediation':
      return question.objectedBy ? [question.objectedBy, fablabId] : [];
    case 'closeDispute':
      return question.objectedBy ? [question.objectedBy] : [];
  }
}

/** To what was said in public, while the contract runs; to silence only once the answer is overdue. */
function mayObject(question: Question, thread: ThreadFacts, today: Day): boolean {
  if (question.isPrivate) return false;
  const stays = thread.contractState === 'terminated' && thread.supporterIds.length > 0;
  if (thread.contractState !== 'open' && thread.contractState !== 'active' && !stays) return false;
  return question.state === 'answered' || timingOf(question, today) === 'overdue';
}

/** @throws DomainError `INVALID_STATE` for a contract that has ended, `FORBIDDEN` for a community that is not concerned */
export function assertMayAsk(thread: ThreadFacts, communityId: Id<'community'>): void {
  const allowed = mayAsk(thread);
  if (allowed.includes(communityId)) return;
  if (allowed.length === 0) {
    throw new DomainError(
      'INVALID_STATE',
      `The contract is ${thread.contractState}; questions are asked while it is draft, open or active, and while something stays due.`,
      { state: thread.contractState },
    );
  }
  throw DomainError.forbidden(
    thread.contractState === 'draft'
      ? 'This community is not a party of this contract.'
      : 'Questions are asked by communities that receive from this contract or support it; the fablab answers.',
  );
}

/**
 * @throws DomainError `INVALID_STATE` when it is not the moment, `FORBIDDEN` when the step is not this community’s
 */
export function assertMayTake(
  deed: QuestionDeed,
  question: Question,
  thread: ThreadFacts,
  context: { readonly communityId: Id<'community'>; readonly today: Day },
): void {
  assertTransition<QuestionState>(
    QUESTION_TRANSITIONS,
    `question ${question.number}`,
    question.state,
    STATE_AFTER[deed],
  );
  const allowed = mayTake(deed, question, thread, context.today);
  if (allowed.includes(context.communityId)) return;
  if (allowed.length === 0) throw notTheMoment(question, thread);
  throw DomainError.forbidden(WHOSE[deed]);
}

const WHOSE: Readonly<Record<QuestionDeed, string>> = {
  answerQuestion: 'This question was not asked of this community.',
  objectToAnswer: 'Only communities that receive from this contract or support it can object.',
  callMediation: 'Mediation is called by the fablab or by the community that objected.',
  closeDispute: 'A dispute is closed by the community that objected.',
};

function notTheMoment(question: Question, thread: ThreadFacts): DomainError {
  if (question.isPrivate)
    return new DomainError(
      'INVALID_STATE',
      'A question of the negotiation cannot be objected to: nobody is bound before the contract is open.',
    );
  if (question.state === 'asked')
    return new DomainError(
      'INVALID_STATE',
      `The fablab has until ${answerDueOn(question)} to answer; an objection is possible after that.`,
      { dueOn: answerDueOn(question) },
    );
  return new DomainError(
    'INVALID_STATE',
    `The contract is ${thread.contractState}; objections are possible while it is open or active.`,
    { state: thread.contractState },
  );
}

/** The words of a step; without personal data where everybody will read them. */
export function readWords(
  check: InputCheck,
  text: string,
  options: { readonly name: string; readonly isPublic: boolean },
): string {
  const words = check.text('text', text, { max: LIMITS.noteCharsMax, name: options.name });
  if (options.isPublic) refusePersonalData(check, { text: words });
  return words;
}
