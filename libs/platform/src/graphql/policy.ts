import { Extensions } from '@nestjs/graphql';
import { defaultFieldResolver, isObjectType, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';
import { DomainError } from '#kernel';
import { endingWith } from '../outbox/change-feed.js';
import type { RequestContext } from './request-context.js';

/** Decides whether a viewer may have one field of one parent. Pure; it sees what the parent already holds. */
export type PolicyRule = (context: RequestContext, parent: never) => boolean;

const rules = new Map<string, PolicyRule>([
  ['public', () => true],
  ['signedIn', (context) => context.viewer !== null],
]);

/**
 * Names a rule that `@Policy` can use. A context defines those that speak of its own types.
 * @throws Error when the name is taken
 */
export function definePolicy(name: string, rule: PolicyRule): void {
  if (rules.has(name)) throw new Error(`A policy named ${name} exists already.`);
  rules.set(name, rule);
}

/**
 * Says who may have a field; on a type, who may have those of its fields that say nothing themselves.
 * `public` is for anyone, `signedIn` for anyone with an account. A mutation's policy is the door of the
 * house; the lock of the room (which role, in which community) is the use case's, which alone knows the rows.
 */
export function Policy(name: string): ClassDecorator & MethodDecorator & PropertyDecorator {
  return Extensions({ policy: name });
}

/**
 * Puts every field behind its policy.
 * @throws Error that names every field without one, so that neither a build nor a server comes up with a hole
 */
export function enforcePolicies(schema: GraphQLSchema): GraphQLSchema {
  const mistakes: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const isRoot = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(
      type,
    );
    for (const field of Object.values(type.getFields())) {
      // A root type holds fields of every context, so each of them must speak for itself.
      const name = field.extensions['policy'] ?? (isRoot ? undefined : type.extensions['policy']);
      const rule = typeof name === 'string' ? rules.get(name) : undefined;
      if (!rule) mistakes.push(`${type.name}.${field.name}${name ? ` (no rule “${String(name)}”)` : ''}`);
      else if (name !== 'public') guard(field, rule);
      if (type === schema.getSubscriptionType()) endWithTheSession(field);
    }
  }
  if (mistakes.length > 0) throw new Error(`GraphQL fields without a policy: ${mistakes.join(', ')}`);
  return schema;
}

type Guarded = Pick<GraphQLFieldConfig<unknown, RequestContext>, 'resolve' | 'subscribe'>;

function guard(field: Guarded, rule: PolicyRule): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (parent, args, context, info) => {
    refuseUnless(rule(context, parent as never), context);
    return resolve(parent, args, context, info);
  };
  const subscribe = field.subscribe;
  if (subscribe) {
    field.subscribe = (parent, args, context, info) => {
      refuseUnless(rule(context, parent as never), context);
      return subscribe(parent, args, context, info);
    };
  }
}

/** Rights may end while a page stays open: each push is sent to somebody whose rights were looked at just then. */
function endWithTheSession(field: Guarded): void {
  const { subscribe } = field;
  if (!subscribe) return;
  field.subscribe = async (parent, args, context, info) => {
    const pushes = (await subscribe(parent, args, context, info)) as AsyncIterable<unknown>;
    const source = pushes[Symbol.asyncIterator]();
    return endingWith(whileHeld(source, context), () => source.return?.());
  };
}

async function* whileHeld(source: AsyncIterator<unknown>, context: RequestContext): AsyncGenerator<unknown> {
  try {
    for (let next = await source.next(); !next.done; next = await source.next()) {
      if (context.stillHolds && !(await context.stillHolds())) return;
      yield next.value;
    }
  } finally {
    await source.return?.();
  }
}

function refuseUnless(allowed: boolean, context: RequestContext): void {
  if (allowed) return;
  if (!context.viewer) throw new DomainError('UNAUTHENTICATED', 'Please sign in first.');
  throw DomainError.forbidden('You do not have the role that may see or do this.');
}
