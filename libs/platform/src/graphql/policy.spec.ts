import { describe, expect, it } from '@jest/globals';
import {
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  graphql,
  type GraphQLFieldConfigMap,
} from 'graphql';
import type { Id } from '#kernel';
import type { Viewer } from '../sessions/viewer.js';
import { definePolicy, enforcePolicies } from './policy.js';
import type { RequestContext } from './request-context.js';

definePolicy('ownThing', (context, parent: { owner: string }) => context.viewer?.personId === parent.owner);

const Thing = (fields: GraphQLFieldConfigMap<unknown, RequestContext>, policy?: string): GraphQLObjectType =>
  new GraphQLObjectType({ name: 'Thing', fields, extensions: { ...(policy && { policy }) } });

function schemaOf(thing: GraphQLObjectType, policy?: string): GraphQLSchema {
  const field = {
    type: thing,
    extensions: { ...(policy && { policy }) },
    resolve: () => ({ owner: 'anna', name: 'x' }),
  };
  return new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { thing: field } }) });
}

const context = (personId?: string): RequestContext => ({
  viewer: personId
    ? ({ personId: personId as Id<'person'>, displayName: '', roles: new Map() } satisfies Viewer)
    : null,
  sessionToken: null,
  remoteAddress: '',
  origin: '',
});

const ask = async (schema: GraphQLSchema, who?: string): Promise<unknown> => {
  const { data, errors } = await graphql({
    schema,
    source: '{ thing { name } }',
    contextValue: context(who),
  });
  return errors?.[0]?.message ?? data?.['thing'];
};

describe('enforcePolicies', () => {
  const name = { type: GraphQLString };

  it('refuses a schema in which a field of a type has no policy', () => {
    expect(() => enforcePolicies(schemaOf(Thing({ name }), 'public'))).toThrow(
      'without a policy: Thing.name',
    );
  });

  it('refuses a schema in which a root field has none, whatever its type says', () => {
    expect(() => enforcePolicies(schemaOf(Thing({ name }, 'public')))).toThrow(
      'without a policy: Query.thing',
    );
  });

  it('refuses a policy that nobody defined', () => {
    expect(() => enforcePolicies(schemaOf(Thing({ name }, 'pubilc'), 'public'))).toThrow(
      'Thing.name (no rule “pubilc”)',
    );
  });

  it('refuses two rules of one name', () => {
    expect(() => definePolicy('public', () => true)).toThrow('exists already');
  });

  it('asks a visitor to sign in and turns a stranger away, before the resolver runs', async () => {
    let resolved = 0;
    const guarded = { ...name, extensions: { policy: 'ownThing' }, resolve: () => ((resolved += 1), 'x') };
    const schema = enforcePolicies(schemaOf(Thing({ name: guarded }), 'public'));
    const nullThing = async (who?: string): Promise<unknown> => ask(schema, who);
    expect(await nullThing()).toBe('Please sign in first.');
    expect(await nullThing('ben')).toBe('You do not have the role that may see or do this.');
    expect(resolved).toBe(0);
    expect(await nullThing('anna')).toEqual({ name: 'x' });
  });

  it('lets a field speak for itself over its type', async () => {
    const open = { ...name, extensions: { policy: 'public' } };
    const schema = enforcePolicies(schemaOf(Thing({ name: open }, 'ownThing'), 'public'));
    expect(await ask(schema)).toEqual({ name: 'x' });
  });
});
