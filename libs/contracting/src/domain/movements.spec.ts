import { describe, expect, it } from '@jest/globals';
import type { Day, Id } from '#kernel';
import { movementsOf } from './movements.js';
import type { ObligationEvent, ObligationPayment } from './obligation.js';

const payment = (valueDate: string, amountMinor: bigint): ObligationPayment => ({
  id: 'p' as Id<'payment'>,
  amountMinor,
  valueDate: valueDate as Day,
  transferId: 't' as Id<'transfer'>,
  isReversed: false,
});

const event = (
  kind: ObligationEvent['kind'],
  valueDate: string,
  amountMinor: bigint,
  more: Partial<ObligationEvent> = {},
): ObligationEvent => ({
  id: 'e' as Id<'obligationEvent'>,
  kind,
  amountMinor,
  interestMinor: 0n,
  units: 0,
  valueDate: valueDate as Day,
  reason: 'A reason with words.',
  rhythm: null,
  reversesPaymentId: null,
  reversesEventId: null,
  transferId: 't' as Id<'transfer'>,
  recordedAt: new Date(0),
  isReversed: false,
  ...more,
});

const shown = (payments: ObligationPayment[], events: ObligationEvent[]): string[] =>
  movementsOf({ payments, events }).map((each) => `${each.valueDate} ${each.kind} ${each.amountMinor}`);

describe('what the public sees behind the sums of a pledge', () => {
  it('is a total for each kind and value date, in the order of dates', () => {
    const payments = [payment('2026-05-02', 300n), payment('2026-04-01', 500n), payment('2026-05-02', 200n)];
    const events = [
      event('repayment', '2026-06-01', 100n, { interestMinor: 4n }),
      event('write-off', '2026-07-01', 50n),
      event('waiver', '2026-07-01', 20n),
      event('deferral', '2026-07-02', 100n),
      event('units', '2026-06-15', 90n, { units: 2 }),
      event('unit-waiver', '2026-07-01', 45n, { units: 1 }),
      event('free-units', '2026-07-03', 0n, { units: 1 }),
    ];
    expect(shown(payments, events)).toEqual([
      '2026-04-01 received 500',
      '2026-05-02 received 500',
      '2026-06-01 repaid 100',
      '2026-06-01 interest 4',
      '2026-06-15 delivered 90',
      '2026-07-01 forgiven 95',
      '2026-07-01 waived 20',
    ]);
  });

  it('takes back what was reversed, on the day of the reversal, and shows no day that comes to nothing', () => {
    const payments = [payment('2026-04-01', 500n)];
    const events = [
      event('repayment', '2026-05-01', 40n, { interestMinor: 3n }),
      event('reversal', '2026-05-03', 40n, {
        interestMinor: 3n,
        reversesEventId: 'e' as Id<'obligationEvent'>,
      }),
      event('repayment', '2026-06-01', 10n),
      event('reversal', '2026-06-01', 10n, { reversesEventId: 'e' as Id<'obligationEvent'> }),
      event('reversal', '2026-06-02', 500n, { reversesPaymentId: 'p' as Id<'payment'> }),
    ];
    expect(shown(payments, events)).toEqual([
      '2026-04-01 received 500',
      '2026-05-01 repaid 40',
      '2026-05-01 interest 3',
      '2026-05-03 repaid -40',
      '2026-05-03 interest -3',
      '2026-06-02 received -500',
    ]);
  });
});
