import { checkInput, type Currency } from '#kernel';
import { forecast, withCostRise } from '../domain/simulator.js';
import { SHARE_PARTS, WHOLE_BASIS_POINTS } from '../domain/split.js';
import type { ScenarioInput } from './freemium.input.js';
import { splitShares } from './mappers.js';
import type { ForecastModel } from './rule.model.js';

const SALES_PER_MONTH_MAX = 1_000_000;
const COST_RISE_MAX = 100_000;

/** @throws DomainError `BAD_INPUT` for amounts of several currencies, or shares that are not the whole */
export function readScenario(input: ScenarioInput): ForecastModel {
  const currency = input.premiumPrice.currency as Currency;
  const { scenario, costRise } = checkInput((check) => {
    const amount = (field: 'premiumPrice' | 'premiumCost' | 'freeCost' | 'sustenanceFloor'): bigint =>
      check.money(field, input[field], { zero: true, currency }).amountMinor;
    const sum = SHARE_PARTS.reduce((total, part) => total + input.shares[part], 0);
    if (sum !== WHOLE_BASIS_POINTS || SHARE_PARTS.some((part) => input.shares[part] < 0))
      check.refuse('shares', 'The shares must sum to 100 %, and none may be below zero.');
    return {
      scenario: {
        currency: check.currency('premiumPrice.currency', currency),
        premiumPriceMinor: amount('premiumPrice'),
        premiumCostMinor: amount('premiumCost'),
        freeCostMinor: amount('freeCost'),
        rule: { sustenanceFloorMinor: amount('sustenanceFloor'), shares: { ...input.shares } },
        salesPerMonth: check.integer('salesPerMonth', input.salesPerMonth, {
          min: 0,
          max: SALES_PER_MONTH_MAX,
          name: 'the sales in a month',
        }),
      },
      costRise: check.integer('costRise', input.costRise ?? 0, {
        min: 0,
        max: COST_RISE_MAX,
        name: 'the rise of costs',
      }),
    };
  });
  const { split, surplusMinor, ...figures } = forecast(withCostRise(scenario, costRise));
  return {
    ...figures,
    split: splitShares(split, currency),
    surplus: { amountMinor: surplusMinor, currency },
  };
}
