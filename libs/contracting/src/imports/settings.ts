import { checkInput, isCurrency, type Currency, type Id } from '#kernel';
import { DATE_ORDERS, proposeDateOrder, type DateOrder } from './cells.js';
import { IMPORT_FIELDS, proposeMapping, type ImportField, type Mapping } from './columns.js';
import type { ImportTable } from './csv-table.js';

/** How a table is to be read: what its heads do not say, a person does. */
export interface ImportSettings {
  readonly mapping: Mapping;
  readonly dateOrder: DateOrder | null;
  /** Where the rows name none. */
  readonly currency: Currency;
  /** For all rows, where no column says it. */
  readonly contractRef: string | null;
  /** Which community is meant by a name that is none's. */
  readonly supporters: ReadonlyMap<string, Id<'community'>>;
  /** Rows that a person wants left out, such as a line of sums. */
  readonly leftOut: ReadonlySet<number>;
}

export interface SettingsGiven {
  readonly columns?: readonly { readonly field: string; readonly column: number }[] | null;
  readonly dateOrder?: string | null;
  readonly currency?: string | null;
  readonly contractRef?: string | null;
  readonly supporters?: readonly { readonly name: string; readonly communityId: string }[] | null;
  readonly leftOut?: readonly number[] | null;
}

const CURRENCY_DEFAULT = 'EUR' as Currency;

/** What is not given is proposed from the table itself. @throws DomainError `BAD_INPUT` */
export function readSettings(
  given: SettingsGiven,
  table: ImportTable,
  currencies: readonly Currency[],
): ImportSettings {
  const mapping = given.columns ? readMapping(given.columns, table) : proposeMapping(table.header);
  return checkInput((check) => ({
    mapping,
    dateOrder: given.dateOrder
      ? check.oneOf('dateOrder', given.dateOrder, DATE_ORDERS)
      : proposeDateOrder(datesOf(table, mapping)),
    currency: given.currency
      ? check.currency('currency', given.currency)
      : proposeCurrency(table, currencies),
    contractRef: check.optionalText('contractRef', given.contractRef, { max: 30, name: 'the contract' }),
    supporters: new Map(
      check.list('supporters', given.supporters, { max: 500 }, ({ name, communityId }, path) => [
        nameKey(name),
        check.id<'community'>(`${path}.communityId`, communityId, 'the community'),
      ]),
    ),
    leftOut: new Set(check.list('leftOut', given.leftOut, { max: 5_000 }, (row) => row)),
  }));
}

function readMapping(columns: NonNullable<SettingsGiven['columns']>, table: ImportTable): Mapping {
  return checkInput((check) => {
    const mapping: Partial<Record<ImportField, number>> = {};
    for (const [index, { field, column }] of columns.entries()) {
      const known = check.oneOf(`columns.${index}.field`, field, IMPORT_FIELDS);
      mapping[known] = check.integer(`columns.${index}.column`, column, {
        min: 0,
        max: table.header.length - 1,
        name: 'the column',
      });
    }
    return mapping;
  });
}

function datesOf({ rows }: ImportTable, { receivedOn, repaidOn }: Mapping): string[] {
  const columns = [receivedOn, repaidOn].filter((each) => each !== undefined);
  return rows.flatMap(({ cells }) => columns.map((column) => cells[column] ?? ''));
}

/** A currency in a head, such as `Pledged (CHF)`, else that of the fablab's contracts. */
function proposeCurrency({ header }: ImportTable, currencies: readonly Currency[]): Currency {
  const named = header
    .map((head) => /\b[A-Z]{3}\b/.exec(head)?.[0])
    .find((code) => isKnown(code, currencies));
  return isCurrency(named) ? named : (currencies[0] ?? CURRENCY_DEFAULT);
}

function isKnown(code: string | undefined, currencies: readonly Currency[]): boolean {
  return isCurrency(code) && currencies.includes(code);
}

/** Names are the same without regard to capitals, accents, punctuation and spaces. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
