import { describe, expect, it } from '@jest/globals';
import type { Currency } from '#kernel';
import { settleGrant } from './grant.js';
import { forecast, withCostRise, type Scenario } from './simulator.js';

const SCENARIO: Scenario = {
  currency: 'EUR' as Currency,
  premiumPriceMinor: 50_000n,
  premiumCostMinor: 30_000n,
  freeCostMinor: 24_000n,
  rule: {
    sustenanceFloorMinor: 2_000n,
    shares: {
      sustenance: 3_000,
      reserve: 1_500,
      freePool: 4_000,
      fairPool: 1_000,
      designCommons: 300,
      network: 200,
    },
  },
  salesPerMonth: 2,
};

describe('the simulator', () => {
  it('says how many premium sales fund one free unit, and when', () => {
    expect(forecast(SCENARIO)).toEqual({
      split: {
        sustenance: 7_400n,
        cost: 30_000n,
        reserve: 2_700n,
        freePool: 7_200n,
        fairPool: 1_800n,
        designCommons: 540n,
        network: 360n,
      },
      surplusMinor: 18_000n,
      salesPerFreeUnit: 4,
      monthsToFirst: 2,
      monthsToTenth: 17,
    });
  });

  it('says what a cost rise of ten per cent does', () => {
    const risen = forecast(withCostRise(SCENARIO, 1_000));
    expect([risen.split.freePool, risen.salesPerFreeUnit]).toEqual([6_000n, 5]);
  });

  it('says never where the pool gets nothing, and at once where a unit costs nothing', () => {
    const dear = forecast({ ...SCENARIO, premiumCostMinor: 60_000n });
    expect([dear.surplusMinor, dear.salesPerFreeUnit, dear.monthsToFirst]).toEqual([-12_000n, null, null]);
    expect(forecast({ ...SCENARIO, freeCostMinor: 0n }).monthsToTenth).toBe(0);
    expect(forecast({ ...SCENARIO, salesPerMonth: 0 })).toMatchObject({
      salesPerFreeUnit: 4,
      monthsToFirst: null,
    });
  });
});

describe('a grant that was made', () => {
  it('costs the pool what it cost, at most what was held, and the reserve the rest', () => {
    expect(settleGrant(24_000n, 20_000n)).toEqual({
      spentMinor: 20_000n,
      returnedMinor: 4_000n,
      overrunMinor: 0n,
    });
    expect(settleGrant(24_000n, 25_000n)).toEqual({
      spentMinor: 24_000n,
      returnedMinor: 0n,
      overrunMinor: 1_000n,
    });
  });
});
