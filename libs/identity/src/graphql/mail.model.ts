import { Field, GraphQLISODateTime, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy, connectionOf } from '#platform';
import { MAIL_KINDS, MAIL_STATES, type MailKind, type MailState } from '../domain/mail.js';

const namesOf = <Name extends string>(names: readonly Name[]): Record<Name, Name> =>
  Object.fromEntries(names.map((name) => [name, name])) as Record<Name, Name>;

export const MailKindEnum = namesOf(MAIL_KINDS);
registerEnumType(MailKindEnum, { name: 'MailKind', description: 'What a mail is about.' });

export const MailStateEnum = namesOf(MAIL_STATES);
registerEnumType(MailStateEnum, { name: 'MailState' });

@ObjectType('Mail', {
  description: 'A mail that this system wrote to a person; shown to its addressee alone.',
})
@Policy('signedIn')
export class MailModel {
  @Field(() => ID)
  id: Id<'mail'>;

  recipientId: Id<'person'>;

  @Field(() => MailKindEnum)
  kind: MailKind;

  @Field(() => String)
  subject: string;

  @Field(() => String, { description: 'Paragraphs, with an empty line between them.' })
  body: string;

  @Field(() => String, { description: 'The page of the web app that it is about.' })
  path: string;

  @Field(() => MailStateEnum)
  state: MailState;

  @Field(() => GraphQLISODateTime)
  createdAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  sentAt: Date | null;
}

export const MailConnection = connectionOf(MailModel, 'Mail');

@ObjectType('MailSetting')
@Policy('signedIn')
export class MailSettingModel {
  @Field(() => MailKindEnum)
  kind: MailKind;

  @Field(() => Boolean)
  isOn: boolean;
}

@ObjectType('MailUnsubscription', { description: 'What the link in a mail is about, and does.' })
@Policy('public')
export class MailUnsubscriptionModel {
  @Field(() => MailKindEnum)
  kind: MailKind;
}

@InputType()
export class ChangeMailSettingInput {
  @Field(() => MailKindEnum)
  kind: MailKind;

  @Field(() => Boolean)
  isOn: boolean;
}

@InputType()
export class UnsubscribeFromMailInput {
  @Field(() => String, { description: 'The last part of the link in the mail.' })
  token: string;
}
