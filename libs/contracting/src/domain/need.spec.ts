import { describe, expect, it } from '@jest/globals';
import { checkInput, type DomainError, type Id } from '#kernel';
import {
  answerToStartFrom,
  assertNeedMoment,
  needState,
  readAnswer,
  readNeed,
  type Need,
  type NeedGiven,
} from './need.js';

const given: NeedGiven = {
  title: 'Three cargo trailers',
  purpose: 'To bring vegetables to the market.',
  quantity: 'about three',
  wantedBy: '2026-09-30',
  place: 'Riverside',
  brings: ['hours'],
};
const read = (over: Partial<NeedGiven> = {}) => checkInput((check) => readNeed(check, { ...given, ...over }));
const refusedFields = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return (error as DomainError).details['problems'];
  }
  return [];
};

describe('a need', () => {
  it('is one without money, and without anything at all', () => {
    expect(read({ brings: [] }).brings).toEqual([]);
    expect(read({ brings: ['hours', 'material'] }).brings).toEqual(['hours', 'material']);
  });

  it('has no day when nobody gave one', () => {
    expect(read({ wantedBy: null }).wantedBy).toBeNull();
    expect(read({ wantedBy: '' }).wantedBy).toBeNull();
  });

  it.each([
    ['title', 'Write to ann@example.org'],
    ['purpose', 'Call +49 170 1234567 any time.'],
    ['quantity', 'ask tel. 0170 1234567'],
    ['place', 'ann@example.org'],
  ] as const)('keeps personal data out of its %s', (field, text) => {
    expect(refusedFields(() => read({ [field]: text }))).toEqual([
      { field, message: expect.stringContaining('looks like personal data') },
    ]);
  });

  it('names each kind of contribution once', () => {
    expect(refusedFields(() => read({ brings: ['hours', 'hours'] }))).toEqual([
      { field: 'brings', message: 'Each kind of contribution is named once.' },
    ]);
  });
});

describe('the state of a need', () => {
  const facts = { isClosed: false, answers: [], contractStates: [] };

  it.each([
    ['open', facts],
    ['answered', { ...facts, answers: [1] }],
    ['closed', { ...facts, answers: [1], isClosed: true }],
    ['answered', { ...facts, answers: [1], contractStates: ['draft'] }],
    ['inContract', { ...facts, answers: [1], contractStates: ['draft', 'open'] }],
    ['inContract', { ...facts, answers: [1], contractStates: ['active'] }],
    ['inContract', { ...facts, answers: [1], isClosed: true, contractStates: ['open'] }],
    ['answered', { ...facts, answers: [1], contractStates: ['lapsed', 'withdrawn', 'terminated'] }],
    ['met', { ...facts, answers: [1], contractStates: ['withdrawn', 'completed'] }],
  ] as const)('is %s for %j', (state, given) => expect(needState(given)).toBe(state));
});

describe('an answer', () => {
  const answer = (over: object) =>
    checkInput((check) => readAnswer(check, { kind: 'can', reason: 'We have the saw.', ...over }));

  it('says what it takes for «can make with …», and only there', () => {
    expect(answer({ kind: 'canWith', condition: 'a welder for two days' })).toEqual({
      kind: 'canWith',
      reason: 'We have the saw.',
      condition: 'a welder for two days',
    });
    expect(refusedFields(() => answer({ kind: 'canWith' }))).toMatchObject([{ field: 'condition' }]);
    expect(refusedFields(() => answer({ kind: 'cannot', condition: 'more time' }))).toMatchObject([
      { field: 'condition' },
    ]);
  });

  it('gives its reasons, whatever it is', () => {
    for (const kind of ['can', 'cannot'])
      expect(refusedFields(() => answer({ kind, reason: ' ' }))).toMatchObject([{ field: 'reason' }]);
  });
});

describe('a contract from a need', () => {
  const fablab = 'fablab' as Id<'community'>;
  const need: Need = {
    id: 'need' as Id<'need'>,
    communityId: 'village' as Id<'community'>,
    title: 'Trailers',
    revision: 1,
    wantedBy: null,
    isClosed: false,
    answers: [{ id: 'answer' as Id<'needAnswer'>, fablabId: fablab, kind: 'canWith' }],
    contractStates: [],
  };

  it('starts from an answer that says that it can be made', () => {
    expect(answerToStartFrom(need, fablab)).toBe('answer');
    expect(() => answerToStartFrom({ ...need, answers: [] }, fablab)).toThrow('has not answered');
    const cannot = need.answers.map((each) => ({ ...each, kind: 'cannot' as const }));
    expect(() => answerToStartFrom({ ...need, answers: cannot }, fablab)).toThrow('it cannot make this');
  });

  it('starts only while the need is on the board', () => {
    expect(() => assertNeedMoment('draftContract', need)).not.toThrow();
    expect(() => assertNeedMoment('draftContract', { ...need, contractStates: ['active'] })).toThrow(
      'The need “Trailers” is in contract; drafting a contract from it is possible only while it is open or answered.',
    );
  });
});
