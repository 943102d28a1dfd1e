import { Field, ID, InputType, Int } from '@nestjs/graphql';

@InputType()
export class TakeNextJobInput {
  @Field(() => String, {
    description: 'A new one for each new action; the same one when an action is sent again.',
  })
  idempotencyKey: string;

  @Field(() => ID)
  sectionId: string;
}

@InputType({ isAbstract: true })
class ClaimInput {
  @Field(() => String, {
    description: 'A new one for each new action; the same one when an action is sent again.',
  })
  idempotencyKey: string;

  @Field(() => ID)
  jobId: string;

  @Field(() => Int, { description: 'The number of the viewer’s claim.' })
  fence: number;
}

@InputType()
export class StartJobInput extends ClaimInput {}

@InputType()
export class PauseJobInput extends ClaimInput {}

@InputType()
export class ResumeJobInput extends ClaimInput {}

@InputType()
export class LogJobInput extends ClaimInput {
  @Field(() => String, { nullable: true })
  note?: string | null;

  @Field(() => Int, { nullable: true, description: 'Made so far and good.' })
  quantityGood?: number | null;

  @Field(() => Int, { nullable: true, description: 'Made so far and scrapped.' })
  quantityScrapped?: number | null;
}

@InputType()
export class CompleteJobInput extends ClaimInput {
  @Field(() => Int)
  quantityGood: number;

  @Field(() => Int, { description: 'Good and scrapped together are the job’s quantity.' })
  quantityScrapped: number;

  @Field(() => String, { nullable: true })
  note?: string | null;
}

@InputType()
export class ReturnJobInput extends ClaimInput {
  @Field(() => String, { nullable: true, description: 'For the next maker.' })
  note?: string | null;
}
