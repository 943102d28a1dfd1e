import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildCommunity,
  buildMember,
  buildPerson,
  type BuiltCommunity,
  type BuiltPerson,
} from '../support/builders/identity.builder.js';
import { expectRefused, type Refusal } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const CREATE = `mutation ($input: CreateCommunityInput!) {
  createCommunity(input: $input) {
    slug name description place receives manufactures members { roles person { displayName } }
  }
}`;
const CHANGE = `mutation ($input: ChangeMemberRolesInput!) { changeMemberRoles(input: $input) { roles } }`;
const MEMBERS = `query ($slug: String!) { community(slug: $slug) { members { roles person { id } } } }`;
const SCOPE = { schemas: ['identity', 'platform'] };

let app: TestApp;
let ada: BuiltPerson;
let stranger: BuiltPerson;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  ada = await buildPerson(app, 'Ada');
  stranger = await buildPerson(app, 'Stranger');
}, 60_000);
afterAll(() => app?.close());

describe('creating a community', () => {
  it('makes its creator a member and coordinator, who sees the members in the same answer', async () => {
    const input = {
      name: ' Oak Hollow ',
      description: 'A village.',
      place: 'By the river',
      receives: true,
      manufactures: false,
    };
    expect(await ada.client.get(CREATE, { input })).toEqual({
      createCommunity: {
        ...input,
        name: 'Oak Hollow',
        slug: 'oak-hollow',
        members: [{ roles: ['member', 'coordinator'], person: { displayName: 'Ada' } }],
      },
    });
  });

  it('finds a free short name, and takes a wanted one only when it is free', async () => {
    const slugs = [];
    for (let index = 0; index < 3; index += 1) slugs.push((await buildCommunity(ada, { name: 'Twin' })).slug);
    expect(slugs).toEqual(['twin', 'twin-2', 'twin-3']);
    const both = await Promise.all([
      buildCommunity(ada, { name: 'Race' }),
      buildCommunity(ada, { name: 'Race' }),
    ]);
    expect(both.map((community) => community.slug).sort()).toEqual(['race', 'race-2']);
    const variables = { input: { name: 'Other', slug: 'twin', receives: true, manufactures: false } };
    const call = { client: ada.client, query: CREATE, variables };
    await expectRefused(app, SCOPE, call, { code: 'CONFLICT', message: '“twin” is taken' });
  });

  const refusals: [string, object, Refusal][] = [
    ['without a name', { name: '' }, { code: 'BAD_INPUT', message: 'Please give a name.' }],
    ['with a name that is too long', { name: 'a'.repeat(121) }, { code: 'BAD_INPUT', fields: ['name'] }],
    ['with a malformed short name', { slug: 'Oak Hollow' }, { code: 'BAD_INPUT', fields: ['slug'] }],
    [
      'with texts too long',
      { description: 'a'.repeat(2001), place: 'a'.repeat(121) },
      { code: 'BAD_INPUT', fields: ['description', 'place'] },
    ],
    ['without a purpose', { receives: false }, { code: 'BAD_INPUT', fields: ['receives'] }],
    ['with a purpose that is no boolean', { receives: 'yes' }, { code: 'BAD_USER_INPUT' }],
    ['with nothing said of making', { manufactures: undefined }, { code: 'BAD_USER_INPUT' }],
  ];
  it.each(refusals)('is refused %s', async (_what, change, refusal) => {
    const variables = { input: { name: 'Elm', receives: true, manufactures: false, ...change } };
    await expectRefused(app, SCOPE, { client: ada.client, query: CREATE, variables }, refusal);
  });

  it('is refused to who is not signed in', async () => {
    const variables = { input: { name: 'Elm', receives: true, manufactures: false } };
    const call = { client: app.client(), query: CREATE, variables };
    await expectRefused(app, SCOPE, call, { code: 'UNAUTHENTICATED', message: 'Please sign in first.' });
  });
});

describe('the list of communities', () => {
  const LIST = `query ($first: Int, $after: String, $receives: Boolean, $manufactures: Boolean) {
    communities(first: $first, after: $after, receives: $receives, manufactures: $manufactures) {
      nodes { name } edges { cursor } pageInfo { hasNextPage endCursor }
    }
  }`;
  type List = {
    communities: { nodes: { name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  };

  it('is public, by name, page by page, and can be narrowed', async () => {
    await buildCommunity(ada, { name: 'Aardvark Lab', manufactures: true, receives: true });
    const all = await app.client().get<List>(LIST, { first: 100 });
    const names: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 20; page += 1) {
      const { communities }: List = await app.client().get<List>(LIST, { first: 2, after });
      names.push(...communities.nodes.map((node) => node.name));
      if (!communities.pageInfo.hasNextPage) break;
      after = communities.pageInfo.endCursor;
    }
    expect(names.length).toBeGreaterThan(5);
    expect(names).toEqual(all.communities.nodes.map((node) => node.name));
    const makers = await app.client().get<List>(LIST, { manufactures: true });
    expect(makers.communities.nodes).toEqual([{ name: 'Aardvark Lab' }]);
    const receivers = await app.client().get<List>(LIST, { first: 100, receives: true, manufactures: false });
    expect(receivers.communities.nodes).toHaveLength(all.communities.nodes.length - 1);
  });

  const cursor = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');
  it.each([
    [{ first: 0 }],
    [{ first: 101 }],
    [{ after: 'nonsense' }],
    [{ after: cursor(['a']) }],
    [{ after: cursor(['a', 'b']) }],
    [{ after: cursor(['\0', '019cad3a-0000-7000-8000-0123456789ab']) }],
  ])('refuses %p', async (variables) => {
    expect((await app.client().refusal(LIST, variables)).extensions.code).toBe('BAD_INPUT');
  });

  it('has no community of a short name that nobody has', async () => {
    for (const slug of ['nowhere', 'Not A Slug', '\0']) {
      expect(
        await app.client().get(`query ($slug: String!) { community(slug: $slug) { id } }`, { slug }),
      ).toEqual({
        community: null,
      });
    }
  });
});

describe('what a community shows', () => {
  const INVITATIONS = `query ($slug: String!) { community(slug: $slug) { invitations { email } } }`;

  it('of its members to members, and of its invitations to coordinators', async () => {
    const village = await buildCommunity(ada);
    const ben = await buildMember(app, ada, village);
    const variables = { slug: village.slug };
    expect(await ben.client.get(MEMBERS, variables)).toEqual({
      community: {
        members: [
          { roles: ['member', 'coordinator'], person: { id: ada.id } },
          { roles: ['member'], person: { id: ben.id } },
        ],
      },
    });
    expect((await stranger.client.refusal(MEMBERS, variables)).extensions.code).toBe('FORBIDDEN');
    expect((await app.client().refusal(MEMBERS, variables)).extensions.code).toBe('UNAUTHENTICATED');
    expect(await ada.client.get(INVITATIONS, variables)).toEqual({
      community: { invitations: [{ email: ben.email }] },
    });
    expect((await ben.client.refusal(INVITATIONS, variables)).extensions.code).toBe('FORBIDDEN');
  });
});

describe('changing the roles of a member', () => {
  let village: BuiltCommunity;
  let ben: BuiltPerson;
  beforeAll(async () => {
    village = await buildCommunity(ada);
    ben = await buildMember(app, ada, village);
  });

  function call(client: BuiltPerson['client'], change: object = {}) {
    const input = { communityId: village.id, personId: ben.id, roles: ['treasurer'], ...change };
    return { client, query: CHANGE, variables: { input } };
  }

  it('is what coordinators do; membership always stays', async () => {
    const { client, query, variables } = call(ada.client, { roles: ['maker', 'treasurer'] });
    expect(await client.get(query, variables)).toEqual({
      changeMemberRoles: { roles: ['member', 'treasurer', 'maker'] },
    });
    expect(await ben.client.get('{ viewer { memberships { roles } } }')).toEqual({
      viewer: { memberships: [{ roles: ['member', 'treasurer', 'maker'] }] },
    });
  });

  it('is refused to everybody else', async () => {
    await expectRefused(app, SCOPE, call(app.client()), { code: 'UNAUTHENTICATED' });
    await expectRefused(app, SCOPE, call(stranger.client), {
      code: 'FORBIDDEN',
      message: 'Only a coordinator',
    });
    await expectRefused(app, SCOPE, call(ben.client), { code: 'FORBIDDEN', message: 'Only a coordinator' });
  });

  it('is refused for who is no member, and for input that is no id or no role', async () => {
    const unknown = call(ada.client, { personId: stranger.id });
    await expectRefused(app, SCOPE, unknown, { code: 'NOT_FOUND', message: 'There is no member' });
    const malformed = call(ada.client, { communityId: 'village', personId: '1', roles: [] });
    const fields = ['communityId', 'personId', 'roles'];
    await expectRefused(app, SCOPE, malformed, { code: 'BAD_INPUT', fields });
    const many = call(ada.client, { roles: Array.from({ length: 5 }, () => 'maker') });
    await expectRefused(app, SCOPE, many, { code: 'BAD_INPUT', fields: ['roles'] });
    await expectRefused(app, SCOPE, call(ada.client, { roles: ['king'] }), { code: 'BAD_USER_INPUT' });
  });

  it('never takes a community its last coordinator', async () => {
    const own = call(ada.client, { personId: ada.id });
    await expectRefused(app, SCOPE, own, { code: 'INVALID_STATE', message: 'the last coordinator' });
  });

  it('never does so when two coordinators dismiss each other at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const here = await buildCommunity(ada);
      const ina = await buildMember(app, ada, here, ['coordinator']);
      const dismiss = (by: BuiltPerson, whom: BuiltPerson) =>
        by.client.ask(CHANGE, { input: { communityId: here.id, personId: whom.id, roles: ['member'] } });
      const answers = await Promise.all([dismiss(ada, ina), dismiss(ina, ada)]);
      expect(answers.map((answer) => answer.errors?.[0]?.extensions.code ?? 'done').sort()).toEqual([
        'FORBIDDEN',
        'done',
      ]);
      type Members = { community: { members: { roles: string[] }[] } };
      const { community } = await ada.client.get<Members>(MEMBERS, { slug: here.slug });
      expect(community.members.filter((member) => member.roles.includes('coordinator'))).toHaveLength(1);
    }
  });
});
