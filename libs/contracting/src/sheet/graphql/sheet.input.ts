import { ArgsType, Field, ID, InputType, registerEnumType } from '@nestjs/graphql';
import { PageArgs } from '#platform';
import type { Instrument } from '../../domain/instrument.js';
import { InstrumentEnum } from '../../graphql/offer.enum.js';
import {
  SHEET_DUES,
  SHEET_SIDES,
  SHEET_SORTS,
  SHEET_STATES,
  type SheetDue,
  type SheetSide,
  type SheetSort,
  type SheetState,
} from '../sheet.js';

function enumOf<Name extends string>(names: readonly Name[]): { [Each in Name]: Each } {
  return Object.fromEntries(names.map((name) => [name, name])) as { [Each in Name]: Each };
}

export const SheetSideEnum = enumOf(SHEET_SIDES);
registerEnumType(SheetSideEnum, {
  name: 'SheetSide',
  description: '“fablab”: what came to it and what it owes; “supporter”: what a community gave and is owed.',
});
export const SheetStateEnum = enumOf(SHEET_STATES);
registerEnumType(SheetStateEnum, {
  name: 'SheetState',
  description: 'A state of pledges; “standing” leaves out what was withdrawn or voided.',
});
export const SheetDueEnum = enumOf(SHEET_DUES);
registerEnumType(SheetDueEnum, {
  name: 'SheetDue',
  description:
    '“awaited”: pledged and not received; “owed”: something is owed for it, money or other; “overdue”: an instalment past its day.',
});
export const SheetSortEnum = enumOf(SHEET_SORTS);
registerEnumType(SheetSortEnum, { name: 'SheetSort' });

@InputType()
export class SheetFilterInput {
  @Field(() => String, { nullable: true })
  contractRef?: string | null;

  @Field(() => ID, { nullable: true })
  supporterId?: string | null;

  @Field(() => SheetStateEnum, { nullable: true, description: '“standing” where none is given.' })
  state?: SheetState | null;

  @Field(() => SheetDueEnum, { nullable: true })
  due?: SheetDue | null;

  @Field(() => InstrumentEnum, { nullable: true })
  instrument?: Instrument | null;
}

@ArgsType()
export class SheetArgs {
  @Field(() => ID)
  communityId: string;

  @Field(() => SheetSideEnum)
  side: SheetSide;

  @Field(() => SheetFilterInput, { nullable: true })
  filter?: SheetFilterInput | null;
}

@ArgsType()
export class SheetRowsArgs extends PageArgs {
  @Field(() => ID)
  communityId: string;

  @Field(() => SheetSideEnum)
  side: SheetSide;

  @Field(() => SheetFilterInput, { nullable: true })
  filter?: SheetFilterInput | null;

  @Field(() => SheetSortEnum, { defaultValue: 'contract' })
  sort: SheetSort;

  @Field(() => Boolean, { defaultValue: false })
  descending: boolean;
}
