import { expect, it } from '@jest/globals';
import { shortagesOf } from './shortage.js';

it('says what all orders together lack, whatever the case of the name, and nothing of what suffices', () => {
  const needs = [
    { item: 'Steel tube', unit: 'm', milli: 4500n },
    { item: 'steel TUBE', unit: 'm', milli: 1000n },
    { item: 'Screw', unit: 'pcs', milli: 16_000n },
    { item: 'Paint', unit: 'l', milli: 500n },
  ];
  const stock = [
    { item: 'steel tube', unit: 'm', milli: 5000n },
    { item: 'Screw', unit: 'pcs', milli: 16_000n },
    { item: 'Steel tube', unit: 'kg', milli: 9000n },
  ];
  expect(shortagesOf(needs, stock)).toEqual([
    { item: 'Steel tube', unit: 'm', milli: 500n, neededMilli: 5500n, onHandMilli: 5000n },
    { item: 'Paint', unit: 'l', milli: 500n, neededMilli: 500n, onHandMilli: 0n },
  ]);
});
