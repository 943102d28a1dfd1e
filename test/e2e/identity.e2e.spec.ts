import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { BUILT_PASSWORD, buildPerson } from '../support/builders/identity.builder.js';
import { expectRefused, type Refusal } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) { id displayName email memberships { id } } }`;
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { id email memberships { id } } }`;
const SIGN_OUT = `mutation { signOut }`;
const VIEWER = `{ viewer { email } }`;
const SCOPE = { schemas: ['identity', 'platform'], except: ['identity.sign_in_attempt'] };

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
}, 60_000);
afterAll(() => app?.close());

async function rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: app.database.ownerUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

function tokenOf(client: TestClient): string {
  return client.cookieHeader.slice(client.cookieHeader.indexOf('=') + 1);
}

/** Each test has an address of its own, or the limits on tries would meet. */
let people = 0;
function newEmail(): string {
  people += 1;
  return `person${people}@example.org`;
}

describe('signing up', () => {
  it('makes an account and signs in, under an address in lower case', async () => {
    const client = app.client();
    const input = { email: ' Ada@Example.ORG', password: BUILT_PASSWORD, displayName: ' Ada  ' };
    expect(await client.get(SIGN_UP, { input })).toEqual({
      signUp: { id: expect.any(String), displayName: 'Ada', email: 'ada@example.org', memberships: [] },
    });
    expect(await client.get(VIEWER)).toEqual({ viewer: { email: 'ada@example.org' } });
  });

  it('stores neither the password nor the session token', async () => {
    const person = await buildPerson(app);
    const [account] = await rows<{ password_hash: string }>(
      `SELECT password_hash FROM identity.person WHERE id = $1`,
      [person.id],
    );
    expect(account?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const hash = createHash('sha256').update(tokenOf(person.client)).digest();
    expect(await rows(`SELECT person_id FROM identity.session WHERE token_hash = $1`, [hash])).toEqual([
      { person_id: person.id },
    ]);
  });

  it('gives a cookie that scripts and other sites cannot use', async () => {
    const body = { query: SIGN_UP, variables: { input: { ...good(), email: newEmail() } } };
    const response = await app.client().fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^commonwright=[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax$/),
    ]);
  });

  const refusals: [string, Record<string, string>, Refusal][] = [
    [
      'everything missing',
      { email: '', password: '', displayName: ' ' },
      { code: 'BAD_INPUT', fields: ['email', 'password', 'displayName'] },
    ],
    [
      'a malformed address',
      { email: 'ada@example' },
      { code: 'BAD_INPUT', message: 'must look like name@example.org' },
    ],
    [
      'an address that is too long',
      { email: `${'a'.repeat(250)}@example.org` },
      { code: 'BAD_INPUT', fields: ['email'] },
    ],
    [
      'a password that is too short',
      { password: 'nine char' },
      { code: 'BAD_INPUT', message: 'at least 10 characters' },
    ],
    [
      'a password that is too long',
      { password: 'ab'.repeat(101) },
      { code: 'BAD_INPUT', message: 'at most 200 characters' },
    ],
    [
      'a password that is easy to guess',
      { password: 'Password123' },
      { code: 'BAD_INPUT', message: 'easy to guess' },
    ],
    [
      'a name that is too long',
      { displayName: 'a'.repeat(121) },
      { code: 'BAD_INPUT', fields: ['displayName'] },
    ],
    [
      'a name that cannot be shown',
      { displayName: 'A\u0000da' },
      { code: 'BAD_INPUT', fields: ['displayName'] },
    ],
    [
      'a role in a demo story',
      { demoRole: 'Coordinator' },
      { code: 'BAD_INPUT', message: 'in demo mode only' },
    ],
  ];
  it.each(refusals)('is refused with %s, and nothing changes', async (_what, change, refusal) => {
    const variables = { input: { ...good(), email: newEmail(), ...change } };
    await expectRefused(app, SCOPE, { client: app.client(), query: SIGN_UP, variables }, refusal);
  });

  it('is refused for an address that has an account, however it is typed', async () => {
    const { email } = await buildPerson(app);
    const variables = { input: { ...good(), email: email.toUpperCase() } };
    const refusal = { code: 'CONFLICT', message: 'There is already an account' };
    await expectRefused(app, SCOPE, { client: app.client(), query: SIGN_UP, variables }, refusal);
  });

  it('of one address twice at once makes one account', async () => {
    const variables = { input: { ...good(), email: newEmail() } };
    const answers = await Promise.all([1, 2, 3].map(() => app.client().ask(SIGN_UP, variables)));
    const codes = answers.map((answer) => answer.errors?.[0]?.extensions.code ?? 'done').sort();
    expect(codes).toEqual(['CONFLICT', 'CONFLICT', 'done']);
  });
});

describe('signing in', () => {
  it('works from another browser, and leaves the first signed in', async () => {
    const person = await buildPerson(app);
    const other = app.client();
    const input = { email: person.email.toUpperCase(), password: person.password };
    expect(await other.get(SIGN_IN, { input })).toEqual({
      signIn: { id: person.id, email: person.email, memberships: [] },
    });
    expect(await person.client.get(VIEWER)).toEqual({ viewer: { email: person.email } });
  });

  it('ends the session that the same browser had before', async () => {
    const person = await buildPerson(app);
    const stolen = person.client.cookieHeader;
    await person.client.get(SIGN_IN, { input: { email: person.email, password: person.password } });
    expect(await viewerWith(stolen)).toBeNull();
  });

  it('is refused alike for a wrong password and an unknown address', async () => {
    const { email } = await buildPerson(app);
    const refusal = { code: 'UNAUTHENTICATED', message: 'The email address or the password is not right.' };
    for (const tried of [email, newEmail()]) {
      const variables = { input: { email: tried, password: 'not the password' } };
      await expectRefused(app, SCOPE, { client: app.client(), query: SIGN_IN, variables }, refusal);
    }
  });

  it('is refused when a field is missing, empty or too long', async () => {
    const client = app.client();
    const fields = { code: 'BAD_INPUT', fields: ['email', 'password'] };
    const empty = { input: { email: '', password: '' } };
    await expectRefused(app, SCOPE, { client, query: SIGN_IN, variables: empty }, fields);
    const long = { input: { email: 'a'.repeat(255), password: 'a'.repeat(201) } };
    await expectRefused(app, SCOPE, { client, query: SIGN_IN, variables: long }, fields);
    const missing = { input: { email: 'ada@example.org' } };
    await expectRefused(
      app,
      SCOPE,
      { client, query: SIGN_IN, variables: missing },
      { code: 'BAD_USER_INPUT' },
    );
  });
});

describe('guessing a password', () => {
  it('ends after ten tries, also for the right one, and starts again after a quarter of an hour', async () => {
    const person = await buildPerson(app);
    const wrong = { input: { email: person.email, password: 'not the password' } };
    const right = { input: { email: person.email, password: person.password } };
    for (let tried = 0; tried < 10; tried += 1) {
      expect((await app.client().refusal(SIGN_IN, wrong)).extensions.code).toBe('UNAUTHENTICATED');
    }
    const refusal = { code: 'RATE_LIMITED', message: 'Please try again in 15 minutes.' };
    const call = { client: app.client(), query: SIGN_IN, variables: right };
    const error = await expectRefused(app, { schemas: ['identity'] }, call, refusal);
    expect(error.extensions.details?.['retryAfterSeconds']).toBeGreaterThan(850);
    expect(error.extensions.details?.['retryAfterSeconds']).toBeLessThanOrEqual(900);
    app.clock.advance({ minutes: 15 });
    expect(await app.client().get(SIGN_IN, right)).toMatchObject({ signIn: { id: person.id } });
  });

  it('is counted anew once the right password was given', async () => {
    const person = await buildPerson(app);
    const wrong = { input: { email: person.email, password: 'not the password' } };
    for (let tried = 0; tried < 9; tried += 1) await app.client().refusal(SIGN_IN, wrong);
    await app.client().get(SIGN_IN, { input: { email: person.email, password: person.password } });
    expect((await app.client().refusal(SIGN_IN, wrong)).extensions.code).toBe('UNAUTHENTICATED');
    app.clock.advance({ minutes: 15 });
  });

  it('by many tries at once gets no more than ten answers', async () => {
    const { email } = await buildPerson(app);
    const wrong = { input: { email, password: 'not the password' } };
    const errors = await Promise.all(Array.from({ length: 24 }, () => app.client().refusal(SIGN_IN, wrong)));
    const codes = errors.map((error) => error.extensions.code);
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(10);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(14);
    app.clock.advance({ minutes: 15 });
  });
});

describe('a session', () => {
  it('ends at once when its person signs out', async () => {
    const { client } = await buildPerson(app);
    const stolen = client.cookieHeader;
    expect(await client.get(SIGN_OUT)).toEqual({ signOut: true });
    expect(client.cookieHeader).toBe('');
    expect(await viewerWith(stolen)).toBeNull();
    expect(await client.get(SIGN_OUT)).toEqual({ signOut: false });
  });

  it('lives for thirty days after it was last used', async () => {
    const { client, email } = await buildPerson(app);
    app.clock.advance({ days: 29 });
    expect(await client.get(VIEWER)).toEqual({ viewer: { email } });
    app.clock.advance({ days: 29 });
    expect(await client.get(VIEWER)).toEqual({ viewer: { email } });
    app.clock.advance({ days: 30, seconds: 1 });
    expect(await client.get(VIEWER)).toEqual({ viewer: null });
  });

  it('is written at most every ten minutes', async () => {
    const { client, id } = await buildPerson(app);
    const sql = `SELECT last_seen_at AS seen, expires_at AS ends FROM identity.session WHERE person_id = $1`;
    const before = await rows<{ seen: Date; ends: Date }>(sql, [id]);
    app.clock.advance({ minutes: 9 });
    await client.get(VIEWER);
    expect(await rows(sql, [id])).toEqual(before);
    app.clock.advance({ minutes: 1 });
    await Promise.all([1, 2, 3, 4].map(() => client.get(VIEWER)));
    const [after] = await rows<{ seen: Date; ends: Date }>(sql, [id]);
    expect(after?.seen.getTime()).toBeGreaterThanOrEqual((before[0]?.seen.getTime() ?? 0) + 600_000);
    expect((after?.ends.getTime() ?? 0) - (after?.seen.getTime() ?? 0)).toBe(30 * 24 * 3600 * 1000);
  });

  it.each([
    ['that is empty', ''],
    ['that is short', 'x'],
    ['that is long', 'a'.repeat(4000)],
    ['that is SQL', "' OR true --"],
  ])('is nobody for a cookie %s', async (_what, token) => {
    expect(await viewerWith(`commonwright=${token}`)).toBeNull();
  });
});

function good(): { email: string; password: string; displayName: string } {
  return { email: 'somebody@example.org', password: BUILT_PASSWORD, displayName: 'Ada' };
}

async function viewerWith(cookie: string): Promise<unknown> {
  const response = await app.client().fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ query: VIEWER }),
  });
  return ((await response.json()) as { data: { viewer: unknown } }).data.viewer;
}
