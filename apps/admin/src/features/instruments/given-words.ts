import { i18next } from '~/app/i18n';
import type { PledgeLineFragment } from '~/generated/graphql';
import { formatAmount, formatDecimal, formatMoment, formatNumber } from '~/ui/format';

/** `€100.00`, `40 h in Woodworking`, `2 m³ ash`: what a pledge gives. */
export function givenWords(pledge: PledgeLineFragment): string {
  if (pledge.contribution === 'money') return formatAmount(pledge.amount);
  return contributionWords(pledge.contribution, pledge);
}

/** The same for hours and goods that are not pledged yet. @param quantity a decimal */
export function contributionWords(
  kind: 'hours' | 'goods',
  {
    item,
    unit,
    quantity,
  }: {
    readonly item: string | null;
    readonly unit: string | null;
    readonly quantity: string | null;
  },
): string {
  const t = i18next.getFixedT(null, 'instruments');
  const amount = formatDecimal(quantity ?? '0');
  return kind === 'hours'
    ? t('given.hours', { quantity: amount, section: item })
    : t('given.goods', { quantity: amount, unit, name: item });
}

/** Hours and goods: when they were pledged, and what has come of them. */
export function pledgeSentence(pledge: PledgeLineFragment): string {
  const t = i18next.getFixedT(null, 'instruments');
  const words = { what: givenWords(pledge), when: formatMoment(pledge.pledgedAt) };
  const came = formatDecimal(pledge.receivedQuantity ?? '0');
  return pledge.contribution === 'hours'
    ? t('given.sentenceHours', { ...words, received: came })
    : t('given.sentence', { ...words, received: `${came} ${pledge.unit ?? ''}` });
}

/** What else was agreed with it: its value, a qualification, units that are promised. */
export function agreedWords(pledge: PledgeLineFragment, lineWords: (position: number) => string): string[] {
  const t = i18next.getFixedT(null, 'instruments');
  const words: string[] = [];
  if (pledge.qualification) words.push(t('given.qualification', { qualification: pledge.qualification }));
  if (pledge.value) words.push(t('given.value', { value: formatAmount(pledge.value) }));
  if (pledge.units > 0) {
    const units = formatNumber(pledge.units);
    const line = lineWords(pledge.line ?? 0);
    words.push(
      pledge.freeUnits > 0
        ? t('given.unitsFree', { units, line, free: formatNumber(pledge.freeUnits) })
        : t('given.units', { units, line }),
    );
  }
  return words;
}
