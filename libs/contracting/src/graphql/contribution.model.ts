import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy } from '#platform';
import { CONTRIBUTION_EVENT_KINDS, type ContributionEventKind } from '../domain/contribution.js';

export const ContributionEventKindEnum = Object.fromEntries(
  CONTRIBUTION_EVENT_KINDS.map((kind) => [kind, kind]),
) as Record<ContributionEventKind, ContributionEventKind>;
registerEnumType(ContributionEventKindEnum, { name: 'ContributionEventKind' });

@ObjectType('ContributionEvent', {
  description: 'What came of hours or goods that were pledged. It never changes.',
})
@Policy('public')
export class ContributionEventModel {
  @Field(() => ID)
  id: Id<'contributionEvent'>;

  @Field(() => ContributionEventKindEnum)
  kind: ContributionEventKind;

  @Field(() => String, { description: 'A decimal in the pledge’s unit.' })
  quantity: string;

  @Field(() => String)
  happenedOn: string;

  @Field(() => String, { nullable: true })
  reason: string | null;

  @Field(() => Boolean, {
    description: 'Hours: it follows from the time that was logged on the contract’s jobs.',
  })
  isWork: boolean;

  @Field(() => Boolean)
  isReversed: boolean;
}

@InputType()
export class RecordReceiptInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  pledgeId: string;

  @Field(() => String, { description: 'A decimal in the pledge’s unit.' })
  quantity: string;

  @Field(() => String, { description: 'The day, such as 2026-03-31.' })
  happenedOn: string;

  @Field(() => String, { nullable: true, description: 'Public.' })
  note?: string | null;
}

@InputType()
export class RecordReturnInput extends RecordReceiptInput {}

@InputType()
export class WaiveContributionInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  pledgeId: string;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}

@InputType()
export class ReverseContributionInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID, { description: 'The id of what was received or returned.' })
  contributionId: string;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}
