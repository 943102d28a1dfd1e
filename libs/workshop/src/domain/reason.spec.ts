import { describe, expect, it } from '@jest/globals';
import type { Day } from '#kernel';
import { nothingSentence, reasonOf, takenSentence, type ReasonFacts } from './reason.js';

const FACTS: ReasonFacts = {
  state: 'ready',
  dueOn: '2026-05-01' as Day,
  contractRef: 'CSM-2026-0001',
  pinReason: null,
  place: null,
  waitsFor: [],
  blockedBy: [],
  doneAt: null,
  machineDown: false,
};

describe('the sentence with a job', () => {
  it('says why it is where it is', () => {
    const doneAt = new Date('2026-04-03T10:00:00.000Z');
    expect([
      reasonOf(FACTS),
      reasonOf({ ...FACTS, state: 'waiting', waitsFor: [1] }),
      reasonOf({ ...FACTS, state: 'waiting', waitsFor: [1, 2, 4] }),
      reasonOf({ ...FACTS, state: 'running' }),
      reasonOf({ ...FACTS, state: 'done', doneAt }),
      reasonOf({ ...FACTS, dueOn: null, contractRef: null }),
      reasonOf({ ...FACTS, machineDown: true }),
      reasonOf({ ...FACTS, state: 'waiting', blockedBy: ['material', 'question'] }),
    ]).toEqual([
      'due 2026-05-01 for contract CSM-2026-0001',
      'waits for operation 1, due 2026-05-01 for contract CSM-2026-0001',
      'waits for operations 1, 2 and 4, due 2026-05-01 for contract CSM-2026-0001',
      'being worked on, due 2026-05-01 for contract CSM-2026-0001',
      'done on 2026-04-03 for contract CSM-2026-0001',
      'without a due date',
      'blocked: machine down; due 2026-05-01 for contract CSM-2026-0001',
      'blocked: material is missing and a question is open; due 2026-05-01 for contract CSM-2026-0001',
    ]);
  });

  it('says which turn a ready job has, and who moved it and why', () => {
    const at = (rank: number, turn: number | null): string =>
      reasonOf({ ...FACTS, contractRef: null, place: { rank, turn } });
    expect([at(1, null), at(12, null), at(102, null), at(5, 2), at(300, 21)]).toEqual([
      'due 2026-05-01, first in its lane',
      'due 2026-05-01, 12th in its lane',
      'due 2026-05-01, 102nd in its lane',
      'due 2026-05-01, second free-tier job in turn',
      'due 2026-05-01, 21st free-tier job in turn',
    ]);
    expect(reasonOf({ ...FACTS, pinReason: 'the van leaves at noon', place: { rank: 1, turn: null } })).toBe(
      'pinned by the coordinator (the van leaves at noon), due 2026-05-01 for contract CSM-2026-0001, first in its lane',
    );
  });

  it('comes with what was taken', () => {
    expect([false, true].map((redirected) => takenSentence({ ...FACTS, redirected }))).toEqual([
      'Next in line: due 2026-05-01 for contract CSM-2026-0001.',
      'A free-tier job is due now: due 2026-05-01 for contract CSM-2026-0001.',
    ]);
  });
});

describe('the sentence without a job', () => {
  it('says whether there is nothing, or nothing for this maker', () => {
    expect(nothingSentence({ jobsReady: 0, qualifications: [], machineDown: 0, outsideStay: false })).toBe(
      'No job is ready in this section now.',
    );
    expect(
      nothingSentence({ jobsReady: 1, qualifications: ['Welding'], machineDown: 0, outsideStay: false }),
    ).toBe('One job is ready here, but it asks for Welding, which you do not hold or which has expired.');
    expect(
      nothingSentence({
        jobsReady: 3,
        qualifications: ['Lathe', 'Welding'],
        machineDown: 0,
        outsideStay: false,
      }),
    ).toBe(
      '3 jobs are ready here, but they ask for Lathe and Welding, which you do not hold or which has expired.',
    );
    expect(
      nothingSentence({ jobsReady: 2, qualifications: ['Lathe'], machineDown: 0, outsideStay: true }),
    ).toContain('You have no stay here today.');
    expect(nothingSentence({ jobsReady: 0, qualifications: [], machineDown: 2, outsideStay: false })).toBe(
      '2 jobs wait until their machines are up again.',
    );
    expect(
      nothingSentence({ jobsReady: 1, qualifications: ['Lathe'], machineDown: 1, outsideStay: false }),
    ).toBe(
      'One job is ready here, but it asks for Lathe, which you do not hold or which has expired. ' +
        'One job waits until its machine is up again.',
    );
  });
});
