import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MailOrder } from '#identity';
import { buildPerson, type BuiltPerson } from '../support/builders/identity.builder.js';
import { mailOrder, postMails, queueMail } from '../support/builders/mail.builder.js';
import { headerOf, startMailServer, type TestMailServer } from '../support/mail-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let server: TestMailServer;
let app: TestApp;
let noor: BuiltPerson;
let sven: BuiltPerson;
beforeAll(async () => {
  server = await startMailServer();
  app = await startTestApp({
    environment: { SMTP_URL: server.url, MAIL_FROM: 'csm@oak.example', PUBLIC_URL: 'https://csm.example' },
  });
  noor = await buildPerson(app, 'Noor');
  sven = await buildPerson(app, 'Sven');
}, 60_000);
afterAll(async () => {
  await app?.close();
  await server?.stop();
});

describe('who wants no more mails of a kind', () => {
  const SETTINGS = `{ mailSettings { kind isOn } }`;
  const CHANGE = `mutation ($input: ChangeMailSettingInput!) { changeMailSetting(input: $input) { kind isOn } }`;

  async function settings(person: BuiltPerson): Promise<Record<string, boolean>> {
    const { mailSettings } = await person.client.get<{ mailSettings: { kind: string; isOn: boolean }[] }>(
      SETTINGS,
    );
    return Object.fromEntries(mailSettings.map(({ kind, isOn }) => [kind, isOn]));
  }

  async function linkOf(person: BuiltPerson, kind: MailOrder['kind']): Promise<string> {
    await queueMail(app, mailOrder([person], { kind }));
    await postMails(app);
    const link = headerOf(server.received.at(-1)?.text ?? '', 'List-Unsubscribe') ?? '';
    return link.slice('<https://csm.example'.length, -1);
  }

  it('switches it off and on again, and others stay on', async () => {
    const input = { kind: 'deadlines', isOn: false };
    await noor.client.get(CHANGE, { input });
    expect(await settings(noor)).toEqual({
      instalments: true,
      deadlines: false,
      questions: true,
      changes: true,
    });
    expect(await queueMail(app, mailOrder([noor, sven], { kind: 'deadlines' }))).toBe(1);
    await noor.client.get(CHANGE, { input: { ...input, isOn: true } });
    expect(await queueMail(app, mailOrder([noor], { kind: 'deadlines' }))).toBe(1);
    await postMails(app);
  });

  it.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
    ],
  ])('does so by one click in a mail program, without signing in (%s)', async (type, body) => {
    const person = await buildPerson(app, 'Click');
    const path = await linkOf(person, 'questions');
    const seen = await fetch(`${app.url}${path}`, { redirect: 'manual' });
    expect([seen.status, seen.headers.get('location')]).toEqual([
      302,
      path.replace('/mail/unsubscribe/', '/app/unsubscribe/'),
    ]);
    expect((await settings(person))['questions']).toBe(true);
    const answer = await fetch(`${app.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect([answer.status, await answer.text()]).toEqual([
      200,
      'You get no more mails of this kind: questions.\n',
    ]);
    expect(await settings(person)).toMatchObject({ questions: false, instalments: true });
    expect(await queueMail(app, mailOrder([person], { kind: 'questions' }))).toBe(0);
  });

  it('does so on the page behind the link, as a stranger to this browser', async () => {
    const person = await buildPerson(app, 'Page');
    const token = (await linkOf(person, 'changes')).split('/').at(-1);
    const visitor = app.client();
    const query = `query ($token: String!) { mailUnsubscription(token: $token) { kind } }`;
    expect(await visitor.get(query, { token })).toEqual({ mailUnsubscription: { kind: 'changes' } });
    const mutation = `mutation ($input: UnsubscribeFromMailInput!) { unsubscribeFromMail(input: $input) { kind } }`;
    await visitor.get(mutation, { input: { token } });
    expect((await settings(person))['changes']).toBe(false);
  });

  it('is refused with a link that we did not write, whichever part of it is changed', async () => {
    const path = await linkOf(noor, 'changes');
    const token = path.split('/').at(-1) ?? '';
    const changed = [0, 32, 40].map((at) => {
      const other = token[at] === '1' ? '2' : '1';
      return token.slice(0, at) + other + token.slice(at + 1);
    });
    for (const wrong of [...changed, 'x', token.slice(1)]) {
      const answer = await fetch(`${app.url}/mail/unsubscribe/${wrong}`, { method: 'POST' });
      expect([answer.status, await answer.text()]).toEqual([
        404,
        'This link is not one of ours. Was the whole of it copied?\n',
      ]);
    }
    expect((await settings(noor))['changes']).toBe(true);
  });
});

describe('the mails in the app', () => {
  const MAILS = `query ($first: Int!, $after: String) { mails(first: $first, after: $after) {
    nodes { subject state recipient { displayName } } pageInfo { hasNextPage endCursor } } }`;

  interface Answer {
    readonly mails: {
      readonly nodes: { readonly subject: string; readonly state: string }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  }

  it('are each person’s own, the newest first, page by page', async () => {
    const person = await buildPerson(app, 'Reader');
    for (const subject of ['one', 'two', 'three']) await queueMail(app, mailOrder([person], { subject }));
    await queueMail(app, mailOrder([sven], { subject: 'not yours' }));
    await postMails(app);
    const first = await person.client.get<Answer>(MAILS, { first: 2 });
    expect(first.mails.nodes).toEqual([
      { subject: 'three', state: 'sent', recipient: { displayName: 'Reader' } },
      { subject: 'two', state: 'sent', recipient: { displayName: 'Reader' } },
    ]);
    const after = first.mails.pageInfo.endCursor;
    const second = await person.client.get<Answer>(MAILS, { first: 2, after });
    expect(second.mails.nodes.map(({ subject }) => subject)).toEqual(['one']);
    expect(second.mails.pageInfo.hasNextPage).toBe(false);
  });

  it('of others are shown to nobody, not even by the list of the demo', async () => {
    const query = `{ demoMails { nodes { subject } } }`;
    expect((await noor.client.refusal(query)).extensions.code).toBe('FORBIDDEN');
    expect((await app.client().refusal(query)).extensions.code).toBe('UNAUTHENTICATED');
    expect((await app.client().refusal(MAILS, { first: 1 })).extensions.code).toBe('UNAUTHENTICATED');
  });
});
