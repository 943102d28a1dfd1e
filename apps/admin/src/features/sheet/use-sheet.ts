import { useQuery } from '@apollo/client/react';
import { useSearchParams } from 'react-router';
import type { Instrument, SheetDue, SheetSide, SheetSort, SheetState } from '~/generated/graphql';
import { SHEET_CHOICES, SHEET_ROWS, SHEET_TOTALS } from './operations';

export const STATES = ['standing', 'pledged', 'active', 'fulfilled', 'withdrawn', 'voided', 'all'] as const;
export const DUES = ['awaited', 'owed', 'overdue'] as const;
export const INSTRUMENTS = [
  'loan',
  'pre_purchase',
  'premium',
  'gift',
  'labour',
  'material',
  'tool_loan',
] as const;
const SORTS = ['contract', 'supporter', 'pledged', 'received', 'owed', 'due'] as const;

const PAGE_ROWS = 50;
const PAGE_ROWS_MAX = 100;

export interface SheetChoice {
  readonly contract: string | null;
  readonly supporter: string | null;
  readonly state: SheetState;
  readonly due: SheetDue | null;
  readonly instrument: Instrument | null;
  readonly sort: SheetSort;
  readonly descending: boolean;
}

/** What is filtered and how it is sorted stands in the address: it can be sent to a colleague, and “back” undoes it. */
export function useSheetChoice() {
  const [search, setSearch] = useSearchParams();
  const choice: SheetChoice = {
    contract: search.get('contract'),
    supporter: search.get('supporter'),
    state: STATES.find((each) => each === search.get('state')) ?? 'standing',
    due: DUES.find((each) => each === search.get('due')) ?? null,
    instrument: INSTRUMENTS.find((each) => each === search.get('instrument')) ?? null,
    sort: SORTS.find((each) => each === search.get('sort')) ?? 'contract',
    descending: search.get('descending') === 'true',
  };
  const choose = (values: Readonly<Record<string, string | null>>): void =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(values)) {
          if (value === null || value === '') next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  return { choice, choose, search };
}

/** The page's three questions: which rows, what they sum to, and what can be chosen. */
export function useSheet(communityId: string, side: SheetSide, choice: SheetChoice) {
  const of = { communityId, side };
  const filter = {
    contractRef: choice.contract,
    supporterId: choice.supporter,
    state: choice.state,
    due: choice.due,
    instrument: choice.instrument,
  };
  const { sort, descending } = choice;
  const rows = useQuery(SHEET_ROWS, { variables: { ...of, filter, sort, descending, first: PAGE_ROWS } });
  const totals = useQuery(SHEET_TOTALS, { variables: { ...of, filter } });
  const choices = useQuery(SHEET_CHOICES, { variables: of });
  /** After something was recorded: as many rows as are shown already. */
  const refresh = (): void => {
    const shown = rows.data?.sheetRows.nodes.length ?? 0;
    void rows.refetch({ first: Math.min(PAGE_ROWS_MAX, Math.max(PAGE_ROWS, shown)) });
    void totals.refetch();
  };
  return { rows, totals, choices, refresh };
}
