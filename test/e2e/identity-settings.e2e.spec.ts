import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BUILT_PASSWORD, buildCommunity, type BuiltPerson } from '../support/builders/identity.builder.js';
import { expectRefused } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) { id } }`;
const SIGN_IN_AS = `mutation ($input: SignInAsDemoPersonInput!) {
  signInAsDemoPerson(input: $input) { id memberships { roles community { members { person { displayName } } } } }
}`;
const DEMO_PEOPLE = `{ demoPeople { id displayName role communityName } }`;
interface SignUpAnswer {
  signUp: { id: string };
}

const SCOPE = { schemas: ['identity', 'platform'] };

/** Several instances in one file, each with settings of its own. */
async function withApp(
  environment: Record<string, string>,
  work: (app: TestApp) => Promise<void>,
): Promise<void> {
  const app = await startTestApp({ worker: false, environment });
  try {
    await work(app);
  } finally {
    await app.close();
  }
}

describe('demo mode', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ worker: false, environment: { COMMONWRIGHT_DEMO: 'true' } });
  }, 60_000);
  afterAll(() => app?.close());

  it('lets anyone sign in as the people of the story, and as nobody else', async () => {
    const client = app.client();
    const input = { email: 'mira@example.org', password: BUILT_PASSWORD, displayName: 'Mira' };
    const demoRole = 'Coordinator of the fablab';
    const { signUp } = await client.get<SignUpAnswer>(SIGN_UP, {
      input: { ...input, demoRole },
    });
    expect(await app.client().get(DEMO_PEOPLE)).toEqual({
      demoPeople: [{ id: signUp.id, displayName: 'Mira', role: demoRole, communityName: '' }],
    });
    const mira: BuiltPerson = { id: signUp.id, ...input, client };
    await buildCommunity(mira, { name: 'Fablab Oakmoor', manufactures: true });
    expect(await app.client().get(DEMO_PEOPLE)).toMatchObject({
      demoPeople: [{ displayName: 'Mira', communityName: 'Fablab Oakmoor' }],
    });

    const visitor = app.client();
    const members = [{ person: { displayName: 'Mira' } }];
    expect(await visitor.get(SIGN_IN_AS, { input: { personId: signUp.id } })).toEqual({
      signInAsDemoPerson: {
        id: signUp.id,
        memberships: [{ roles: ['member', 'coordinator'], community: { members } }],
      },
    });
    expect(await visitor.get('{ viewer { displayName } }')).toEqual({ viewer: { displayName: 'Mira' } });

    const other = { ...input, email: 'real@example.org', displayName: 'Real' };
    const { signUp: real } = await app.client().get<SignUpAnswer>(SIGN_UP, { input: other });
    const call = { client: app.client(), query: SIGN_IN_AS, variables: { input: { personId: real.id } } };
    await expectRefused(app, SCOPE, call, { code: 'NOT_FOUND', message: 'There is no demo person' });
    const malformed = { ...call, variables: { input: { personId: 'mira' } } };
    await expectRefused(app, SCOPE, malformed, { code: 'BAD_INPUT', fields: ['personId'] });
  });
});

it('shows and lets in nobody of a demo story outside of demo mode', async () => {
  await withApp({}, async (app) => {
    expect(await app.client().get(DEMO_PEOPLE)).toEqual({ demoPeople: [] });
    const input = { email: 'mira@example.org', password: BUILT_PASSWORD, displayName: 'Mira' };
    const { signUp } = await app.client().get<SignUpAnswer>(SIGN_UP, { input });
    const call = { client: app.client(), query: SIGN_IN_AS, variables: { input: { personId: signUp.id } } };
    await expectRefused(app, SCOPE, call, { code: 'FORBIDDEN', message: 'in demo mode only' });
  });
}, 60_000);

it('binds the cookie to the host and to https when people come by https', async () => {
  await withApp({ PUBLIC_URL: 'https://example.org/' }, async (app) => {
    const input = { email: 'ada@example.org', password: BUILT_PASSWORD, displayName: 'Ada' };
    const client = app.client();
    const response = await client.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: SIGN_UP, variables: { input } }),
    });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-commonwright=[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure$/,
      ),
    ]);
    expect(await client.get('{ viewer { email } }')).toEqual({ viewer: { email: 'ada@example.org' } });
  });
}, 60_000);
