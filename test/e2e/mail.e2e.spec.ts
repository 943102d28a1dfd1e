import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { MailService, type MailOrder } from '#identity';
import { Database, UnitOfWork } from '#platform';
import { buildPerson, type BuiltPerson } from '../support/builders/identity.builder.js';
import { connect } from '../support/builders/ledger.builder.js';
import { mailOrder, postMails, queueMail } from '../support/builders/mail.builder.js';
import { headerOf, startMailServer, type TestMailServer } from '../support/mail-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Row {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly lastError: string | null;
}

let server: TestMailServer;
let app: TestApp;
let noor: BuiltPerson;
let sven: BuiltPerson;
beforeAll(async () => {
  server = await startMailServer();
  app = await startTestApp({
    environment: {
      SMTP_URL: server.url,
      MAIL_FROM: 'Oak Hollow <csm@oak.example>',
      PUBLIC_URL: 'https://csm.example',
    },
  });
  noor = await buildPerson(app, 'Noor');
  sven = await buildPerson(app, 'Sven');
}, 60_000);
afterAll(async () => {
  await app?.close();
  await server?.stop();
});
afterEach(() => {
  server.refuse = () => undefined;
  server.received.length = 0;
});

async function row(mail: MailOrder, person: BuiltPerson): Promise<Row | null> {
  return app.app
    .get(Database)
    .queryOne(
      `SELECT id, state, attempts, last_error AS "lastError" FROM identity.mail WHERE occasion = $1 AND person_id = $2`,
      [mail.occasion, person.id],
    );
}

async function light(): Promise<unknown> {
  const answer = await fetch(`${app.url}/health/ready`);
  return ((await answer.json()) as { parts: { mail: unknown } }).parts.mail;
}

describe('a mail', () => {
  it('goes to its person alone, with an id of its own and a way to get no more of them', async () => {
    const mail = mailOrder([noor, noor]);
    expect(await queueMail(app, mail)).toBe(1);
    await postMails(app);
    expect(server.received).toHaveLength(1);
    const [{ from, to, text }] = server.received as [TestMailServer['received'][number]];
    expect([from, to]).toEqual(['csm@oak.example', [noor.email]]);
    const sent = await row(mail, noor);
    expect(sent).toMatchObject({ state: 'sent', attempts: 1, lastError: null });
    expect(headerOf(text, 'Message-ID')).toBe(`<${sent?.id}@csm.example>`);
    expect(headerOf(text, 'From')).toBe('Oak Hollow <csm@oak.example>');
    expect(headerOf(text, 'To')).toBe(`Noor <${noor.email}>`);
    expect(headerOf(text, 'Subject')).toBe(
      '=?UTF-8?Q?Something_is_due=3A_=C5=BC=C3=B3=C5=82?= =?UTF-8?Q?=C4=87?=',
    );
    expect(headerOf(text, 'List-Unsubscribe')).toMatch(
      /^<https:\/\/csm\.example\/mail\/unsubscribe\/[\w-]{76}>$/,
    );
    expect(headerOf(text, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    expect(headerOf(text, 'Auto-Submitted')).toBe('auto-generated');
    expect(text).toContain('https://csm.example/app/contracts/CSM-2026-0001\r\n');
  });

  it('about the same is sent once, however often it is ordered, and to each of several people', async () => {
    const mail = mailOrder([noor, sven]);
    expect(await queueMail(app, mail)).toBe(2);
    expect(await queueMail(app, mail)).toBe(0);
    await postMails(app);
    expect(server.received.flatMap(({ to }) => to).sort()).toEqual([noor.email, sven.email].sort());
  });

  it('is not written when what gave rise to it is rolled back', async () => {
    const mail = mailOrder([noor]);
    const mails = app.app.get(MailService, { strict: false });
    const work = app.app.get(UnitOfWork).run(async (tx) => {
      await mails.queue(tx, mail);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    await postMails(app);
    expect([await row(mail, noor), server.received]).toEqual([null, []]);
  });

  it('that the server will not have is given up, seen by the operator, and in nobody’s way', async () => {
    server.refuse = (address) =>
      address === noor.email ? { code: 550, text: `no such user ${address}` } : undefined;
    const mail = mailOrder([noor, sven]);
    await queueMail(app, mail);
    await postMails(app);
    expect(await row(mail, noor)).toMatchObject({
      state: 'failed',
      attempts: 1,
      lastError: expect.stringContaining('550'),
    });
    expect((await row(mail, sven))?.state).toBe('sent');
    expect(await light()).toEqual({
      status: 'amber',
      detail: expect.stringContaining('0 not taken yet and tried again, 1 given up'),
    });
    expect(JSON.stringify(await light())).not.toContain('@');
    app.clock.advance({ days: 2 });
    expect(await light()).toEqual({ status: 'green' });
  });

  it('that the server cannot take now is tried again later, with the same id', async () => {
    server.refuse = () => ({ code: 451, text: 'try later' });
    const mail = mailOrder([noor, sven]);
    await queueMail(app, mail);
    await postMails(app);
    expect(await row(mail, noor)).toMatchObject({ state: 'queued', attempts: 1 });
    expect(await row(mail, sven)).toMatchObject({ state: 'queued', attempts: 1 });
    server.refuse = () => undefined;
    app.clock.advance({ seconds: 30 });
    await postMails(app);
    expect(server.received).toEqual([]);
    app.clock.advance({ seconds: 40 });
    await postMails(app);
    const sent = await row(mail, noor);
    expect(sent).toMatchObject({ state: 'sent', attempts: 2, lastError: null });
    expect(server.received.map(({ text }) => headerOf(text, 'Message-ID'))).toContain(
      `<${sent?.id}@csm.example>`,
    );
  });

  it('waits for a server that is down, which is not asked for each of them, and goes out when it is back', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => buildPerson(app, 'One')));
    await server.stop();
    const mail = mailOrder(people);
    await queueMail(app, mail);
    await postMails(app);
    const rows = await Promise.all(people.map((person) => row(mail, person)));
    expect(rows.map((each) => each?.state)).toEqual(Array(6).fill('queued'));
    // Each look at what is due asks the server once: that of the delivery, and that of this test.
    expect(rows.filter((each) => each?.attempts === 1).length).toBeLessThan(6);
    expect(server.received).toEqual([]);
    server = await startMailServer(server.port);
    app.clock.advance({ minutes: 20 });
    await postMails(app);
    expect(server.received).toHaveLength(6);
  });

  it('that a worker died with is sent by another one, as the same mail', async () => {
    const mail = mailOrder([noor], { occasion: 'test:died' });
    await queueMail(app, mail);
    await postMails(app);
    // As if the worker had died after the server’s yes: the mail is held for ten minutes, and not marked as sent.
    const owner = await connect(app.database.ownerUrl);
    await owner.query(
      `ALTER TABLE identity.mail DISABLE TRIGGER mail_fixed;
       UPDATE identity.mail SET state = 'queued', sent_at = NULL, next_attempt_at = created_at WHERE occasion = 'test:died';
       ALTER TABLE identity.mail ENABLE TRIGGER mail_fixed`,
    );
    await owner.end();
    await postMails(app);
    const ids = server.received.map(({ text }) => headerOf(text, 'Message-ID'));
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it.each([
    [
      'a line break in its subject',
      `INSERT INTO identity.mail (id, person_id, occasion, kind, subject, body, path, state, created_at, attempts, next_attempt_at)
       SELECT gen_random_uuid(), person_id, 'test:two-lines', kind, E'a\\nBcc: x', body, path, 'queued', created_at, 0, created_at
       FROM identity.mail LIMIT 1`,
      'mail_subject_form',
    ],
    ['another text after it was written', `UPDATE identity.mail SET body = 'other'`, 'mail is append-only'],
    [
      'a state that it has left',
      `UPDATE identity.mail SET state = 'queued', sent_at = NULL`,
      'mail is append-only',
    ],
  ])('cannot be given %s, not even by a statement', async (_what, sql, message) => {
    await expect(app.app.get(Database).query(sql)).rejects.toThrow(message);
  });
});
