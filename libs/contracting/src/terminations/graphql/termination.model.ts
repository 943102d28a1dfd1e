import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { MoneyModel, Policy, RoleEnum, type Role } from '#platform';
import { TERMINATION_STATES, type TerminationState } from '../../domain/termination.js';

export const TerminationStateEnum = Object.fromEntries(TERMINATION_STATES.map((state) => [state, state])) as {
  [State in TerminationState]: State;
};
registerEnumType(TerminationStateEnum, {
  name: 'TerminationState',
  description:
    '“agreed” ended the contract; “stale”: what is owed or agreed changed meanwhile; “closed”: the contract ended otherwise.',
});

@ObjectType('Plan', { description: 'In which parts something is returned.' })
@Policy('public')
export class PlanModel {
  @Field(() => Int)
  instalments: number;

  @Field(() => String)
  firstDueOn: string;

  @Field(() => Int)
  everyMonths: number;
}

@ObjectType('SettlementLine', { description: 'What becomes of what is owed for one pledge.' })
@Policy('public')
export class SettlementLineModel {
  @Field(() => ID)
  pledgeId: Id<'pledge'>;

  @Field(() => MoneyModel)
  owed: MoneyModel;

  @Field(() => MoneyModel)
  repaid: MoneyModel;

  @Field(() => MoneyModel)
  forgiven: MoneyModel;

  @Field(() => MoneyModel)
  due: MoneyModel;

  @Field(() => PlanModel, { nullable: true })
  plan: PlanModel | null;

  @Field(() => Boolean, { description: 'It takes the word of this very supporter.' })
  isChanged: boolean;
}

@ObjectType('TerminationAnswer', { description: 'Whose yes it takes, and whether it was said.' })
@Policy('public')
export class TerminationAnswerModel {
  @Field(() => Date, { nullable: true, description: 'Null while this community has not accepted.' })
  acceptedAt: Date | null;

  @Field(() => RoleEnum, { nullable: true })
  role: Role | null;

  /** Not in the schema: `community` and `person` are found by these. */
  communityId: Id<'community'>;
  personId: Id<'person'> | null;
}

@ObjectType('Termination', { description: 'A proposal to end an active contract, with its settlement.' })
@Policy('public')
export class TerminationModel {
  @Field(() => Int, { description: 'Counted within the contract.' })
  number: number;

  @Field(() => TerminationStateEnum)
  state: TerminationState;

  @Field(() => String, { description: 'SHA-256 of `canonicalJson`.' })
  sha256: string;

  @Field(() => String, { description: 'The very text that is hashed and accepted (RFC 8785).' })
  canonicalJson: string;

  @Field(() => Int, { description: 'The release that was in force when it was proposed.' })
  ends: number;

  @Field(() => String)
  reason: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of the question of the dispute that ended so.',
  })
  questionNumber: number | null;

  @Field(() => Date)
  proposedAt: Date;

  @Field(() => Date, { nullable: true })
  decidedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was declined or withdrawn.' })
  endReason: string | null;

  @Field(() => [SettlementLineModel])
  settlement: SettlementLineModel[];

  @Field(() => [TerminationAnswerModel])
  answers: TerminationAnswerModel[];

  /** Not in the schema: `proposedBy` and `endedBy` are found by these. */
  proposedBy: Id<'community'>;
  endedBy: Id<'community'> | null;
}
