import { describe, expect, it } from '@jest/globals';
import { tableMistakes, type Day, type Id } from '#kernel';
import {
  QUESTION_DEEDS,
  QUESTION_STATES,
  QUESTION_TRANSITIONS,
  STATE_AFTER,
  answerDueOn,
  assertMayAsk,
  assertMayTake,
  mayAsk,
  mayTake,
  timingOf,
  type Question,
  type QuestionState,
  type ThreadFacts,
} from './question.js';

const fablab = 'fablab' as Id<'community'>;
const north = 'north' as Id<'community'>;
const patron = 'patron' as Id<'community'>;
const thread: ThreadFacts = {
  contractState: 'active',
  fablabId: fablab,
  receivingCommunityIds: [north],
  supporterIds: [north, patron],
};
const question: Question = {
  id: 'question' as Id<'question'>,
  number: 1,
  state: 'asked',
  isPrivate: false,
  communityId: north,
  askedAt: new Date('2026-03-02T23:59:00Z'),
  answerDays: 14,
  answeredAt: null,
  objectedBy: null,
};
const inTime = '2026-03-16' as Day;
const late = '2026-03-17' as Day;

describe('the answer time', () => {
  it('counts whole days of the calendar', () => {
    expect(answerDueOn(question)).toBe('2026-03-16');
    expect(timingOf(question, inTime)).toBe('waiting');
    expect(timingOf(question, late)).toBe('overdue');
  });

  it('is kept until the last moment of its last day, and remembered when it was not', () => {
    const answered = (moment: string) => ({ ...question, answeredAt: new Date(moment) });
    expect(timingOf(answered('2026-03-16T23:59:59Z'), late)).toBe('answeredInTime');
    expect(timingOf(answered('2026-03-17T00:00:00Z'), late)).toBe('answeredLate');
  });
});

describe('who asks', () => {
  it.each([
    ['draft', [fablab, north]],
    ['open', [north, patron]],
    ['active', [north, patron]],
    ['completed', []],
    ['withdrawn', []],
    ['lapsed', []],
    ['terminated', [north, patron]],
  ] as const)('about a contract that is %s', (contractState, who) => {
    expect(mayAsk({ ...thread, contractState })).toEqual(who);
  });

  it('is told why not', () => {
    expect(() => assertMayAsk(thread, fablab)).toThrow('the fablab answers');
    expect(() => assertMayAsk({ ...thread, contractState: 'draft' }, patron)).toThrow('not a party');
    expect(() => assertMayAsk({ ...thread, contractState: 'lapsed' }, north)).toThrow(
      'The contract is lapsed; questions are asked while it is draft, open or active, and while something stays due.',
    );
  });
});

describe('the way of a dispute', () => {
  const at = (state: QuestionState, over: Partial<Question> = {}): Question => ({
    ...question,
    state,
    answeredAt: state === 'asked' ? null : new Date('2026-03-05T10:00:00Z'),
    objectedBy: ['objected', 'mediation', 'closed'].includes(state) ? patron : null,
    ...over,
  });
  const allowed = (each: Question, today = inTime, facts = thread) =>
    Object.fromEntries(
      QUESTION_DEEDS.map((deed) => [deed, mayTake(deed, each, facts, today)]).filter(
        ([, who]) => who?.length,
      ),
    );

  it('has a sound table', () => expect(tableMistakes(QUESTION_TRANSITIONS, 'asked')).toEqual([]));

  it('gives each step to those whose it is, in every state', () => {
    expect(allowed(at('asked'))).toEqual({ answerQuestion: [fablab] });
    expect(allowed(at('asked'), late)).toEqual({
      answerQuestion: [fablab],
      objectToAnswer: [north, patron],
    });
    expect(allowed(at('answered'))).toEqual({ objectToAnswer: [north, patron] });
    expect(allowed(at('objected'))).toEqual({ callMediation: [patron, fablab], closeDispute: [patron] });
    expect(allowed(at('mediation'))).toEqual({ closeDispute: [patron] });
    expect(allowed(at('closed'))).toEqual({});
  });

  it('refuses every other step out of order', () => {
    for (const state of QUESTION_STATES) {
      for (const deed of QUESTION_DEEDS) {
        const next: readonly QuestionState[] = QUESTION_TRANSITIONS[state];
        if (next.includes(STATE_AFTER[deed])) continue;
        const step = () => assertMayTake(deed, at(state), thread, { communityId: fablab, today: late });
        expect(step).toThrow(`The question 1 is ${state}`);
      }
    }
  });

  it('begins neither in a negotiation, nor before the answer is due, nor after the contract ended', () => {
    const context = { communityId: north, today: inTime };
    const object =
      (each: Question, facts = thread) =>
      () =>
        assertMayTake('objectToAnswer', each, facts, context);
    expect(object(at('answered', { isPrivate: true }))).toThrow('nobody is bound');
    expect(object(at('asked'))).toThrow('The fablab has until 2026-03-16 to answer');
    expect(object(at('answered'), { ...thread, contractState: 'completed' })).toThrow(
      'objections are possible while it is open or active',
    );
    expect(object(at('answered'))).not.toThrow();
  });

  it('goes on after the contract has ended', () => {
    const ended = { ...thread, contractState: 'terminated' as const };
    expect(allowed(at('objected'), late, ended)).toEqual({
      callMediation: [patron, fablab],
      closeDispute: [patron],
    });
  });

  it('lets the receivers answer what the fablab asked in the negotiation', () => {
    const asked = at('asked', { communityId: fablab, isPrivate: true });
    expect(allowed(asked, inTime, { ...thread, contractState: 'draft' })).toEqual({
      answerQuestion: [north],
    });
  });
});
