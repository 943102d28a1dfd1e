import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy } from '#platform';

@ObjectType('TemplateMilestone')
@Policy('public')
export class TemplateMilestoneModel {
  @Field(() => String)
  name: string;

  @Field(() => Int, { description: 'Counted from the day on which the draft starts.' })
  afterDays: number;
}

@ObjectType('ContractTemplate', { description: 'The texts with which a draft of this fablab can start.' })
@Policy('public')
export class ContractTemplateModel {
  @Field(() => String, { description: 'Stable within the fablab.' })
  key: string;

  @Field(() => Int, {
    description: '0: as everybody starts with it. Say which one you saw when you change it.',
  })
  revision: number;

  @Field(() => String)
  name: string;

  @Field(() => String, { description: 'When to take this one.' })
  purpose: string;

  @Field(() => String)
  summary: string;

  @Field(() => String)
  repaymentTerms: string;

  @Field(() => String)
  endCondition: string;

  @Field(() => String, { description: 'Empty: to be agreed each time.' })
  mediator: string;

  @Field(() => Int)
  deadlineAfterDays: number;

  @Field(() => [TemplateMilestoneModel])
  milestones: TemplateMilestoneModel[];

  /** Not in the schema. */
  fablabId: Id<'community'>;
}

@InputType()
export class TemplateMilestoneInput {
  @Field(() => String)
  name: string;

  @Field(() => Int)
  afterDays: number;
}

@InputType()
export class SaveContractTemplateInput {
  @Field(() => ID)
  fablabId: string;

  @Field(() => String, { description: 'A new one adds a template.' })
  key: string;

  @Field(() => Int, { description: 'The revision that you saw; 0 for a new template.' })
  revision: number;

  @Field(() => String)
  name: string;

  @Field(() => String)
  purpose: string;

  @Field(() => String)
  summary: string;

  @Field(() => String)
  repaymentTerms: string;

  @Field(() => String)
  endCondition: string;

  @Field(() => String)
  mediator: string;

  @Field(() => Int)
  deadlineAfterDays: number;

  @Field(() => [TemplateMilestoneInput])
  milestones: TemplateMilestoneInput[];
}
