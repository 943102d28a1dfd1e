import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { CommunityModel } from '#identity';
import { MoneyModel, Policy, connectionOf } from '#platform';
import type { DateOrder } from '../cells.js';
import type { ImportField } from '../columns.js';
import type { ImportState } from '../import.js';
import type { DeedKind, PlannedRow } from '../plan.js';
import {
  DateOrderEnum,
  ImportDeedKindEnum,
  ImportFieldEnum,
  ImportRowStateEnum,
  ImportStateEnum,
} from './import.enum.js';

@ObjectType('Import', { description: 'A table that a fablab’s treasurer brought.' })
@Policy('signedIn')
export class ImportModel {
  @Field(() => ID)
  id: Id<'import'>;

  @Field(() => String)
  fileName: string;

  @Field(() => ImportStateEnum)
  state: ImportState;

  @Field(() => Date)
  uploadedAt: Date;

  @Field(() => Date, { nullable: true })
  appliedAt: Date | null;

  @Field(() => Date, { nullable: true })
  undoneAt: Date | null;

  @Field(() => String, { nullable: true })
  undoReason: string | null;

  /** Not in the schema. */
  fablabId: Id<'community'>;
  uploadedBy: Id<'person'>;
}

@ObjectType('ImportColumn')
@Policy('signedIn')
export class ImportColumnModel {
  @Field(() => Int, { description: 'From 0 on.' })
  column: number;

  @Field(() => String)
  head: string;

  @Field(() => [String], { description: 'What stands first in it.' })
  samples: string[];

  @Field(() => ImportFieldEnum, { nullable: true, description: 'What it is read as.' })
  field: ImportField | null;
}

@ObjectType('ImportProblem', { description: 'What is wrong with a cell, and what would be right.' })
@Policy('signedIn')
export class ImportProblemModel {
  @Field(() => ImportFieldEnum)
  column: ImportField;

  @Field(() => String)
  message: string;

  @Field(() => String)
  remedy: string;
}

@ObjectType('ImportPlannedDeed')
@Policy('signedIn')
export class ImportPlannedDeedModel {
  @Field(() => ImportDeedKindEnum)
  kind: DeedKind;

  @Field(() => Boolean, { description: 'It stands in the books already, and is not done again.' })
  exists: boolean;

  @Field(() => String)
  contractRef: string;

  @Field(() => MoneyModel)
  amount: MoneyModel;

  @Field(() => String, { nullable: true })
  valueDate: string | null;
}

@ObjectType('ImportPlannedRow')
@Policy('signedIn')
export class ImportPlannedRowModel {
  @Field(() => Int, { description: 'As a spreadsheet numbers it.' })
  row: number;

  @Field(() => ImportRowStateEnum)
  state: PlannedRow['state'];

  @Field(() => String)
  supporter: string;

  @Field(() => String)
  contract: string;

  @Field(() => [ImportProblemModel])
  problems: ImportProblemModel[];

  @Field(() => [ImportPlannedDeedModel])
  deeds: ImportPlannedDeedModel[];
}

export const ImportPlannedRowConnection = connectionOf(ImportPlannedRowModel, 'ImportPlannedRow');

@ObjectType('ImportSum')
@Policy('signedIn')
export class ImportSumModel {
  @Field(() => ImportDeedKindEnum)
  kind: DeedKind;

  @Field(() => Int)
  count: number;

  @Field(() => MoneyModel)
  amount: MoneyModel;
}

@ObjectType('ImportCounts')
@Policy('signedIn')
export class ImportCountsModel {
  @Field(() => Int)
  rows: number;

  @Field(() => Int)
  ready: number;

  @Field(() => Int)
  exists: number;

  @Field(() => Int)
  problem: number;

  @Field(() => Int)
  leftOut: number;
}

@ObjectType('ImportPreview', { description: 'What a table would do. Nothing of it is done.' })
@Policy('signedIn')
export class ImportPreviewModel {
  @Field(() => [ImportColumnModel])
  columns: ImportColumnModel[];

  @Field(() => DateOrderEnum, { nullable: true })
  dateOrder: DateOrder | null;

  @Field(() => Boolean, { description: 'Please say which number of a date comes first.' })
  asksDateOrder: boolean;

  @Field(() => String)
  currency: string;

  @Field(() => String, { nullable: true })
  contractRef: string | null;

  @Field(() => [String], { description: 'Please say which communities are meant.' })
  unknownSupporters: string[];

  @Field(() => [CommunityModel], { description: 'Those that can be meant.' })
  supporters: CommunityModel[];

  @Field(() => ImportCountsModel)
  counts: ImportCountsModel;

  @Field(() => [ImportSumModel], { description: 'What would be done, by kind and currency.' })
  sums: ImportSumModel[];

  @Field(() => String, { description: 'Of all that would be done; `applyImport` takes it.' })
  hash: string;

  /** Not in the schema: `rows` pages through them. */
  planned: readonly PlannedRow[];
}

@ObjectType('ImportMade', { description: 'What a row of an applied table made.' })
@Policy('signedIn')
export class ImportMadeModel {
  @Field(() => Int)
  row: number;

  @Field(() => ImportDeedKindEnum)
  kind: DeedKind;

  @Field(() => String)
  contractRef: string;

  @Field(() => ID, { description: 'Of the proposed pledge, the payment or the repayment.' })
  madeId: string;
}

@ObjectType('PledgeProposal', {
  description:
    'What a fablab says that a supporter pledged. It counts for nothing until the supporter confirms it.',
})
@Policy('public')
export class PledgeProposalModel {
  @Field(() => ID)
  id: Id<'pledgeProposal'>;

  @Field(() => MoneyModel)
  amount: MoneyModel;

  @Field(() => Date)
  proposedAt: Date;

  @Field(() => Boolean, { description: 'You may confirm or decline it.' })
  viewerCanAnswer: boolean;

  /** Not in the schema. */
  communityId: Id<'community'>;
}
