import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { MoneyInput } from '#platform';
import type { Instrument } from '../domain/instrument.js';
import { InstrumentEnum } from './offer.enum.js';

@InputType()
export class PledgedHoursInput {
  @Field(() => String, { description: 'The name of a section of the fablab.' })
  section: string;

  @Field(() => String, { nullable: true, description: 'What those who work the hours hold.' })
  qualification?: string | null;

  @Field(() => String, { description: 'A decimal such as 12.5.' })
  hours: string;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'What they are held to be worth; it is told only.',
  })
  value?: MoneyInput | null;
}

@InputType()
export class PledgedGoodsInput {
  @Field(() => String)
  name: string;

  @Field(() => String, { description: 'Such as “m³” or “piece”.' })
  unit: string;

  @Field(() => String, { description: 'A decimal in the unit.' })
  quantity: string;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'What they are held to be worth; it is told only.',
  })
  value?: MoneyInput | null;
}

@InputType()
export class MakePledgeInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => ID, { description: 'The receiving community that pledges.' })
  communityId: string;

  @Field(() => MoneyInput, { nullable: true, description: 'Money. One of amount, hours and goods is given.' })
  amount?: MoneyInput | null;

  @Field(() => PledgedHoursInput, { nullable: true })
  hours?: PledgedHoursInput | null;

  @Field(() => PledgedGoodsInput, { nullable: true })
  goods?: PledgedGoodsInput | null;

  @Field(() => InstrumentEnum, { nullable: true, description: 'Money is a loan unless said otherwise.' })
  instrument?: Instrument | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The position of the offer; needed where several fit.',
  })
  offer?: number | null;
}

@InputType()
export class WithdrawPledgeInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  pledgeId: string;
}

@InputType()
export class RecordPaymentInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  pledgeId: string;

  @Field(() => MoneyInput)
  amount: MoneyInput;

  @Field(() => String, { description: 'The day on which the money arrived, such as 2026-03-31.' })
  valueDate: string;
}
