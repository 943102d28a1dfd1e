import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildProduct, buildVersion, operation } from '../support/builders/catalogue.builder.js';
import {
  buildCommunity,
  buildFablab,
  buildPerson,
  type BuiltCommunity,
  type BuiltPerson,
} from '../support/builders/identity.builder.js';
import { noteSkipped } from '../support/skip.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const HOSTILE_TITLE = `Trailers </title><script>alert("x")</script> & Łódź, Ρυμουλκά`;
const SECRET_TITLE = 'A plan that nobody may know yet';

const hasPdftotext = (process.env['PATH'] ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder, 'pdftotext')));
if (!hasPdftotext)
  noteSkipped('pdftotext is not on the PATH, so the text of PDFs was not read: install poppler-utils.');

interface Drafted {
  readonly id: string;
  readonly ref: string;
  readonly draftRevision: number;
}

let app: TestApp;
let ines: BuiltPerson;
let marta: BuiltPerson;
let fablab: BuiltCommunity;
let village: BuiltCommunity;
let versionId: string;
let published: Drafted & { readonly sha256: string };
let drafted: Drafted;

async function create(who: BuiltPerson, mutation: string, input: object): Promise<string> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const answer = await who.client.get<Record<string, { id: string }>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`,
    { input },
  );
  return answer[mutation]?.id ?? '';
}

async function draft(title: string): Promise<Drafted> {
  const euros = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
  const line = {
    productVersionId: versionId,
    receiverId: village.id,
    tier: 'fair',
    quantity: 3,
    dueOn: '2026-09-30',
  };
  const input = {
    idempotencyKey: randomUUID(),
    fablabId: fablab.id,
    receivingCommunityIds: [village.id],
    title,
    summary: 'Three trailers, so that nobody needs a car for the market.',
    currency: 'EUR',
    deadline: '2026-06-30',
    threshold: euros('150000'),
    deliverables: [{ ...line, unitPrice: euros('24000') }],
    repaymentTerms: 'The principal, in ten monthly parts.',
    endCondition: 'The scrutiny ends when the loan is repaid.',
    mediator: 'The neighbourhood house',
    milestones: [{ name: 'Prototype shown', dueOn: '2026-07-31' }],
  };
  const answer = await ines.client.get<{ draftContract: Drafted }>(
    `mutation ($input: DraftContractInput!) { draftContract(input: $input) { id ref draftRevision } }`,
    { input },
  );
  return answer.draftContract;
}

async function open({ id, draftRevision }: Drafted): Promise<string> {
  const answer = await ines.client.get<{ openContract: { currentRelease: { sha256: string } } }>(
    `mutation ($input: OpenContractInput!) { openContract(input: $input) { currentRelease { sha256 } } }`,
    { input: { idempotencyKey: randomUUID(), contractId: id, draftRevision } },
  );
  return answer.openContract.currentRelease.sha256;
}

async function accept(who: BuiltPerson, community: BuiltCommunity): Promise<void> {
  const release = { releaseNumber: 1, releaseSha256: published.sha256 };
  await create(who, 'acceptRelease', {
    idempotencyKey: randomUUID(),
    contractId: published.id,
    communityId: community.id,
    ...release,
  });
}

/** As a stranger: a fresh client without any cookie. */
async function read(path: string): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await app.client().fetch(path);
  return { status: response.status, text: await response.text(), headers: response.headers };
}

async function bytesOf(path: string): Promise<Buffer> {
  const response = await app.client().fetch(path);
  expect([path, response.status]).toEqual([path, 200]);
  return Buffer.from(await response.arrayBuffer());
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function textOfPdf(bytes: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'commonwright-pdf-'));
  try {
    writeFileSync(join(folder, 'release.pdf'), bytes);
    execFileSync('pdftotext', ['-enc', 'UTF-8', 'release.pdf', 'release.txt'], { cwd: folder });
    return readFileSync(join(folder, 'release.txt'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

beforeAll(async () => {
  app = await startTestApp();
  ines = await buildPerson(app, 'Ines');
  marta = await buildPerson(app, 'Marta');
  fablab = await buildFablab(ines, 'Rivermill <b>Fablab</b>');
  village = await buildCommunity(marta, { name: 'Oak Hollow' });
  const sectionId = await create(ines, 'createSection', { fablabId: fablab.id, name: 'Woodworking' });
  const workCentreId = await create(ines, 'createWorkCentre', {
    sectionId,
    name: 'Bench',
    capacity: 1,
    requiredQualificationIds: [],
  });
  const product = await buildProduct(ines, fablab, 'Trailer');
  versionId = (
    await buildVersion(ines, product, [operation('Cut', workCentreId), operation('Join', workCentreId, [1])])
  ).id;
  drafted = await draft(SECRET_TITLE);
  const first = await draft(HOSTILE_TITLE);
  published = { ...first, sha256: await open(first) };
}, 60_000);

afterAll(() => app?.close());

describe('a published contract', () => {
  it('has a page that anyone reads without an account, cookies or scripts', async () => {
    const { status, text, headers } = await read(`/registry/contracts/${published.ref}`);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.getSetCookie()).toEqual([]);
    expect(text).not.toMatch(/<script/i);
    expect(text).toContain(
      'Trailers &lt;/title&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; Łódź, Ρυμουλκά',
    );
    expect(text).toContain('Rivermill &lt;b&gt;Fablab&lt;/b&gt;');
    expect(text).toContain('1,500.00\u00a0EUR still to be pledged.');
    expect(text).toContain(published.sha256);
    expect(text).not.toMatch(/Ines|Marta|@example\.org/);
    for (const each of text.matchAll(/(?:src|href)="([^"]*)"/g)) {
      expect(each[1]).toMatch(/^(\/|#|data:|http:\/\/127\.0\.0\.1)/);
    }
  });

  it('has a JSON whose hash is that of the release, under both of its addresses', async () => {
    const latest = await bytesOf(`/registry/contracts/${published.ref}.json`);
    const release = await bytesOf(`/registry/contracts/${published.ref}/releases/1.json`);
    const { headers } = await read(`/registry/contracts/${published.ref}.json`);

    expect(hashOf(latest)).toBe(published.sha256);
    expect(release.equals(latest)).toBe(true);
    expect(headers.get('etag')).toBe(`"sha256:${published.sha256}"`);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(JSON.parse(latest.toString())).toMatchObject({
      contract: published.ref,
      release: 1,
      title: HOSTILE_TITLE,
    });
  });

  it('is not sent again to who has it', async () => {
    const headers = { 'if-none-match': `"sha256:${published.sha256}"` };
    const response = await app
      .client()
      .fetch(`/registry/contracts/${published.ref}/releases/1.json`, { headers });

    expect([response.status, await response.text()]).toEqual([304, '']);
  });

  it('has a PDF with the same bytes each time', async () => {
    const first = await bytesOf(`/registry/contracts/${published.ref}.pdf`);
    const second = await bytesOf(`/registry/contracts/${published.ref}/releases/1.pdf`);

    expect(first.subarray(0, 5).toString()).toBe('%PDF-');
    expect(first.equals(second)).toBe(true);
  });

  (hasPdftotext ? it : it.skip)('prints the hash of the JSON into the PDF, and its own address', async () => {
    const text = textOfPdf(await bytesOf(`/registry/contracts/${published.ref}.pdf`));

    expect(text).toContain(hashOf(await bytesOf(`/registry/contracts/${published.ref}.json`)));
    expect(text).toContain(`${app.url}/registry/contracts/${published.ref}`);
    expect(text.replace(/\s+/g, ' ')).toContain(
      'Trailers </title><script>alert("x")</script> & Łódź, Ρυμουλκά',
    );
  });

  it('stands in the list and on the start page, with the totals', async () => {
    for (const path of ['/', '/registry', '/registry?state=open']) {
      expect((await read(path)).text).toContain(`<a href="/registry/contracts/${published.ref}">`);
    }
    expect((await read('/registry?state=completed')).text).not.toContain(published.ref);
    expect((await read('/')).text).toMatch(/<a href="\/registry\?state=open"\s*>\s*<b>1<\/b>/);
  });

  it('answers HEAD without a body', async () => {
    const response = await app.client().fetch(`/registry/contracts/${published.ref}`, { method: 'HEAD' });

    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});

describe('a draft', () => {
  it('looks exactly like a contract that does not exist', async () => {
    for (const ending of ['', '.json', '.pdf', '/releases/1', '/releases/1.json', '/releases/1.pdf']) {
      const hidden = await read(`/registry/contracts/${drafted.ref}${ending}`);
      const unknown = await read(`/registry/contracts/CSM-2026-9999${ending}`);
      expect([hidden.status, unknown.status]).toEqual([404, 404]);
      expect(hidden.text).toBe(unknown.text);
    }
  });

  it('is shown nowhere, to its own coordinator neither', async () => {
    for (const path of ['/', '/registry', '/registry?state=open']) {
      expect((await read(path)).text).not.toContain(drafted.ref);
      expect((await read(path)).text).not.toContain(SECRET_TITLE);
      expect(await (await ines.client.fetch(path)).text()).not.toContain(SECRET_TITLE);
    }
    expect((await read('/registry?state=draft')).status).toBe(400);
  });
});

describe('the list', () => {
  it('refuses a cursor that is none with a page that says so', async () => {
    for (const cursor of [
      'nonsense',
      '%00',
      'WyJhIl0',
      'W10',
      Buffer.from('["x","y"]').toString('base64url'),
    ]) {
      const { status, text } = await read(`/registry?after=${cursor}`);
      expect([cursor, status]).toEqual([cursor, 400]);
      expect(text).toContain('This address cannot be read');
    }
  });

  it('pages through all contracts by plain links, newest first, each once', async () => {
    const refs: string[] = [];
    for (let index = 0; index < 22; index += 1) {
      app.clock.advance({ minutes: 1 });
      const more = await draft(`Batch ${index}`);
      await open(more);
      refs.unshift(more.ref);
    }
    const seen: string[] = [];
    let path: string | undefined = '/registry';
    while (path !== undefined) {
      const { text } = await read(path);
      seen.push(
        ...[...text.matchAll(/href="\/registry\/contracts\/([^"]+)"/g)].map((match) => match[1] ?? ''),
      );
      path = /rel="next"\s+href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toEqual([...refs, published.ref]);
  });
});

describe('what happens to a contract', () => {
  it('shows on its page at once: acceptances, pledges, payments, state and work', async () => {
    const page = `/registry/contracts/${published.ref}`;
    await accept(ines, fablab);
    expect((await read(page)).text.match(/by its coordinator/g)).toHaveLength(1);
    await accept(marta, village);
    const amount = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
    const pledgeId = await create(marta, 'makePledge', {
      idempotencyKey: randomUUID(),
      contractId: published.id,
      communityId: village.id,
      amount: amount('150000'),
    });
    await create(ines, 'recordPayment', {
      idempotencyKey: randomUUID(),
      pledgeId,
      amount: amount('50000'),
      valueDate: '2026-03-02',
    });
    await app.settle();

    const { text } = await read(page);
    expect(text).toContain('<span class="badge active">active</span>');
    expect(text.match(/by its coordinator/g)).toHaveLength(2);
    expect(text).toContain(
      'aria-label="500.00\u00a0EUR received and 1,500.00\u00a0EUR pledged of 1,500.00\u00a0EUR needed"',
    );
    expect(text).toContain('aria-label="0 of 2 jobs done"');
    expect(hashOf(await bytesOf(`${page}/releases/1.json`))).toBe(published.sha256);
  });
});
