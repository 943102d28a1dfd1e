import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '#kernel';
import { MailService, Postman } from '#identity';
import { UnitOfWork } from '#platform';
import { BUILT_PASSWORD, buildPerson, type BuiltPerson } from '../support/builders/identity.builder.js';
import { headerOf } from '../support/mail-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('mails of an instance without a mail server', () => {
  let app: TestApp;
  let own: BuiltPerson;
  let played: { id: string; client: BuiltPerson['client'] };

  beforeAll(async () => {
    app = await startTestApp({ environment: { COMMONWRIGHT_DEMO: 'true' } });
    own = await buildPerson(app, 'Own');
    const client = app.client();
    const input = {
      email: 'mara@example.org',
      password: BUILT_PASSWORD,
      displayName: 'Mara',
      demoRole: 'Treasurer',
    };
    const { signUp } = await client.get<{ signUp: { id: string } }>(
      `mutation ($input: SignUpInput!) { signUp(input: $input) { id } }`,
      { input },
    );
    played = { id: signUp.id, client };
    const mails = app.app.get(MailService, { strict: false });
    await app.app.get(UnitOfWork).run((tx) =>
      mails.queue(tx, {
        personIds: [own.id, played.id] as Id<'person'>[],
        occasion: 'test:folder',
        kind: 'changes',
        subject: 'CSM-2026-0001 is active',
        body: 'Every party has accepted it.',
        path: '/contracts/CSM-2026-0001',
      }),
    );
    await app.settle();
    await app.worker?.get(Postman).run();
  }, 60_000);
  afterAll(() => app?.close());

  it('lie as files in the data directory, for this user’s eyes alone', async () => {
    const folder = join(app.config.dataDir, 'mail');
    const files = await readdir(folder);
    expect(files).toHaveLength(2);
    expect(files.every((file) => /^2026-03-02-[0-9a-f-]{36}\.eml$/.test(file))).toBe(true);
    expect(((await stat(folder)).mode & 0o777).toString(8)).toBe('700');
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    const mara = texts.find((text) => headerOf(text, 'To') === 'Mara <mara@example.org>') ?? '';
    expect(headerOf(mara, 'Subject')).toBe('CSM-2026-0001 is active');
    expect(((await stat(join(folder, files[0] as string))).mode & 0o777).toString(8)).toBe('600');
  });

  it('are read in the app, and those of the story’s people by everybody in the demo', async () => {
    const query = `{ mailLeaves mails { nodes { subject body state } } demoMails { nodes { subject recipient { displayName } } } }`;
    expect(await own.client.get(query)).toEqual({
      mailLeaves: false,
      mails: {
        nodes: [{ subject: 'CSM-2026-0001 is active', body: 'Every party has accepted it.', state: 'sent' }],
      },
      // Own has an account of their own: nobody else reads their mail, in the demo neither.
      demoMails: { nodes: [{ subject: 'CSM-2026-0001 is active', recipient: { displayName: 'Mara' } }] },
    });
  });
});
