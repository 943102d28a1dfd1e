import { parseMilli } from '#kernel';
import { i18next } from '~/app/i18n';
import type { ContractDetailsFragment, ContractOfferFragment } from '~/generated/graphql';
import { formatAmount, formatDecimal, formatNumber } from '~/ui/format';
import { contributionWords } from './given-words';
import { scheduleOf } from './offer-list';
import { amountOf, quantityOf, type PledgeValues } from './pledge-values';

/** `€100.00`, `40 h in Woodworking`: what the filled form gives; null while it says nothing. */
export function giftOf(
  contract: ContractDetailsFragment,
  offer: ContractOfferFragment,
  values: PledgeValues,
): string | null {
  if (values.gives === 'money') {
    const amountMinor = amountOf(contract, offer, values);
    return amountMinor === null
      ? null
      : formatAmount({ amountMinor: `${amountMinor}`, currency: contract.currency });
  }
  const quantity = quantityOf(values);
  if (quantity === null) return null;
  const { hours, goods } = values;
  return values.gives === 'hours'
    ? contributionWords('hours', { item: hours.section || '…', unit: 'h', quantity })
    : contributionWords('goods', { item: goods.name || '…', unit: goods.unit || '…', quantity });
}

/** What comes back for it, in plain words and exact numbers. */
export function comesBack(
  contract: ContractDetailsFragment,
  offer: ContractOfferFragment,
  values: PledgeValues,
): string {
  const t = i18next.getFixedT(null, 'instruments');
  const amount = giftOf(contract, offer, values) ?? '';
  switch (offer.returns) {
    case 'money':
      return offer.premiumShareBasisPoints
        ? t('pledge.backShare', { amount, percent: offer.premiumShareBasisPoints / 100 })
        : t('pledge.backMoney', { amount, schedule: scheduleOf(offer) });
    case 'units':
      return unitsBack(contract, offer, values);
    case 'tool':
      return t('pledge.backTool');
    case 'nothing':
      return t('pledge.backNothing');
  }
}

/** As the server reckons: whole units, rounded down; free ones for others with every so many of them. */
function unitsBack(
  contract: ContractDetailsFragment,
  offer: ContractOfferFragment,
  values: PledgeValues,
): string {
  const t = i18next.getFixedT(null, 'instruments');
  const deliverable = contract.deliverables.find(({ position }) => position === offer.line);
  const isMoney = values.gives === 'money';
  const given = isMoney
    ? (amountOf(contract, offer, values) ?? 0n)
    : (parseMilli(quantityOf(values) ?? '0') ?? 0n);
  const one = isMoney
    ? BigInt(deliverable?.unitPrice.amountMinor ?? '0')
    : (parseMilli(offer.quantityPerUnit ?? '0') ?? 0n);
  const units = one > 0n ? Number(given / one) : 0;
  if (units === 0) {
    const { currency } = contract;
    const words = isMoney
      ? formatAmount({ amountMinor: `${one}`, currency })
      : `${formatDecimal(offer.quantityPerUnit ?? '0')} ${values.gives === 'hours' ? 'h' : values.goods.unit}`;
    return t('pledge.backTooLittle', { one: words });
  }
  const free = Math.floor((units * (offer.freeUnits ?? 0)) / (offer.perUnits ?? 1));
  const line = deliverable?.productVersion.product.name ?? '…';
  return free > 0
    ? t('pledge.backUnitsFree', { units: formatNumber(units), line, free: formatNumber(free) })
    : t('pledge.backUnits', { units: formatNumber(units), line });
}
