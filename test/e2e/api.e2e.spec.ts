import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the API as a stranger meets it', () => {
  let system: TestApp;
  const logged: string[] = [];

  beforeAll(async () => {
    const sink = new Writable({ write: (chunk, _encoding, done) => (logged.push(String(chunk)), done()) });
    system = await startTestApp({ logger: pino({ level: 'error' }, sink) });
  });

  afterAll(() => system.close());

  it('answers the smallest question', async () => {
    expect(await system.client().get('{ __typename }')).toEqual({ __typename: 'Query' });
  });

  it('says what is wrong with a request in words and with a code', async () => {
    const unknown = await system.client().refusal('{ nothing }');
    expect(unknown).toMatchObject({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    expect(unknown.message).toContain('Cannot query field "nothing"');
    const torn = await system.client().refusal('{ viewer { ');
    expect(torn.extensions.code).toBe('GRAPHQL_PARSE_FAILED');
    const page = await system.client().refusal('{ communities(first: 101) { nodes { id } } }');
    expect(page).toMatchObject({
      message: '“first” must be from 1 to 100.',
      extensions: { code: 'BAD_INPUT' },
    });
    const cursor = await system.client().refusal('{ communities(after: "x") { nodes { id } } }');
    expect(cursor).toMatchObject({ message: '“after” is not a cursor of this list.' });
  });

  it('refuses documents built to exhaust it', async () => {
    const aliases = `{ ${Array.from({ length: 40 }, (_, index) => `a${index}: __typename`).join(' ')} }`;
    expect((await system.client().refusal(aliases)).extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const community = (depth: number): string =>
      depth === 0 ? 'id' : `members { community { ${community(depth - 1)} } }`;
    const deep = `{ community(slug: "x") { ${community(8)} } }`;
    expect((await system.client().refusal(deep)).extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const huge = `{ ${'__typename '.repeat(3000)} }`;
    expect((await system.client().refusal(huge)).message).toMatch(/token/i);
  });

  it('takes no mutation from a form of another site', async () => {
    const response = await system.client().fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ query: 'mutation { signOut }' }),
    });
    expect(response.status).toBe(400);
    const byLink = await system.client().fetch('/graphql?query=mutation%20%7BsignOut%7D');
    expect(byLink.status).toBeGreaterThanOrEqual(400);
  });

  it('sends headers that keep a browser on its guard', async () => {
    const { headers } = await system.client().fetch('/health/live');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('compresses pages and answers for a slow network', async () => {
    const page = await system.client().fetch('/registry', { headers: { 'accept-encoding': 'br' } });
    expect(page.headers.get('content-encoding')).toBe('br');
    expect(await page.text()).toContain('</html>');
  });

  it('tells operators that it lives and is ready', async () => {
    expect(await (await system.client().fetch('/health/live')).json()).toEqual({ status: 'ok' });
    const ready = await system.client().fetch('/health/ready');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ parts: { postgresql: { status: 'green' } } });
  });

  it('masks what it did not expect, under an incident id that the log has too', async () => {
    const owner = new pg.Client({ connectionString: system.database.ownerUrl });
    await owner.connect();
    await owner.query('ALTER TABLE identity.community RENAME TO community_gone');
    try {
      const error = await system.client().refusal('{ communities { nodes { id } } }');
      expect(error.extensions.code).toBe('INTERNAL');
      expect(error.message).not.toContain('community');
      const { incident } = error.extensions;
      expect(incident).toMatch(/^[0-9a-f-]{36}$/);
      expect(error.message).toContain(String(incident));
      const line = logged.find((each) => each.includes(String(incident)));
      expect(line).toContain('identity.community');
    } finally {
      await owner.query('ALTER TABLE identity.community_gone RENAME TO community');
      await owner.end();
    }
  });
});
