import { checkInput } from '#kernel';
import { INSTRUMENTS } from '../domain/instrument.js';
import {
  SHEET_DUES,
  SHEET_SIDES,
  SHEET_SORTS,
  SHEET_STATES,
  type SheetFilter,
  type SheetOrder,
  type SheetSide,
} from './sheet.js';

/** As GraphQL and the address of a CSV file give it. */
export interface SheetFilterGiven {
  readonly contractRef?: string | null | undefined;
  readonly supporterId?: string | null | undefined;
  readonly state?: string | null | undefined;
  readonly due?: string | null | undefined;
  readonly instrument?: string | null | undefined;
}

/** @throws DomainError `BAD_INPUT` */
export function readSheetFilter(given: SheetFilterGiven): SheetFilter {
  return checkInput((check) => ({
    contractRef: check.optionalText('contractRef', given.contractRef, { max: 30, name: 'the contract' }),
    supporterId: given.supporterId
      ? check.id<'community'>('supporterId', given.supporterId, 'the supporter')
      : null,
    state: given.state ? check.oneOf('state', given.state, SHEET_STATES) : 'standing',
    due: given.due ? check.oneOf('due', given.due, SHEET_DUES) : null,
    instrument: given.instrument ? check.oneOf('instrument', given.instrument, INSTRUMENTS) : null,
  }));
}

/** What stands behind the `?` of a CSV file. @throws DomainError `BAD_INPUT` */
export function readSheetQuery(query: Readonly<Record<string, string | undefined>>): {
  readonly side: SheetSide;
  readonly filter: SheetFilter;
  readonly order: SheetOrder;
} {
  return {
    ...checkInput((check) => ({
      side: check.oneOf('side', query['side'] ?? 'fablab', SHEET_SIDES),
      order: {
        sort: check.oneOf('sort', query['sort'] ?? 'contract', SHEET_SORTS),
        descending: query['descending'] === 'true',
      },
    })),
    filter: readSheetFilter({
      contractRef: query['contract'],
      supporterId: query['supporter'],
      state: query['state'],
      due: query['due'],
      // As the page's address has it: GraphQL names have no hyphens.
      instrument: query['instrument']?.replaceAll('_', '-'),
    }),
  };
}
