import type { DocumentThreshold, MovementKind, ReleaseStatus } from '#contracting';
import { currencyExponent, type Currency, type Money } from '#kernel';

const DAY_FORMAT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** `3,000.00 EUR` for reading: grouped, the code behind a space that does not break. */
export function moneyWords({ amountMinor, currency }: Money): string {
  const exponent = currencyExponent(currency);
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent).replace(/\B(?=(?:\d{3})+$)/g, ',');
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`;
  return `${amountMinor < 0n ? '−' : ''}${whole}${fraction}\u00a0${currency}`;
}

/** Money as documents hold it, a decimal string of minor units, for reading. */
export function minorWords(amountMinor: string, currency: string): string {
  return moneyWords({ amountMinor: BigInt(amountMinor), currency: currency as Currency });
}

/** `3,000.00 EUR and 60 h woodworking`; empty where nothing must be pledged. */
export function thresholdsWords(thresholds: readonly DocumentThreshold[]): string {
  const words = thresholds
    .filter((each) => each.kind !== 'money' || each.amountMinor !== '0')
    .map((each) => {
      if (each.kind === 'money') return minorWords(each.amountMinor, each.currency);
      return each.kind === 'hours'
        ? `${each.hours} h ${each.section}`
        : `${each.quantity} ${each.unit} ${each.name}`;
    });
  return [words.slice(0, -1).join(', '), words.at(-1) ?? ''].filter((part) => part !== '').join(' and ');
}

/** `31 March 2027` for a day (`2027-03-31`) or an instant. */
export function dayWords(day: string | Date): string {
  return DAY_FORMAT.format(typeof day === 'string' ? new Date(`${day.slice(0, 10)}T00:00:00.000Z`) : day);
}

/** `31 March 2027, 08:05 UTC`. */
export function instantWords(instant: Date): string {
  return `${dayWords(instant)}, ${instant.toISOString().slice(11, 16)} UTC`;
}

/** `1 pledge`, `2 pledges`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/**
 * How much of the whole is there, in whole percent, rounded down: 100 is said only when nothing is missing.
 * More than the whole stays more (`120`). A whole of zero is always there.
 */
export function percent(part: bigint, whole: bigint): number {
  return whole <= 0n ? 100 : Number((part * 100n) / whole);
}

/** States that the public can meet, in the order in which they are offered as filters. A draft is not one of them. */
export const PUBLIC_STATES = ['open', 'active', 'completed', 'withdrawn', 'lapsed', 'terminated'] as const;
export type PublicState = (typeof PUBLIC_STATES)[number];

export function isPublicState(text: string): text is PublicState {
  return (PUBLIC_STATES as readonly string[]).includes(text);
}

/** One sentence for each state, for a reader who meets the words for the first time. */
export const STATE_SENTENCES: Readonly<Record<PublicState, string>> = {
  open: 'Published; the parties accept it and supporters pledge until the deadline.',
  active: 'Every threshold is met and every party has accepted: pledges bind, and the work is under way.',
  completed: 'Everything that was owed has been given; the scrutiny of the supporters has ended.',
  withdrawn: 'Taken back before it became active; nothing is owed.',
  lapsed:
    'The deadline passed before every threshold was met and every party had accepted; every pledge is void and every payment goes back.',
  terminated: 'Ended by agreement or by a dispute, with a settlement for what was still owed.',
};

const INSTRUMENTS: Readonly<Record<string, string>> = {
  loan: 'loan',
  'pre-purchase': 'pre-purchase',
  prepurchase: 'pre-purchase',
  premium: 'premium purchase',
  gift: 'gift',
  labour: 'labour',
  material: 'material',
  'tool-loan': 'tool loan',
};

export function instrumentWords(instrument: string): string {
  return INSTRUMENTS[instrument] ?? instrument;
}

/** `a loan`; labour and material are not counted. */
export function anInstrument(instrument: string): string {
  return instrument === 'labour' || instrument === 'material'
    ? instrumentWords(instrument)
    : `a ${instrumentWords(instrument)}`;
}

const PLEDGE_STATES: Readonly<Record<string, string>> = {
  pledged: 'pledged',
  withdrawn: 'withdrawn',
  voided: 'void',
  active: 'binding',
  fulfilled: 'fulfilled',
};

export function pledgeStateWords(state: string): string {
  return PLEDGE_STATES[state] ?? state;
}

const MOVEMENTS: Readonly<Record<MovementKind, string>> = {
  received: 'received',
  repaid: 'repaid',
  interest: 'interest paid',
  delivered: 'settled by units that were delivered and accepted',
  forgiven: 'forgiven by the supporter',
  waived: 'waived: pledged, and wanted no more',
};

export function movementWords(kind: MovementKind): string {
  return MOVEMENTS[kind];
}

const RELEASE_STATUSES: Readonly<Record<ReleaseStatus, string>> = {
  in_force: 'in force',
  replaced: 'replaced by a later release',
  proposed: 'proposed, not in force',
  declined: 'declined',
  closed: 'not decided when the contract ended',
};

export function releaseStatusWords(status: ReleaseStatus): string {
  return RELEASE_STATUSES[status];
}

/** Cut at a word, with an ellipsis; whole when it is short enough. */
export function shortened(text: string, charsMax: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  if (letters.length <= charsMax) return line;
  const cut = letters.slice(0, charsMax).join('');
  return `${cut.slice(0, cut.lastIndexOf(' ') > charsMax / 2 ? cut.lastIndexOf(' ') : cut.length)}…`;
}
