import type { Currency } from '#kernel';
import { SPLIT_PARTS, type Split } from '../domain/split.js';
import type { FundingView, GrantView, SalePaymentView, SaleView } from '../persistence/freemium.reader.js';
import type { PublishedSplitRule } from '../persistence/rule.repository.js';
import type { SplitRuleModel } from './rule.model.js';
import type { GrantModel, SaleModel, SalePaymentModel, SplitShareModel } from './sale.model.js';

export function saleModel(sale: SaleView): SaleModel {
  const { currency, unitPriceMinor, paidMinor, ...rest } = sale;
  return {
    ...rest,
    unitPrice: { amountMinor: unitPriceMinor, currency },
    price: { amountMinor: unitPriceMinor * BigInt(sale.quantity), currency },
    paid: { amountMinor: paidMinor, currency },
  };
}

export function paymentModel(payment: SalePaymentView): SalePaymentModel {
  const { currency, amountMinor, spentMinor } = payment;
  return {
    id: payment.id,
    amount: { amountMinor, currency },
    valueDate: payment.valueDate,
    split: splitShares(payment, currency),
    isReversal: payment.isReversal,
    notUnwound: { amountMinor: spentMinor, currency },
    transferId: payment.transferId,
  };
}

export function splitShares(split: Split, currency: Currency): SplitShareModel[] {
  return SPLIT_PARTS.map((part) => ({ part, amount: { amountMinor: split[part], currency } }));
}

export function grantModel(grant: GrantView): GrantModel {
  const { currency, heldMinor, spentMinor, overrunMinor, ...rest } = grant;
  return {
    ...rest,
    held: { amountMinor: heldMinor, currency },
    spent: spentMinor === null ? null : { amountMinor: spentMinor, currency },
    overrun: overrunMinor === null ? null : { amountMinor: overrunMinor, currency },
  };
}

export function ruleModel(rule: PublishedSplitRule): SplitRuleModel {
  const { sustenanceFloorMinor, ...rest } = rule;
  return { ...rest, sustenanceFloor: { amountMinor: sustenanceFloorMinor, currency: rule.currency } };
}

/** Without the giver's name, which another context knows. */
export function fundingModel({ grantRef, saleRef, saleId, amountMinor, currency }: FundingView) {
  return { grantRef, saleRef, saleId, amount: { amountMinor, currency } };
}
