import { describe, expect, it } from '@jest/globals';
import type { Id } from '#kernel';
import { sampleObligation, type SampleChange } from '../../testing/sample-obligation.js';
import type { ImportDeedRow } from './import.js';
import { undoOrder } from './undo.js';

const base = {
  proposalId: null,
  paymentId: null,
  repaymentId: null,
  pledgeId: 'pledge' as Id<'pledge'>,
  contractId: 'contract' as Id<'contract'>,
  contractRef: 'CSM-2026-0001',
};
const paid = (row: number, index: number): ImportDeedRow => ({
  ...base,
  row,
  kind: 'payment',
  paymentId: `payment ${index}` as Id<'payment'>,
});
const repaid = (row: number, index: number): ImportDeedRow => ({
  ...base,
  row,
  kind: 'repayment',
  repaymentId: `event ${index}` as Id<'obligationEvent'>,
});

const life: SampleChange = {
  payments: [
    ['2026-01-01', 100n],
    ['2026-02-01', 200n],
  ],
  events: [
    ['repayment', '2026-03-01', 10n],
    ['repayment', '2026-04-01', 20n],
  ],
};

describe('the undoing of an import', () => {
  it('takes back repayments before payments, each the latest first', () => {
    const steps = undoOrder(sampleObligation(life), [paid(2, 0), paid(3, 1), repaid(4, 0), repaid(5, 1)]);
    expect(steps.map(({ row, kind }) => [row, kind])).toEqual([
      [5, 'repayment'],
      [4, 'repayment'],
      [3, 'payment'],
      [2, 'payment'],
    ]);
  });

  it('leaves what others recorded before it, and what was reversed by hand', () => {
    const obligation = sampleObligation(life);
    const reversed = {
      ...obligation,
      events: obligation.events.map((event, index) => (index === 1 ? { ...event, isReversed: true } : event)),
    };
    expect(undoOrder(reversed, [paid(3, 1), repaid(5, 1)]).map(({ row }) => row)).toEqual([3]);
    expect(undoOrder(obligation, [repaid(4, 0)]).map(({ row }) => row)).toEqual([4]);
  });

  it('is refused where a later payment was recorded, with its day', () => {
    expect(() => undoOrder(sampleObligation(life), [paid(2, 0)])).toThrow(
      'A later payment of 2026-02-01 was recorded for a pledge that this import paid.',
    );
  });

  it('looks past later payments when its own were reversed by hand', () => {
    const obligation = sampleObligation(life);
    const [first, ...rest] = obligation.payments;
    const reversed = { ...obligation, payments: first ? [{ ...first, isReversed: true }, ...rest] : rest };
    expect(undoOrder(reversed, [paid(2, 0)])).toEqual([]);
  });
});
