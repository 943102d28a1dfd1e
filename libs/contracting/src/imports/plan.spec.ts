import { describe, expect, it } from '@jest/globals';
import type { Currency, Day, Id } from '#kernel';
import { parseTable } from './csv-table.js';
import { planImport, type ImportPlan } from './plan.js';
import { readSettings } from './settings.js';
import type { ImportSnapshot, SnapshotContract, SnapshotPledge } from './snapshot.js';

const EUR = 'EUR' as Currency;
const NORTH = 'north' as Id<'community'>;

function contract(over: Partial<SnapshotContract> = {}): SnapshotContract {
  return {
    id: 'active' as Id<'contract'>,
    ref: 'CSM-2026-0001',
    title: 'Trailers',
    state: 'active',
    currency: EUR,
    deadline: '2026-06-30' as Day,
    receiverIds: [NORTH],
    bearsInterest: false,
    instruments: ['loan'],
    ...over,
  };
}

function pledge(over: Partial<SnapshotPledge> = {}): SnapshotPledge {
  return {
    id: 'loan' as Id<'pledge'>,
    contractId: 'active' as Id<'contract'>,
    communityId: NORTH,
    state: 'active',
    instrument: 'loan',
    returnKind: 'money',
    amountMinor: 100_000n,
    receivedMinor: 0n,
    waivedMinor: 0n,
    owedMinor: 0n,
    ...over,
  };
}

const GIFT = pledge({ id: 'gift' as Id<'pledge'>, instrument: 'gift', returnKind: 'nothing' });

function plan(rows: readonly string[], over: Partial<ImportSnapshot> = {}): ImportPlan {
  const head =
    'Supporter;Contract;Instrument;Pledged;Received;Received on;Repaid;Repaid on;Hours;Quantity pledged';
  const table = parseTable(`${[head, ...rows].join('\r\n')}\r\n`);
  const snapshot: ImportSnapshot = {
    contracts: [contract()],
    pledges: [pledge()],
    moves: [],
    proposals: [],
    communities: [{ id: NORTH, slug: 'north', name: 'North Village' }],
    ...over,
  };
  return planImport(table, readSettings({}, table, [EUR]), snapshot, '2026-05-01' as Day);
}

const deeds = ({ deeds: planned }: ImportPlan) =>
  planned.map(({ row, kind, pledgeId, amountMinor, valueDate }) => [
    row,
    kind,
    pledgeId,
    amountMinor,
    valueDate,
  ]);
const problems = ({ rows }: ImportPlan) =>
  rows.flatMap((row) => row.problems.map(({ column, message }) => [row.row, column, message]));

describe('the plan of a table', () => {
  it('books by value date, payments before repayments, whatever the order of the rows', () => {
    const planned = plan([
      'North Village;CSM-2026-0001;;;;;50,00;2026-03-02;;',
      'North Village;CSM-2026-0001;;;300,00;2026-03-02;;;;',
      'North Village;Trailers;;;100,00;2026-01-15;;;;',
    ]);
    expect(problems(planned)).toEqual([]);
    expect(deeds(planned)).toEqual([
      [4, 'payment', 'loan', 10_000n, '2026-01-15'],
      [3, 'payment', 'loan', 30_000n, '2026-03-02'],
      [2, 'repayment', 'loan', 5_000n, '2026-03-02'],
    ]);
  });

  it('does again nothing that stands in the books, and each there answers for one row', () => {
    const move = {
      pledgeId: 'loan' as Id<'pledge'>,
      kind: 'payment' as const,
      amountMinor: 10_000n,
      valueDate: '2026-01-15' as Day,
    };
    const row = 'North Village;CSM-2026-0001;;;100,00;2026-01-15;;;;';
    const planned = plan([row, row], { moves: [move] });
    expect(planned.rows.map(({ state }) => state)).toEqual(['exists', 'ready']);
    expect(deeds(planned)).toHaveLength(1);
  });

  it('refuses to repay more than is owed on that day', () => {
    const planned = plan([
      'North Village;CSM-2026-0001;;;100,00;2026-03-02;;;;',
      'North Village;CSM-2026-0001;;;;;100,01;2026-03-03;;',
      'North Village;CSM-2026-0001;;;;;1,00;2026-03-01;;',
    ]);
    expect(problems(planned)).toEqual([
      [3, 'repaid', 'Only 100.00 EUR is owed for this pledge on 2026-03-03.'],
      [4, 'repaid', 'Only 0.00 EUR is owed for this pledge on 2026-03-01.'],
    ]);
  });

  it('refuses money after everything was returned', () => {
    const planned = plan([
      'North Village;CSM-2026-0001;;;1000,00;2026-03-01;1000,00;2026-03-02;;',
      'North Village;CSM-2026-0001;;;1,00;2026-03-03;;;;',
    ]);
    expect(problems(planned)).toEqual([
      [
        3,
        'received',
        'Everything that was received for this pledge has been returned by then; it is fulfilled.',
      ],
    ]);
  });

  it('leaves nothing half done: a row with one wrong cell asks for nothing', () => {
    const planned = plan(['North Village;CSM-2026-0001;;;100,00;2026-03-01;x;2026-03-02;;']);
    expect([planned.rows[0]?.state, planned.deeds]).toEqual(['problem', []]);
  });
});

describe('the instrument of a row', () => {
  it('says which pledge money is for', () => {
    const planned = plan(
      [
        'North Village;CSM-2026-0001;Schenkung;;20,00;2026-03-01;;;;',
        'North Village;CSM-2026-0001;prêt;;30,00;2026-03-01;;;;',
      ],
      { pledges: [pledge(), GIFT] },
    );
    expect(deeds(planned).map(([row, , pledgeId]) => [row, pledgeId])).toEqual([
      [2, 'gift'],
      [3, 'loan'],
    ]);
  });

  it('is asked for where amounts do not tell pledges apart', () => {
    const planned = plan(['North Village;CSM-2026-0001;;1000,00;20,00;2026-03-01;;;;'], {
      pledges: [pledge(), GIFT],
    });
    expect(problems(planned)).toEqual([
      [
        2,
        'received',
        'For CSM-2026-0001, North Village has pledged 1,000.00 EUR and 1,000.00 EUR there. They differ in their instrument.',
      ],
    ]);
  });

  it('of a gift leaves nothing to repay, and takes money until all of it came and beyond', () => {
    const planned = plan(
      [
        'North Village;CSM-2026-0001;gift;;1000,00;2026-03-01;;;;',
        'North Village;CSM-2026-0001;gift;;5,00;2026-03-02;;;;',
        'North Village;CSM-2026-0001;gift;;;;1,00;2026-03-03;;',
      ],
      { pledges: [GIFT] },
    );
    expect(deeds(planned)).toHaveLength(2);
    expect(problems(planned)).toEqual([
      [4, 'repaid', 'Only 0.00 EUR is owed for this pledge on 2026-03-03.'],
    ]);
  });

  it.each([
    ['loan', [], 'CSM-2026-0001 offers no loan.'],
    ['', ['loan', 'loan'], 'CSM-2026-0001 offers several loans, and a table cannot say which one is meant.'],
    ['donativo', ['loan', 'gift'], 'a gift cannot be proposed by a table, and no such pledge is there.'],
  ] as const)('%s is proposed only as the one loan of %j', (word, instruments, message) => {
    const open = contract({ state: 'open', instruments });
    const planned = plan([`North Village;CSM-2026-0001;${word};700,00;;;;;;`], { contracts: [open] });
    expect(problems(planned)).toEqual([[2, 'instrument', message]]);
    expect(planned.deeds).toEqual([]);
  });

  it('is a loan where nothing else is said and one is offered', () => {
    const open = contract({ state: 'open', instruments: ['gift', 'loan'] });
    const planned = plan(['North Village;CSM-2026-0001;;700,00;;;;;;'], { contracts: [open] });
    expect(deeds(planned)).toEqual([[2, 'proposal', null, 70_000n, null]]);
  });

  it.each([
    ['shares', 'instrument', '“shares” is no instrument.'],
    ['Arbeit', 'instrument', 'Arbeit is no money: a table brings money alone.'],
  ])('%s is refused', (word, column, message) => {
    const planned = plan([`North Village;CSM-2026-0001;${word};;1,00;2026-03-01;;;;`]);
    expect(problems(planned)).toEqual([[2, column, message]]);
  });
});

describe('hours and goods', () => {
  it('are refused with a sentence, and a zero is none', () => {
    const planned = plan([
      'North Village;CSM-2026-0001;;;1,00;2026-03-01;;;12;',
      'North Village;CSM-2026-0001;;;1,00;2026-03-01;;;;2.5',
      'North Village;CSM-2026-0001;;;1,00;2026-03-01;;;0,00;0',
    ]);
    expect(problems(planned)).toEqual([
      [2, 'hours', 'Hours are not imported.'],
      [3, 'goods', 'Goods are not imported.'],
    ]);
    expect(deeds(planned)).toHaveLength(1);
  });
});
