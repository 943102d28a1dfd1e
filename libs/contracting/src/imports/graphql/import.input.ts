import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { DateOrder } from '../cells.js';
import type { ImportField } from '../columns.js';
import { DateOrderEnum, ImportFieldEnum } from './import.enum.js';

@InputType()
export class UploadImportInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  fablabId: string;

  @Field(() => String)
  fileName: string;

  @Field(() => String, { description: 'The bytes of the CSV file, at most 700,000, as base64.' })
  contentBase64: string;
}

@InputType()
export class ImportColumnInput {
  @Field(() => ImportFieldEnum)
  field: ImportField;

  @Field(() => Int, { description: 'From 0 on.' })
  column: number;
}

@InputType()
export class ImportSupporterInput {
  @Field(() => String, { description: 'As it stands in the table.' })
  name: string;

  @Field(() => ID)
  communityId: string;
}

@InputType({ description: 'How a table is to be read; what is not given is proposed from the table.' })
export class ImportSettingsInput {
  @Field(() => [ImportColumnInput], { nullable: true })
  columns?: ImportColumnInput[] | null;

  @Field(() => DateOrderEnum, { nullable: true })
  dateOrder?: DateOrder | null;

  @Field(() => String, { nullable: true, description: 'Where the rows name none.' })
  currency?: string | null;

  @Field(() => String, { nullable: true, description: 'For all rows that name none.' })
  contractRef?: string | null;

  @Field(() => [ImportSupporterInput], { nullable: true })
  supporters?: ImportSupporterInput[] | null;

  @Field(() => [Int], { nullable: true, description: 'Numbers of rows, such as that of a line of sums.' })
  leftOut?: number[] | null;
}

@InputType()
export class ApplyImportInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  importId: string;

  @Field(() => ImportSettingsInput)
  settings: ImportSettingsInput;

  @Field(() => String, { description: '`hash` of the preview that was looked at.' })
  previewHash: string;
}

@InputType()
export class UndoImportInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  importId: string;

  @Field(() => String, { description: 'Public, with every reversal.' })
  reason: string;
}

@InputType()
export class DiscardImportInput {
  @Field(() => ID)
  importId: string;
}

@InputType()
export class AnswerPledgeProposalInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  proposalId: string;
}
