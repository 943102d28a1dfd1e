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
  @Field(() => Boolean, {
    nullable: true,
    description: 'Make the scrapped units again, in a job of their own; true unless said otherwise.',
  })
  rework?: boolean | null;

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

@InputType()
export class HandOverJobInput extends ClaimInput {
  @Field(() => ID, {
    description: 'A maker who is qualified for it. To give it back to the queue, return it.',
  })
  toMakerId: string;

  @Field(() => String, { description: 'What the next maker has to know.' })
  note: string;
}

@InputType()
export class ScrapJobInput extends ClaimInput {
  @Field(() => Int, { nullable: true, description: 'Units that are good nevertheless; all others are lost.' })
  quantityGood?: number | null;

  @Field(() => String, { description: 'What went wrong.' })
  note: string;
}

@InputType()
export class LogMaterialInput extends ClaimInput {
  @Field(() => String, { description: '`used` or `waste`.' })
  kind: string;

  @Field(() => String, { description: 'Such as «ash board 27 mm».' })
  item: string;

  @Field(() => String, { description: 'Such as m2, kg or piece.' })
  unit: string;

  @Field(() => String, { description: 'Such as 1.250.' })
  quantity: string;
}

@InputType({ isAbstract: true })
class JobInput {
  @Field(() => String, {
    description: 'A new one for each new action; the same one when an action is sent again.',
  })
  idempotencyKey: string;

  @Field(() => ID)
  jobId: string;
}

@InputType()
export class BlockJobInput extends JobInput {
  @Field(() => String, { description: '`material`, `machine` or `question`.' })
  kind: string;

  @Field(() => String)
  detail: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Who can lift it, beside the coordinators; without one, the viewer.',
  })
  lifterId?: string | null;
}

@InputType()
export class LiftBlockInput {
  @Field(() => String, {
    description: 'A new one for each new action; the same one when an action is sent again.',
  })
  idempotencyKey: string;

  @Field(() => ID)
  blockId: string;

  @Field(() => String, { nullable: true })
  answer?: string | null;
}

@InputType()
export class SplitJobInput extends JobInput {
  @Field(() => Int, { description: 'How many units go into the new job.' })
  quantity: number;

  @Field(() => Int, { nullable: true, description: 'The number of the viewer’s claim, for a job in hand.' })
  fence?: number | null;
}

@InputType()
export class MergeJobsInput {
  @Field(() => String, {
    description: 'A new one for each new action; the same one when an action is sent again.',
  })
  idempotencyKey: string;

  @Field(() => [ID])
  jobIds: string[];
}

@InputType()
export class CancelJobInput extends JobInput {
  @Field(() => String)
  reason: string;
}
