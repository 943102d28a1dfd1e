import { LIMITS, type InputCheck } from '#kernel';
import type { ContractOfferFragment, Instrument, OfferInput, ReturnKind } from '~/generated/graphql';
import { i18next } from '~/app/i18n';
import {
  checkRepayment,
  NO_REPAYMENT,
  repaymentOf,
  type RepaymentValues,
} from '~/features/contracting/rhythm';
import { parseAmount } from '~/ui/format';
import { rowKey } from '~/ui/row-key';
import { percentOf } from './offer-words';
import { gives, INSTRUMENT_RULES } from './rules';
import { checkDecimal, decimalOf, UNIT_CHARS_MAX } from './threshold-form';

export const OFFERS_MAX = 20;

/** An offer as typed; the names are the server's, so that its sentences find their field. */
export interface DraftOffer {
  readonly key: string;
  readonly instrument: Instrument;
  readonly returns: ReturnKind;
  readonly words: string;
  /** False as long as the proposed words stand, which follow the fields. */
  readonly ownWords: boolean;
  readonly by: 'schedule' | 'share';
  readonly repayment: RepaymentValues;
  readonly premiumShareBasisPoints: string;
  /** The position of a deliverable, or empty. */
  readonly line: string;
  readonly freeUnits: number | string;
  readonly perUnits: number | string;
  readonly quantityPerUnit: string;
  readonly section: string;
  readonly goodsName: string;
  readonly goodsUnit: string;
}

/** What an offer is checked against. */
export interface OfferContext {
  readonly currency: string;
  readonly deadline: string;
  readonly deliverables: readonly { readonly tier: string; readonly unitPrice: string }[];
}

export function emptyOffer(instrument: Instrument): DraftOffer {
  const returns = INSTRUMENT_RULES[instrument].returns[0] ?? 'nothing';
  return {
    key: rowKey(),
    instrument,
    returns,
    words: '',
    ownWords: false,
    by: 'schedule',
    repayment: NO_REPAYMENT,
    premiumShareBasisPoints: '',
    line: returns === 'units' ? '1' : '',
    freeUnits: instrument === 'premium' ? 1 : '',
    perUnits: instrument === 'premium' ? 1 : '',
    quantityPerUnit: '',
    section: '',
    goodsName: '',
    goodsUnit: '',
  };
}

export function draftOffer(offer: ContractOfferFragment): DraftOffer {
  const { repayment, premiumShareBasisPoints: share } = offer;
  return {
    key: rowKey(),
    instrument: offer.instrument,
    returns: offer.returns,
    words: offer.words,
    ownWords: true,
    by: share ? 'share' : 'schedule',
    repayment: repayment
      ? { ...repayment, interestBasisPointsPerYear: `${repayment.interestBasisPointsPerYear / 100}` }
      : NO_REPAYMENT,
    premiumShareBasisPoints: share ? `${share / 100}` : '',
    line: offer.line ? `${offer.line}` : '',
    freeUnits: offer.freeUnits ?? '',
    perUnits: offer.perUnits ?? '',
    quantityPerUnit: offer.quantityPerUnit ?? '',
    section: offer.section ?? '',
    goodsName: offer.goodsName ?? '',
    goodsUnit: offer.goodsUnit ?? '',
  };
}

/** Which fields an offer has: what is asked depends on what is given and what comes back. */
export function fieldsOf({ instrument, returns, by }: DraftOffer) {
  const units = returns === 'units';
  const money = gives(instrument, 'money');
  return {
    schedule: returns === 'money' && by === 'schedule',
    share: returns === 'money' && by === 'share',
    line: units || returns === 'nothing',
    free: units && instrument === 'premium',
    perUnit: units && !money,
    section: gives(instrument, 'hours') && instrument !== 'gift',
    goods: gives(instrument, 'goods') && instrument !== 'gift',
  };
}

/** Refuses what the server refuses, while the person is still at the field. */
export function checkOffer(check: InputCheck, offer: DraftOffer, path: string, context: OfferContext): void {
  const t = i18next.getFixedT(null, 'instruments');
  const has = fieldsOf(offer);
  if (has.schedule) checkRepayment(check, offer.repayment, context.deadline, `${path}.repayment.`);
  if (has.share && percentOf(offer.premiumShareBasisPoints) === null)
    check.refuse(`${path}.premiumShareBasisPoints`, t('offers.shareProblem'));
  if (offer.returns === 'units') checkUnits(check, offer, path, context);
  const isPriced = offer.returns === 'units';
  if (has.section && (isPriced || offer.section))
    check.text(`${path}.section`, offer.section, {
      max: LIMITS.nameCharsMax,
      name: t('thresholds.sectionName'),
    });
  if (has.goods && (isPriced || offer.goodsName || offer.goodsUnit)) {
    check.text(`${path}.goodsName`, offer.goodsName, {
      max: LIMITS.nameCharsMax,
      name: t('thresholds.nameName'),
    });
    check.text(`${path}.goodsUnit`, offer.goodsUnit, { max: UNIT_CHARS_MAX, name: t('thresholds.unitName') });
  }
  check.text(`${path}.words`, offer.words, {
    max: LIMITS.summaryCharsMax,
    name: t('offers.wordsName'),
  });
}

function checkUnits(check: InputCheck, offer: DraftOffer, path: string, context: OfferContext): void {
  const t = i18next.getFixedT(null, 'instruments');
  const has = fieldsOf(offer);
  const line = context.deliverables[Number(offer.line) - 1];
  if (!line) check.refuse(`${path}.line`, t('offers.lineProblem'));
  else if (gives(offer.instrument, 'money') && parseAmount(line.unitPrice, context.currency) === 0n)
    check.refuse(`${path}.line`, t('offers.linePrice'));
  else if (offer.instrument === 'premium' && line.tier !== 'premium')
    check.refuse(`${path}.line`, t('offers.linePremium'));
  if (has.perUnit) checkDecimal(check, `${path}.quantityPerUnit`, offer.quantityPerUnit);
  if (!has.free) return;
  const limit = { min: 1, max: LIMITS.quantityMax };
  check.integer(`${path}.freeUnits`, numberOf(offer.freeUnits), {
    ...limit,
    name: t('offers.freeUnitsName'),
  });
  check.integer(`${path}.perUnits`, numberOf(offer.perUnits), { ...limit, name: t('offers.perUnitsName') });
}

function numberOf(value: number | string): number | null {
  return typeof value === 'number' ? value : null;
}

/** The checked offer as the API takes it: only the fields that it has. */
export function offerInput(offer: DraftOffer): OfferInput {
  const has = fieldsOf(offer);
  const repayment = has.schedule ? repaymentOf(offer.repayment) : null;
  const share = has.share ? percentOf(offer.premiumShareBasisPoints) : null;
  return {
    instrument: offer.instrument,
    returns: offer.returns,
    words: offer.words,
    ...(repayment && { repayment }),
    ...(share !== null && { premiumShareBasisPoints: share }),
    ...(has.line && offer.line && { line: Number(offer.line) }),
    ...(has.free && { freeUnits: Number(offer.freeUnits), perUnits: Number(offer.perUnits) }),
    ...(has.perUnit && { quantityPerUnit: decimalOf(offer.quantityPerUnit) }),
    ...(has.section && offer.section && { section: offer.section }),
    ...(has.goods && offer.goodsName && { goodsName: offer.goodsName, goodsUnit: offer.goodsUnit }),
  };
}

/** What every contract offered before there were others: a loan of money that is returned by a schedule. */
export function isPlainLoan(offer: DraftOffer): boolean {
  return offer.instrument === 'loan' && offer.returns === 'money' && offer.by === 'schedule';
}
