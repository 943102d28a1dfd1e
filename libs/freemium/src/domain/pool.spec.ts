import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Id } from '#kernel';
import { availableMinor, drawFirstIn, giveBack, type Draw, type Lot } from './pool.js';

const lot = (id: string, amountMinor: bigint, drawnMinor = 0n): Lot => ({
  id: id as Id<'poolLot'>,
  amountMinor,
  drawnMinor,
});
const sum = (draws: readonly Draw[]): bigint =>
  draws.reduce((total, { amountMinor }) => total + amountMinor, 0n);

describe('a pool', () => {
  it('is drawn on first in, first out', () => {
    const lots = [lot('a', 500n, 500n), lot('b', 300n, 100n), lot('c', 1_000n)];
    expect(drawFirstIn(lots, 700n)).toEqual([
      { lotId: 'b', amountMinor: 200n },
      { lotId: 'c', amountMinor: 500n },
    ]);
    expect(drawFirstIn(lots, 0n)).toEqual([]);
  });

  it('pays out its last cent, and not one more', () => {
    const lots = [lot('a', 500n), lot('b', 1n)];
    expect(sum(drawFirstIn(lots, 501n))).toBe(501n);
    expect(() => drawFirstIn(lots, 502n)).toThrow('The pool does not hold that much.');
  });

  it('gets back what was not needed, the last drawn first', () => {
    const draws = drawFirstIn([lot('a', 500n), lot('b', 300n)], 700n);
    expect(giveBack(draws, 250n)).toEqual([
      { lotId: 'b', amountMinor: 200n },
      { lotId: 'a', amountMinor: 50n },
    ]);
    expect(() => giveBack(draws, 701n)).toThrow();
  });

  it('never pays out more than came in, whatever is drawn and given back', () => {
    const step = fc.record({ take: fc.bigInt(0n, 400n), back: fc.bigInt(0n, 400n) });
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(1n, 300n), { maxLength: 12 }),
        fc.array(step, { maxLength: 20 }),
        (amounts, steps) => {
          const lots = new Map(amounts.map((amount, index) => [`lot${index}`, lot(`lot${index}`, amount)]));
          const total = amounts.reduce((all, amount) => all + amount, 0n);
          const move = (draws: readonly Draw[], sign: bigint): void => {
            for (const { lotId, amountMinor } of draws) {
              const own = lots.get(lotId) as Lot;
              lots.set(lotId, { ...own, drawnMinor: own.drawnMinor + sign * amountMinor });
            }
          };
          let spent = 0n;
          for (const { take, back } of steps) {
            const available = availableMinor([...lots.values()]);
            if (take > available) {
              expect(() => drawFirstIn([...lots.values()], take)).toThrow();
              continue;
            }
            const draws = drawFirstIn([...lots.values()], take);
            expect(sum(draws)).toBe(take);
            move(draws, 1n);
            const returned = giveBack(draws, back < take ? back : take);
            move(returned, -1n);
            spent += take - sum(returned);
            expect(availableMinor([...lots.values()])).toBe(total - spent);
            for (const { amountMinor, drawnMinor } of lots.values())
              expect(drawnMinor >= 0n && drawnMinor <= amountMinor).toBe(true);
          }
        },
      ),
    );
  });
});
