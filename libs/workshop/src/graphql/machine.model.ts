import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy } from '#platform';
import type { MachineState } from '../domain/machine.js';
import { FABLAB_MEMBER } from './workshop.policy.js';

export const MachineStateEnum = {
  up: 'up',
  down: 'down',
  maintenance: 'maintenance',
} as const satisfies { [State in MachineState]: State };
registerEnumType(MachineStateEnum, {
  name: 'MachineState',
  description: 'Up can be worked with; down is broken; maintenance is out of use for a while on purpose.',
});

@ObjectType('Machine', { description: 'One machine of a work centre.' })
@Policy(FABLAB_MEMBER)
export class MachineModel {
  @Field(() => ID)
  id: Id<'machine'>;

  @Field(() => String)
  name: string;

  @Field(() => String, { description: 'What its label says after /m/.' })
  code: string;

  @Field(() => MachineStateEnum)
  state: MachineState;

  @Field(() => String, { nullable: true, description: 'Why it is out of use.' })
  stateReason: string | null;

  @Field(() => Date)
  stateSince: Date;

  @Field(() => String, { nullable: true })
  inspectedOn: string | null;

  @Field(() => String, { nullable: true })
  inspectionDueOn: string | null;

  workCentreId: Id<'workCentre'>;
  fablabId: Id<'community'>;
}

@ObjectType('MachineEvent', { description: 'What was said of a machine, and by whom.' })
@Policy('signedIn')
export class MachineEventModel {
  @Field(() => ID)
  id: string;

  @Field(() => MachineStateEnum)
  fromState: MachineState;

  @Field(() => MachineStateEnum)
  toState: MachineState;

  @Field(() => String, { nullable: true })
  reason: string | null;

  @Field(() => Date)
  happenedAt: Date;

  personId: Id<'person'>;
}

@InputType()
export class CreateMachineInput {
  @Field(() => ID)
  workCentreId: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true, description: 'The day of the last inspection.' })
  inspectedOn?: string | null;

  @Field(() => String, { nullable: true, description: 'By when the next one is due.' })
  inspectionDueOn?: string | null;
}

@InputType()
export class UpdateMachineInput {
  @Field(() => ID)
  machineId: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true })
  inspectedOn?: string | null;

  @Field(() => String, { nullable: true })
  inspectionDueOn?: string | null;
}

@InputType()
export class RetireMachineInput {
  @Field(() => ID)
  machineId: string;
}

@InputType()
export class ReportBreakdownInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  machineId: string;

  @Field(() => String, { description: 'What is wrong.' })
  reason: string;
}

@InputType()
export class StartMaintenanceInput extends ReportBreakdownInput {}

@InputType()
export class RepairMachineInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  machineId: string;

  @Field(() => String, { nullable: true, description: 'What was done.' })
  reason?: string | null;
}
