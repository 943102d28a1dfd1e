import { i18next } from '~/app/i18n';
import { isAgreed, repaymentOf, type RepaymentValues } from '~/features/contracting/rhythm';
import { repaymentWords } from '~/features/contracting/schedule-words';
import { formatDecimal, formatNumber, parseDecimal } from '~/ui/format';
import type { DraftOffer } from './offer-form';
import { decimalOf } from './threshold-form';

const MISSING = '…';

export function scheduleWords(values: RepaymentValues): string {
  const t = i18next.getFixedT(null, 'obligations');
  if (!isAgreed(values)) return t('rhythm.default');
  const repayment = repaymentOf(values);
  return repayment ? repaymentWords(t, repayment) : MISSING;
}

/** `1.5` and `1,5` per cent are 150 basis points; null for none, for more than all, and for what is no number. */
export function percentOf(text: string): number | null {
  const milli = parseDecimal(text);
  if (milli === null || milli <= 0n || milli > 100_000n || milli % 10n !== 0n) return null;
  return Number(milli / 10n);
}

/**
 * What the fields of an offer say, in words that a person may change.
 * @param lineWords the name of a deliverable by its position, from 1; dots for none
 */
export function proposedWords(offer: DraftOffer, lineWords: (position: number) => string): string {
  const t = i18next.getFixedT(null, 'instruments');
  const line = lineWords(Number(offer.line));
  const quantity = parseDecimal(offer.quantityPerUnit)
    ? formatDecimal(decimalOf(offer.quantityPerUnit))
    : MISSING;
  switch (offer.returns) {
    case 'money':
      return offer.by === 'share'
        ? t('words.share', { percent: offer.premiumShareBasisPoints || MISSING })
        : t('words.schedule', { schedule: scheduleWords(offer.repayment) });
    case 'tool':
      return t('words.tool');
    case 'nothing':
      return t('words.nothing');
    case 'units':
      break;
  }
  switch (offer.instrument) {
    case 'premium':
      return t('words.premium', {
        line,
        per: countWords(offer.perUnits),
        free: countWords(offer.freeUnits),
      });
    case 'labour':
      return t('words.perHours', { line, quantity, section: offer.section || MISSING });
    case 'material':
      return t('words.perGoods', {
        line,
        quantity,
        unit: offer.goodsUnit || MISSING,
        name: offer.goodsName || MISSING,
      });
    case 'loan':
    case 'pre_purchase':
    case 'gift':
    case 'tool_loan':
      return t('words.units', { line });
  }
}

function countWords(value: number | string): string {
  return typeof value === 'number' ? formatNumber(value) : MISSING;
}
