import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import type { Money } from '#kernel';
import { ROLES } from '../sessions/viewer.js';
import { Policy } from './policy.js';

/** Larger ones are refused by the domain with a better sentence; this only bounds the parse. */
const MINOR_DIGITS_MAX = 18;

function readMinor(text: unknown): bigint {
  if (typeof text === 'string' && new RegExp(`^-?\\d{1,${MINOR_DIGITS_MAX}}$`).test(text))
    return BigInt(text);
  throw new GraphQLError(
    'An amount is a whole number of minor units in a string, such as "300000" for 3,000.00 EUR.',
  );
}

/** An integer of minor units as a decimal string: JSON numbers would round large ones. */
export const MinorUnits = new GraphQLScalarType<bigint, string>({
  name: 'MinorUnits',
  description:
    'A whole number of minor units (cents for EUR), as a decimal string: "300000" is 3,000.00 EUR.',
  serialize: (value) => String(value),
  parseValue: readMinor,
  parseLiteral: (node) =>
    readMinor(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : undefined),
});

@ObjectType('Money', { description: 'An amount of one currency.' })
@Policy('public')
export class MoneyModel {
  @Field(() => MinorUnits)
  amountMinor: bigint;

  @Field({ description: 'ISO 4217, such as EUR.' })
  currency: string;

  static of(money: Money): MoneyModel {
    return { amountMinor: money.amountMinor, currency: money.currency };
  }
}

@InputType()
export class MoneyInput {
  @Field(() => MinorUnits)
  amountMinor: bigint;

  @Field({ description: 'ISO 4217, such as EUR.' })
  currency: string;
}

/** The roles, as a GraphQL enum. */
export const RoleEnum = Object.fromEntries(ROLES.map((role) => [role, role])) as {
  [R in (typeof ROLES)[number]]: R;
};
registerEnumType(RoleEnum, { name: 'Role', description: 'What a person may do for a community.' });
