import type { BuiltPerson } from './identity.builder.js';

const AMOUNTS = `pledged { amountMinor } received { amountMinor } awaited { amountMinor } repaid { amountMinor }
  forgiven { amountMinor } waived { amountMinor } owed { amountMinor }`;
export const SHEET = `query (
  $communityId: ID!, $side: SheetSide!, $filter: SheetFilterInput, $sort: SheetSort! = contract,
  $descending: Boolean! = false, $first: Int! = 100, $after: String
) {
  sheetRows(communityId: $communityId, side: $side, filter: $filter, sort: $sort, descending: $descending, first: $first, after: $after) {
    nodes {
      id contractRef supporter { name } fablab { name } instrument state ${AMOUNTS} receivedOn repaidOn dueOn
      due { amountMinor } isOverdue owedAccountId awaitedAccountId
      goods { item unit pledged received awaited returned } unitsOwed freeUnitsOwed isRepayable
    }
    pageInfo { hasNextPage endCursor }
  }
  sheetTotals(communityId: $communityId, side: $side, filter: $filter) {
    currency pledges ${AMOUNTS} books { awaited { amountMinor } owed { amountMinor } agrees }
  }
  sheetChoices(communityId: $communityId, side: $side) { supporters { name } contracts { ref } }
}`;

interface Amount {
  readonly amountMinor: string;
}
type Amounts = Readonly<
  Record<'pledged' | 'received' | 'awaited' | 'repaid' | 'forgiven' | 'waived' | 'owed', Amount>
>;

export interface ShownSheet {
  readonly sheetRows: {
    readonly nodes: (Amounts & {
      readonly id: string;
      readonly contractRef: string;
      readonly supporter: { readonly name: string };
      readonly instrument: string;
      readonly state: string;
      readonly goods: Readonly<Record<string, string>> | null;
      readonly unitsOwed: number;
      readonly dueOn: string | null;
      readonly due: Amount | null;
      readonly isOverdue: boolean;
      readonly owedAccountId: string | null;
      readonly receivedOn: string | null;
      readonly repaidOn: string | null;
    })[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
  readonly sheetTotals: (Amounts & {
    readonly currency: string;
    readonly pledges: number;
    readonly books: { readonly awaited: Amount; readonly owed: Amount; readonly agrees: boolean } | null;
  })[];
  readonly sheetChoices: {
    readonly supporters: { readonly name: string }[];
    readonly contracts: { readonly ref: string }[];
  };
}

export function readSheet(person: BuiltPerson, variables: Record<string, unknown>): Promise<ShownSheet> {
  return person.client.get<ShownSheet>(SHEET, variables);
}
