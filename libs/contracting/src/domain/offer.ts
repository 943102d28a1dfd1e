import type { Problem } from '#kernel';
import { INSTRUMENT_RULES, type Instrument, type ReturnKind } from './instrument.js';
import type { RepaymentTerms } from './schedule.js';

/** What is returned for a pledge. It holds no large numbers but as strings, so JSON keeps it as it is. */
export interface OfferReturn {
  readonly kind: ReturnKind;
  /** Of money: equal instalments; without them, and without a share, `defaultRepayment` stands for it. */
  readonly repayment?: RepaymentTerms;
  /** Of money, in the place of instalments: so much of the contract's premium sales, for all such pledges together. */
  readonly premiumShareBasisPoints?: number;
  /** Of units: the deliverable's position, from 1. Of nothing: the line that it is given for; all lines without it. */
  readonly line?: number;
  /** Of units, for a premium purchase: so many free units for others with every `perUnits` units. */
  readonly freeUnits?: number;
  readonly perUnits?: number;
  /** Of units, for hours and goods: thousandths of the unit of the contribution that bring one unit. */
  readonly milliPerUnit?: string;
}

/** One way in which supporters can pledge. */
export interface Offer {
  readonly instrument: Instrument;
  /** The same in words, for everybody to read. */
  readonly words: string;
  readonly returns: OfferReturn;
  /** Hours are wanted in this section, goods of this name and unit; anything else where nothing is said. */
  readonly section?: string;
  readonly goods?: { readonly name: string; readonly unit: string };
}

/** A deliverable, as far as an offer asks for it. */
export interface OfferedLine {
  readonly tier: string;
  readonly unitPriceMinor: bigint;
}

/** Terms from before there were offers are one offer: a loan of money. */
export function offersOf(terms: {
  readonly repaymentTerms: string;
  readonly repayment?: RepaymentTerms;
  readonly offers?: readonly Offer[];
}): readonly Offer[] {
  if (terms.offers) return terms.offers;
  const { repaymentTerms: words, repayment } = terms;
  return [{ instrument: 'loan', words, returns: { kind: 'money', ...(repayment && { repayment }) } }];
}

/** What is wrong with an offer beyond its form. */
export function offerProblems(offer: Offer, path: string, deliverables: readonly OfferedLine[]): Problem[] {
  const problems: Problem[] = [];
  const refuse = (field: string, message: string): void => {
    problems.push({ field: `${path}.${field}`, message });
  };
  const rule = INSTRUMENT_RULES[offer.instrument];
  const { kind, line } = offer.returns;
  if (!rule.returns.includes(kind)) {
    refuse('returns', `For ${rule.words} can be returned: ${rule.returns.join(' or ')}.`);
    return problems;
  }
  const deliverable = line === undefined ? undefined : deliverables[line - 1];
  if (line !== undefined && !deliverable) refuse('line', 'There is no such line among the deliverables.');
  if (kind === 'units') {
    if (line === undefined) refuse('line', 'Please say which deliverable is returned in units.');
    unitProblems(offer, deliverable, refuse);
  }
  return problems;
}

function unitProblems(
  { instrument, returns, section, goods }: Offer,
  line: OfferedLine | undefined,
  refuse: (field: string, message: string) => void,
): void {
  const { contributions } = INSTRUMENT_RULES[instrument];
  if (contributions.includes('money')) {
    if (line?.unitPriceMinor === 0n)
      refuse('line', 'A unit without a price cannot be given for money. Please choose another line.');
    if (instrument === 'premium' && line && line.tier !== 'premium')
      refuse('line', 'A premium purchase buys units of a premium line.');
    if (instrument === 'premium' && !returns.freeUnits)
      refuse('freeUnits', 'Please say how many free units for others come with a premium purchase.');
    return;
  }
  if (!returns.milliPerUnit) refuse('quantityPerUnit', 'Please say how much of it brings one unit.');
  if (instrument === 'labour' && !section)
    refuse('section', 'Please name the section in which these hours are worked.');
  if (instrument === 'material' && !goods) refuse('goodsName', 'Please name the material and its unit.');
}

/** Free units for others that come with so many units; rounded down, and none without an agreement. */
export function freeUnitsFor(units: number, { freeUnits = 0, perUnits = 1 }: OfferReturn): number {
  return Math.floor((units * freeUnits) / perUnits);
}
