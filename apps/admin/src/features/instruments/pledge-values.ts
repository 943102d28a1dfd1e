import { formatMilli, LIMITS, type InputCheck } from '#kernel';
import type {
  ContractDetailsFragment,
  ContractOfferFragment,
  ContributionKind,
  MakePledgeInput,
} from '~/generated/graphql';
import { i18next } from '~/app/i18n';
import { parseAmount, parseDecimal } from '~/ui/format';
import { INSTRUMENT_RULES } from './rules';
import { checkDecimal, decimalOf, UNIT_CHARS_MAX } from './threshold-form';

/** What the form of a pledge holds; the names are the server's, so that its sentences find their field. */
export interface PledgeValues {
  readonly communityId: string;
  /** The position of the chosen offer. */
  readonly offer: string;
  readonly gives: ContributionKind;
  readonly amount: string;
  /** In the place of the amount, where whole units are bought. */
  readonly units: number | string;
  readonly hours: {
    readonly section: string;
    readonly hours: string;
    readonly qualification: string;
    readonly value: string;
  };
  readonly goods: {
    readonly name: string;
    readonly quantity: string;
    readonly unit: string;
    readonly value: string;
  };
}

type Contract = Pick<ContractDetailsFragment, 'currency' | 'deliverables' | 'offers' | 'thresholds'>;

/** Those that this community can take: units are made for one community each. */
export function offersFor(contract: Contract, communityId: string): readonly ContractOfferFragment[] {
  return contract.offers.filter(({ returns, line }) => {
    if (returns !== 'units') return true;
    return contract.deliverables.find(({ position }) => position === line)?.receiver.id === communityId;
  });
}

/** The values that begin with an offer: what it fixes stands in the fields already. */
export function valuesFor(
  contract: Contract,
  communityId: string,
  offer: ContractOfferFragment | undefined,
  kind?: ContributionKind,
): PledgeValues {
  const sections = contract.thresholds.flatMap(({ section }) => (section ? [section] : []));
  const materials = contract.thresholds.filter((each) => each.kind === 'material');
  const [material] = offer?.instrument === 'tool_loan' ? [] : materials;
  return {
    communityId,
    offer: `${offer?.position ?? ''}`,
    gives: kind ?? (offer ? (INSTRUMENT_RULES[offer.instrument].gives[0] ?? 'money') : 'money'),
    amount: '',
    units: '',
    hours: { section: offer?.section ?? sections[0] ?? '', hours: '', qualification: '', value: '' },
    goods: {
      name: offer?.goodsName ?? material?.name ?? '',
      quantity: offer?.instrument === 'tool_loan' ? '1' : '',
      unit: offer?.goodsUnit ?? material?.unit ?? (offer?.instrument === 'tool_loan' ? 'piece' : ''),
      value: '',
    },
  };
}

/** Money is pledged by the number of units where there is no change. */
export function buysUnits(offer: ContractOfferFragment | undefined): boolean {
  return offer !== undefined && INSTRUMENT_RULES[offer.instrument].wholeUnits;
}

/** Minor units; null for what is no amount above zero. */
export function amountOf(
  contract: Contract,
  offer: ContractOfferFragment | undefined,
  values: PledgeValues,
): bigint | null {
  if (!buysUnits(offer)) {
    const amount = parseAmount(values.amount, contract.currency);
    return amount !== null && amount > 0n ? amount : null;
  }
  const line = contract.deliverables.find(({ position }) => position === offer?.line);
  const { units } = values;
  if (!line || typeof units !== 'number' || units < 1) return null;
  return BigInt(units) * BigInt(line.unitPrice.amountMinor);
}

/** How much of hours or goods, as a decimal; null for what is no number above zero. */
export function quantityOf(values: PledgeValues): string | null {
  const milli = parseDecimal(values.gives === 'hours' ? values.hours.hours : values.goods.quantity);
  return milli !== null && milli > 0n ? formatMilli(milli) : null;
}

export function checkPledge(
  check: InputCheck,
  values: PledgeValues,
  contract: Contract,
  offer: ContractOfferFragment | undefined,
): void {
  const t = i18next.getFixedT(null, ['instruments', 'contracting']);
  const { currency } = contract;
  if (values.gives === 'money') {
    if (buysUnits(offer))
      check.integer('units', typeof values.units === 'number' ? values.units : null, {
        min: 1,
        max: LIMITS.quantityMax,
        name: t('pledge.unitsName'),
      });
    else if (amountOf(contract, offer, values) === null)
      check.refuse('amount', t('contracting:amountProblem', { currency }));
    return;
  }
  const name = { max: LIMITS.nameCharsMax };
  const { hours, goods } = values;
  if (values.gives === 'hours') {
    check.text('hours.section', hours.section, { ...name, name: t('thresholds.sectionName') });
    checkDecimal(check, 'hours.hours', hours.hours);
  } else {
    check.text('goods.name', goods.name, { ...name, name: t('thresholds.nameName') });
    check.text('goods.unit', goods.unit, { max: UNIT_CHARS_MAX, name: t('thresholds.unitName') });
    checkDecimal(check, 'goods.quantity', goods.quantity);
  }
  const value = values[values.gives].value.trim();
  if (value !== '' && (parseAmount(value, currency) ?? 0n) <= 0n)
    check.refuse(`${values.gives}.value`, t('pledge.valueProblem', { currency }));
}

/** The checked pledge as the API takes it. */
export function pledgeInput(
  contract: Contract,
  offer: ContractOfferFragment,
  values: PledgeValues,
): Pick<MakePledgeInput, 'communityId' | 'instrument' | 'offer' | 'amount' | 'hours' | 'goods'> {
  const { communityId, hours, goods } = values;
  const { currency } = contract;
  const base = { communityId, instrument: offer.instrument, offer: offer.position };
  const worth = (text: string) =>
    text.trim() !== '' && { value: { amountMinor: `${parseAmount(text, currency) ?? 0n}`, currency } };
  switch (values.gives) {
    case 'money':
      return { ...base, amount: { amountMinor: `${amountOf(contract, offer, values) ?? 0n}`, currency } };
    case 'hours':
      return {
        ...base,
        hours: {
          section: hours.section,
          hours: decimalOf(hours.hours),
          ...(hours.qualification && { qualification: hours.qualification }),
          ...worth(hours.value),
        },
      };
    case 'goods':
      return {
        ...base,
        goods: {
          name: goods.name,
          unit: goods.unit,
          quantity: decimalOf(goods.quantity),
          ...worth(goods.value),
        },
      };
  }
}
