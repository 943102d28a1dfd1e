import { formatMilli, type Day } from '#kernel';
import { interestDueMinor, owedMinor, type Obligation } from './obligation.js';
import { openParts, type OpenPart } from './returns/index.js';
import { amountWords, listWords } from './words.js';

/** The product of a line, by its position. */
export type ProductOf = (line: number) => string;

/**
 * What has to happen before nothing is owed to a supporter any more: amounts first, and added together over its
 * pledges. A loan that is returned in units can go back in money as well, so either will do for it.
 */
export function openWords(own: readonly Obligation[], today: Day, productOf: ProductOf): string {
  const [first] = own;
  if (!first) return '';
  const { currency } = first;
  let moneyMinor = 0n;
  const either: string[] = [];
  const parts: OpenPart[] = [];
  for (const obligation of own) {
    const open = openParts(obligation);
    const isEither = obligation.instrument === 'loan' && open.some(({ kind }) => kind === 'units');
    if (isEither) {
      const money = amountWords(owedMinor(obligation), currency);
      either.push(
        `${money} more is repaid or ${listWords(open.map((part) => partWords(part, currency, productOf)))}`,
      );
      continue;
    }
    for (const part of open) {
      if (part.kind === 'money') moneyMinor += part.amountMinor + interestDueMinor(obligation, today);
      else parts.push(part);
    }
  }
  const money = moneyMinor > 0n ? [`${amountWords(moneyMinor, currency)} more is repaid`] : [];
  const others = together(parts).map((part) => partWords(part, currency, productOf));
  return listWords([...money, ...either, ...others]);
}

/** Units of one line, and free units, of several pledges are one number. */
function together(parts: readonly OpenPart[]): OpenPart[] {
  const byKey = new Map<string, OpenPart>();
  for (const part of parts) {
    const key = keyOf(part);
    const before = byKey.get(key);
    if (before?.kind === 'units' && part.kind === 'units')
      byKey.set(key, { ...part, units: before.units + part.units });
    else if (before?.kind === 'freeUnits' && part.kind === 'freeUnits')
      byKey.set(key, { ...part, units: before.units + part.units });
    else if (before?.kind === 'tool' && part.kind === 'tool')
      byKey.set(key, { ...part, milli: before.milli + part.milli });
    else byKey.set(key, part);
  }
  return [...byKey.values()];
}

function keyOf(part: OpenPart): string {
  switch (part.kind) {
    case 'units':
    case 'deliverables':
      return `${part.kind} ${part.line ?? ''}`;
    case 'tool':
      return `${part.kind} ${part.name} ${part.unit}`;
    case 'money':
    case 'freeUnits':
      return part.kind;
  }
}

function partWords(part: OpenPart, currency: Obligation['currency'], productOf: ProductOf): string {
  switch (part.kind) {
    case 'money':
      return `${amountWords(part.amountMinor, currency)} more is repaid`;
    case 'units':
      return `${counted(part.units, 'unit')} of ${productOf(part.line)} ${part.units === 1 ? 'is' : 'are'} accepted`;
    case 'freeUnits':
      return `${counted(part.units, 'free unit')} for others ${part.units === 1 ? 'is' : 'are'} accepted`;
    case 'tool':
      return `${formatMilli(part.milli)} ${part.unit} ${part.name} is returned`;
    case 'deliverables':
      return part.line === null
        ? 'all deliverables are accepted'
        : `all units of ${productOf(part.line)} are accepted`;
  }
}

/** `3 more units` */
function counted(number: number, one: string): string {
  return `${number} more ${number === 1 ? one : `${one}s`}`;
}
