import { isDay, type Day } from './clock.js';
import { DomainError, type Problem } from './domain-error.js';
import { isId, type Id } from './id.js';
import { isCurrency, type Currency, type Money } from './money.js';
import { parseMilli } from './quantity.js';

/** Numbers past this have no use here and overflow a PostgreSQL bigint when a few are added. */
const AMOUNT_MINOR_MAX = 10n ** 15n;

/**
 * Reads an input field by field and collects every problem, so that a person is told all of them at once.
 * A field that is refused yields a harmless stand-in; `checkInput` throws before anyone can use it.
 */
export class InputCheck {
  readonly problems: Problem[] = [];

  refuse(field: string, message: string): void {
    this.problems.push({ field, message });
  }

  /** Text without control characters, NFC, trimmed; between `min` (default 1) and `max` characters. */
  text(
    field: string,
    value: string | null | undefined,
    limit: { min?: number; max: number; name?: string },
  ): string {
    const name = limit.name ?? field;
    const text = (value ?? '').normalize('NFC').trim();
    const length = [...text].length;
    const min = limit.min ?? 1;
    if (length === 0 && min > 0) this.refuse(field, `Please give ${name}.`);
    else if (length < min) this.refuse(field, `${capital(name)} needs at least ${min} characters.`);
    else if (length > limit.max)
      this.refuse(field, `${capital(name)} is ${length} characters long; at most ${limit.max} are allowed.`);
    else if (/[\p{Cc}\p{Cs}]/u.test(text.replace(/[\n\t]/g, '')))
      this.refuse(field, `${capital(name)} holds characters that cannot be shown.`);
    return text;
  }

  optionalText(
    field: string,
    value: string | null | undefined,
    limit: { max: number; name?: string },
  ): string | null {
    const text = this.text(field, value, { ...limit, min: 0 });
    return text === '' ? null : text;
  }

  integer(
    field: string,
    value: number | null | undefined,
    limit: { min: number; max: number; name?: string },
  ): number {
    const name = limit.name ?? field;
    if (
      value === null ||
      value === undefined ||
      !Number.isInteger(value) ||
      value < limit.min ||
      value > limit.max
    ) {
      this.refuse(field, `${capital(name)} must be a whole number from ${limit.min} to ${limit.max}.`);
      return limit.min;
    }
    return value;
  }

  id<Kind extends string>(field: string, value: string | null | undefined, name = field): Id<Kind> {
    if (!isId(value)) {
      this.refuse(field, `${capital(name)} is not an id of this system.`);
      return '00000000-0000-7000-8000-000000000000' as Id<Kind>;
    }
    return value as string as Id<Kind>;
  }

  day(field: string, value: string | null | undefined, name = field): Day {
    if (!isDay(value)) {
      this.refuse(field, `${capital(name)} must be a day such as 2027-03-31.`);
      return '1970-01-01' as Day;
    }
    return value;
  }

  currency(field: string, value: string | null | undefined): Currency {
    if (!isCurrency(value)) {
      this.refuse(field, 'The currency must be three capital letters, such as EUR.');
      return 'XXX' as Currency;
    }
    return value;
  }

  /** An amount above zero (or from zero on, with `zero`), in minor units. */
  money(
    field: string,
    value: { amountMinor: bigint; currency: string } | null | undefined,
    options: { zero?: boolean; currency?: Currency; name?: string } = {},
  ): Money {
    const name = options.name ?? 'the amount';
    const currency = this.currency(`${field}.currency`, value?.currency);
    const amountMinor = value?.amountMinor ?? 0n;
    if (options.currency && currency !== options.currency)
      this.refuse(`${field}.currency`, `${capital(name)} must be in ${options.currency}.`);
    if (amountMinor < 0n || (amountMinor === 0n && !options.zero))
      this.refuse(field, `${capital(name)} must be above zero.`);
    if (amountMinor > AMOUNT_MINOR_MAX)
      this.refuse(field, `${capital(name)} is larger than this system can book.`);
    return { amountMinor, currency };
  }

  /** A decimal such as `0.5`, above zero, in thousandths. */
  milli(field: string, value: string | null | undefined, name = field): bigint {
    const milli = parseMilli(value ?? '');
    if (milli === null || milli === 0n) {
      this.refuse(
        field,
        `${capital(name)} must be a number above zero with at most three decimals, such as 0.5.`,
      );
      return 1000n;
    }
    return milli;
  }

  oneOf<Choice extends string>(
    field: string,
    value: string | null | undefined,
    choices: readonly Choice[],
  ): Choice {
    const choice = choices.find((each) => each === value);
    if (choice === undefined) this.refuse(field, `${capital(field)} must be one of ${choices.join(', ')}.`);
    return choice ?? (choices[0] as Choice);
  }

  /** A list of `min` to `max` items, each read with its path (`field.0`). */
  list<Item, Read>(
    field: string,
    values: readonly Item[] | null | undefined,
    limit: { min?: number; max: number; name?: string },
    read: (item: Item, path: string, index: number) => Read,
  ): Read[] {
    const name = limit.name ?? field;
    const items = values ?? [];
    const min = limit.min ?? 0;
    if (items.length < min) this.refuse(field, `${capital(name)}: at least ${min} needed.`);
    if (items.length > limit.max) {
      this.refuse(field, `${capital(name)}: ${items.length} given, at most ${limit.max} allowed.`);
      return [];
    }
    return items.map((item, index) => read(item, `${field}.${index}`, index));
  }
}

/**
 * Runs `read` over a fresh check.
 * @throws DomainError `BAD_INPUT` with every problem in `details.problems`
 */
export function checkInput<Read>(read: (check: InputCheck) => Read): Read {
  const check = new InputCheck();
  const result = read(check);
  if (check.problems.length > 0) throw DomainError.badInput(check.problems);
  return result;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
