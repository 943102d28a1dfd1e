import { Field, ID, InputType } from '@nestjs/graphql';

@InputType()
export class SignUpInput {
  @Field(() => String)
  email: string;

  @Field(() => String, { description: 'Ten characters or more; any kind of them.' })
  password: string;

  @Field(() => String, { description: 'As fellow members shall see you.' })
  displayName: string;

  @Field(() => String, {
    nullable: true,
    description: 'In demo mode only: makes this somebody of the demo story, as whom anyone may sign in.',
  })
  demoRole?: string | null;
}

@InputType()
export class SignInInput {
  @Field(() => String)
  email: string;

  @Field(() => String)
  password: string;
}

@InputType()
export class SignInAsDemoPersonInput {
  @Field(() => ID)
  personId: string;
}
