import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  buildCommunity,
  buildMember,
  buildPerson,
  inviteMember,
  type BuiltCommunity,
  type BuiltPerson,
} from '../support/builders/identity.builder.js';
import { expectRefused, type Refusal } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const INVITE = `mutation ($input: InviteMemberInput!) {
  inviteMember(input: $input) { email roles link expiresAt state }
}`;
const ACCEPT = `mutation ($input: AcceptInvitationInput!) {
  acceptInvitation(input: $input) { roles community { name members { person { displayName } } } }
}`;
const PREVIEW = `query ($token: String!) { invitation(token: $token) { communityName roles email expiresAt state } }`;
const INVITATIONS = `query ($slug: String!) { community(slug: $slug) { invitations { email state link } } }`;
const MEMBERSHIPS = `{ viewer { memberships { roles community { slug } } } }`;
const SCOPE = { schemas: ['identity', 'platform'] };

let app: TestApp;
let ada: BuiltPerson;
let village: BuiltCommunity;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  ada = await buildPerson(app, 'Ada');
}, 60_000);
beforeEach(async () => {
  village = await buildCommunity(ada, { name: 'Village' });
});
afterAll(() => app?.close());

function accept(person: BuiltPerson, token: string) {
  return { client: person.client, query: ACCEPT, variables: { input: { token } } };
}

async function stateOf(token: string): Promise<unknown> {
  const { invitation } = await app.client().get<{ invitation: { state: string } }>(PREVIEW, { token });
  return invitation.state;
}

describe('inviting', () => {
  it('gives a link, once, that shows its holder what it is for', async () => {
    const input = { communityId: village.id, email: 'Ben@Example.org', roles: ['treasurer'] };
    const { inviteMember: invitation } = await ada.client.get<{ inviteMember: Record<string, string> }>(
      INVITE,
      {
        input,
      },
    );
    const days = (Date.parse(String(invitation['expiresAt'])) - app.clock.now().getTime()) / 86_400_000;
    expect(invitation).toEqual({
      email: 'ben@example.org',
      roles: ['member', 'treasurer'],
      link: expect.stringMatching(new RegExp(`^${app.url}/app/invitation/[\\w-]{43}$`)),
      expiresAt: expect.any(String),
      state: 'open',
    });
    expect(days).toBeCloseTo(14, 2);
    const token = String(invitation['link']).split('/').at(-1);
    expect(await app.client().get(PREVIEW, { token })).toEqual({
      invitation: {
        communityName: 'Village',
        roles: ['member', 'treasurer'],
        email: 'ben@example.org',
        expiresAt: invitation['expiresAt'],
        state: 'open',
      },
    });
    expect(await ada.client.get(INVITATIONS, { slug: village.slug })).toEqual({
      community: { invitations: [{ email: 'ben@example.org', state: 'open', link: null }] },
    });
  });

  it('is refused to everybody but coordinators', async () => {
    const ben = await buildMember(app, ada, village, ['treasurer', 'maker']);
    const stranger = await buildPerson(app);
    const variables = { input: { communityId: village.id, email: 'cleo@example.org', roles: ['member'] } };
    const query = INVITE;
    await expectRefused(app, SCOPE, { client: app.client(), query, variables }, { code: 'UNAUTHENTICATED' });
    for (const { client } of [ben, stranger]) {
      const refusal = {
        code: 'FORBIDDEN',
        message: 'Only a coordinator of this community can invite members.',
      };
      await expectRefused(app, SCOPE, { client, query, variables }, refusal);
    }
  });

  const refusals: [string, object, Refusal][] = [
    [
      'without anything',
      { communityId: '', email: '', roles: [] },
      { code: 'BAD_INPUT', fields: ['communityId', 'email', 'roles'] },
    ],
    ['with a malformed address', { email: 'ben' }, { code: 'BAD_INPUT', fields: ['email'] }],
    [
      'with an address that is too long',
      { email: `${'b'.repeat(250)}@example.org` },
      { code: 'BAD_INPUT', fields: ['email'] },
    ],
    [
      'with more roles than there are',
      { roles: Array.from({ length: 5 }, () => 'maker') },
      { code: 'BAD_INPUT', fields: ['roles'] },
    ],
    ['with a role that there is not', { roles: ['king'] }, { code: 'BAD_USER_INPUT' }],
    [
      'to a community that there is not',
      { communityId: '019cad3a-0000-7000-8000-0123456789ab' },
      { code: 'FORBIDDEN' },
    ],
  ];
  it.each(refusals)('is refused %s', async (_what, change, refusal) => {
    const variables = {
      input: { communityId: village.id, email: 'cleo@example.org', roles: ['member'], ...change },
    };
    await expectRefused(app, SCOPE, { client: ada.client, query: INVITE, variables }, refusal);
  });
});

describe('accepting an invitation', () => {
  it('makes a member, who sees the others in the same answer', async () => {
    const ben = await buildPerson(app, 'Ben');
    const token = await inviteMember(ada, village, ben.email, ['maker']);
    expect(await ben.client.get(ACCEPT, { input: { token } })).toEqual({
      acceptInvitation: {
        roles: ['member', 'maker'],
        community: {
          name: 'Village',
          members: [{ person: { displayName: 'Ada' } }, { person: { displayName: 'Ben' } }],
        },
      },
    });
    expect(await stateOf(token)).toBe('accepted');
  });

  it('gives a member the new roles beside the old', async () => {
    const ben = await buildMember(app, ada, village, ['maker']);
    const token = await inviteMember(ada, village, ben.email, ['treasurer']);
    expect(await ben.client.get(ACCEPT, { input: { token } })).toMatchObject({
      acceptInvitation: { roles: ['member', 'treasurer', 'maker'] },
    });
    expect(await ben.client.get(MEMBERSHIPS)).toEqual({
      viewer: {
        memberships: [{ roles: ['member', 'treasurer', 'maker'], community: { slug: village.slug } }],
      },
    });
  });

  it('is refused a second time', async () => {
    const ben = await buildPerson(app);
    const token = await inviteMember(ada, village, ben.email, ['member']);
    await ben.client.get(ACCEPT, { input: { token } });
    const refusal = { code: 'INVALID_STATE', message: 'This invitation was accepted already.' };
    await expectRefused(app, SCOPE, accept(ben, token), refusal);
  });

  it('happens once when it is done several times at once', async () => {
    const ben = await buildPerson(app);
    const token = await inviteMember(ada, village, ben.email, ['member']);
    const answers = await Promise.all([1, 2, 3, 4].map(() => ben.client.ask(ACCEPT, { input: { token } })));
    expect(answers.map((answer) => answer.errors?.[0]?.extensions.code ?? 'done').sort()).toEqual([
      'INVALID_STATE',
      'INVALID_STATE',
      'INVALID_STATE',
      'done',
    ]);
    expect(await ben.client.get(MEMBERSHIPS)).toMatchObject({
      viewer: { memberships: [{ roles: ['member'] }] },
    });
  });

  it('is refused to another person, to the coordinator too, and to who is not signed in', async () => {
    const token = await inviteMember(ada, village, 'ben@example.org', ['member']);
    const stranger = await buildPerson(app);
    for (const person of [ada, stranger]) {
      const refusal = { code: 'FORBIDDEN', message: 'This invitation is for another email address.' };
      await expectRefused(app, SCOPE, accept(person, token), refusal);
    }
    const anonymous = { ...accept(stranger, token), client: app.client() };
    await expectRefused(app, SCOPE, anonymous, { code: 'UNAUTHENTICATED' });
    expect(await stateOf(token)).toBe('open');
  });

  it('is refused when a newer one has replaced it, and for a link that never was', async () => {
    const ben = await buildPerson(app);
    const older = await inviteMember(ada, village, ben.email, ['treasurer']);
    const newer = await inviteMember(ada, village, ben.email, ['member']);
    const replaced = { code: 'INVALID_STATE', message: 'replaced by a newer one' };
    await expectRefused(app, SCOPE, accept(ben, older), replaced);
    await expectRefused(app, SCOPE, accept(ben, `${newer}x`), {
      code: 'NOT_FOUND',
      message: 'no such invitation',
    });
    await expectRefused(app, SCOPE, accept(ben, ''), { code: 'BAD_INPUT', fields: ['token'] });
    await expectRefused(app, SCOPE, accept(ben, 'x'.repeat(101)), { code: 'BAD_INPUT', fields: ['token'] });
    expect(await app.client().get(PREVIEW, { token: 'never' })).toEqual({ invitation: null });
    expect(await ben.client.get(ACCEPT, { input: { token: newer } })).toMatchObject({
      acceptInvitation: { roles: ['member'] },
    });
  });

  it('is refused after fourteen days, when another can be made', async () => {
    const ben = await buildPerson(app);
    const token = await inviteMember(ada, village, ben.email, ['member']);
    app.clock.advance({ days: 14 });
    expect(await stateOf(token)).toBe('expired');
    // Seen now, so that the session's own expiry is no part of the comparison.
    await ben.client.get(MEMBERSHIPS);
    await expectRefused(app, SCOPE, accept(ben, token), { code: 'INVALID_STATE', message: 'expired on' });
    const another = await inviteMember(ada, village, ben.email, ['member']);
    expect(await ben.client.get(ACCEPT, { input: { token: another } })).toMatchObject({
      acceptInvitation: { roles: ['member'] },
    });
  });
});
