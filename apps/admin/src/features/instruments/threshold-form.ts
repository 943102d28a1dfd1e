import { formatMilli, LIMITS, type InputCheck } from '#kernel';
import type { ContractThresholdFragment, ThresholdInput } from '~/generated/graphql';
import { i18next } from '~/app/i18n';
import { formatDecimal, parseDecimal } from '~/ui/format';
import { rowKey } from '~/ui/row-key';
import type { BarThreshold } from './threshold-bars';

/** How the unit of a material is written at most, as the server takes it. */
export const UNIT_CHARS_MAX = 20;
export const THRESHOLDS_MAX = 20;

/** Hours or material that must be pledged, as typed. */
export interface DraftThreshold {
  readonly key: string;
  readonly kind: 'hours' | 'material';
  readonly section: string;
  readonly name: string;
  readonly quantity: string;
  readonly unit: string;
}

export function emptyThreshold(kind: DraftThreshold['kind']): DraftThreshold {
  return { key: rowKey(), kind, section: '', name: '', quantity: '', unit: '' };
}

/** Those beside money, which has a field of its own. */
export function draftThresholds(thresholds: readonly ContractThresholdFragment[]): DraftThreshold[] {
  return thresholds.flatMap(({ kind, section, name, quantity, unit }) =>
    kind === 'money'
      ? []
      : [{ key: rowKey(), kind, section: section ?? '', name: name ?? '', quantity, unit }],
  );
}

export function checkThresholds(check: InputCheck, thresholds: readonly DraftThreshold[]): void {
  const t = i18next.getFixedT(null, 'instruments');
  for (const [index, each] of thresholds.entries()) {
    const path = `thresholds.${index}`;
    if (each.kind === 'hours') {
      check.text(`${path}.section`, each.section, {
        max: LIMITS.nameCharsMax,
        name: t('thresholds.sectionName'),
      });
    } else {
      check.text(`${path}.name`, each.name, { max: LIMITS.nameCharsMax, name: t('thresholds.nameName') });
      check.text(`${path}.unit`, each.unit, { max: UNIT_CHARS_MAX, name: t('thresholds.unitName') });
    }
    checkDecimal(check, `${path}.quantity`, each.quantity);
  }
}

/** Refuses all but a number above zero with at most three decimals. */
export function checkDecimal(check: InputCheck, field: string, text: string): void {
  if ((parseDecimal(text) ?? 0n) <= 0n)
    check.refuse(field, i18next.t('thresholds.decimalProblem', { ns: 'instruments' }));
}

/** The decimal as the API takes it. */
export function decimalOf(text: string): string {
  return formatMilli(parseDecimal(text) ?? 0n);
}

export function thresholdInputs(thresholds: readonly DraftThreshold[]): ThresholdInput[] {
  return thresholds.map(({ kind, section, name, unit, quantity }) => ({
    kind,
    quantity: decimalOf(quantity),
    ...(kind === 'hours' ? { section } : { name, unit }),
  }));
}

/** As the bar of a contract shows it, before anything is pledged; dots stand for what is missing. */
export function shownThreshold({ kind, section, name, unit, quantity }: DraftThreshold): BarThreshold {
  const decimal = decimalOf(quantity);
  const counted = kind === 'hours' ? 'h' : unit || '…';
  const what = kind === 'hours' ? section : name;
  return {
    kind,
    unit: counted,
    quantity: decimal,
    pledged: '0',
    received: '0',
    words: `${decimal === '0' ? '…' : formatDecimal(decimal)} ${counted} ${what || '…'}`,
  };
}
