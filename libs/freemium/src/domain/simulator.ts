import type { Currency } from '#kernel';
import { NOTHING_SERVED, splitPayment, type Split, type SplitRule } from './split.js';

/** What somebody tries out before anything is signed. Amounts are minor units of one currency. */
export interface Scenario {
  readonly currency: Currency;
  readonly premiumPriceMinor: bigint;
  readonly premiumCostMinor: bigint;
  /** The planned cost of a free unit: what a grant holds. */
  readonly freeCostMinor: bigint;
  readonly rule: Pick<SplitRule, 'sustenanceFloorMinor' | 'shares'>;
  /** Premium units sold in a month. */
  readonly salesPerMonth: number;
}

export interface Forecast {
  readonly split: Split;
  /** What a premium sale leaves once the makers' floor and the cost are served; below zero it does not carry itself. */
  readonly surplusMinor: bigint;
  /** Premium sales that fund one free unit; null when a sale brings nothing into the free pool. */
  readonly salesPerFreeUnit: number | null;
  /** After how many months the pool has paid for the first and the tenth unit; null: never. */
  readonly monthsToFirst: number | null;
  readonly monthsToTenth: number | null;
}

/** One premium unit, paid at once, by the very rule that divides real payments. */
export function forecast(scenario: Scenario): Forecast {
  const { premiumPriceMinor, premiumCostMinor, rule } = scenario;
  const { split } = splitPayment(
    rule,
    { units: 1, unitCostMinor: premiumCostMinor },
    NOTHING_SERVED,
    premiumPriceMinor,
  );
  return {
    split,
    surplusMinor: premiumPriceMinor - premiumCostMinor - rule.sustenanceFloorMinor,
    salesPerFreeUnit: salesFor(scenario, split.freePool, 1n),
    monthsToFirst: monthsFor(scenario, split.freePool, 1n),
    monthsToTenth: monthsFor(scenario, split.freePool, 10n),
  };
}

/**
 * The same scenario with every cost risen.
 * @param basisPoints 1000 is ten per cent; what is less than a minor unit is rounded up, as a cost is
 */
export function withCostRise(scenario: Scenario, basisPoints: number): Scenario {
  const risen = (minor: bigint): bigint => ceilDivide(minor * BigInt(10_000 + basisPoints), 10_000n);
  return {
    ...scenario,
    premiumCostMinor: risen(scenario.premiumCostMinor),
    freeCostMinor: risen(scenario.freeCostMinor),
  };
}

function salesFor(scenario: Scenario, perSaleMinor: bigint, units: bigint): number | null {
  if (scenario.freeCostMinor === 0n) return 0;
  if (perSaleMinor === 0n) return null;
  const sales = ceilDivide(scenario.freeCostMinor * units, perSaleMinor);
  return Number(sales);
}

function monthsFor(scenario: Scenario, perSaleMinor: bigint, units: bigint): number | null {
  const sales = salesFor(scenario, perSaleMinor, units);
  if (sales === null || sales === 0) return sales;
  return scenario.salesPerMonth === 0 ? null : Math.ceil(sales / scenario.salesPerMonth);
}

function ceilDivide(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
