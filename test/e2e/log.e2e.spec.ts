import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { LedgerDigests, LogClockwork } from '#registry';
import { canonicalText } from '../../libs/registry/src/log/core/canonical.js';
import { base64Of, utf8 } from '../../libs/registry/src/log/core/bytes.js';
import { openCheckpoint } from '../../libs/registry/src/log/core/checkpoint.js';
import { leafHash } from '../../libs/registry/src/log/core/merkle.js';
import { readVkey, SIGNATURE_TYPES } from '../../libs/registry/src/log/core/note.js';
import { statementText } from '../../libs/registry/src/log/core/statement.js';
import { entriesOfBundle } from '../../libs/registry/src/log/core/tiles.js';
import { openTlogProof, readTlogProof } from '../../libs/registry/src/log/core/tlog-proof.js';
import { activeContract, buildContractWorld, openContract } from '../support/builders/contract.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

describe('the public log over HTTP', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });

  afterAll(() => app.close());

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${app.url}${path}`, { headers });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      text: Buffer.from(bytes).toString('utf8'),
    };
  };

  it('holds a release a moment after it was published, provable by its document alone', async () => {
    const world = await buildContractWorld(app);
    const { ref } = await openContract(world);
    await app.worker?.get(LogClockwork).round();
    const keys = (await get('/log/vkey')).text.trim().split('\n').map(readVkey);
    const log = keys.filter(({ type }) => type === SIGNATURE_TYPES.ed25519);
    expect(keys.map(({ type }) => type)).toEqual([SIGNATURE_TYPES.ed25519, SIGNATURE_TYPES.cosignature]);
    const origin = log[0]?.name ?? '';
    const head = await get('/log/checkpoint');
    expect(head.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(head.headers.get('access-control-allow-origin')).toBe('*');
    expect(head.headers.get('cache-control')).toBe('public, no-cache');
    expect(openCheckpoint(head.text, origin, log).size).toBe(1);

    const released = await get(`/registry/contracts/${ref}/releases/1.json`);
    const document = JSON.parse(released.text) as { publishedAt: string };
    const statement = statementText({
      kind: 'release',
      subject: ref,
      number: 1,
      day: null,
      sha256: sha256(released.bytes),
      publishedAt: document.publishedAt,
    });
    const proof = await get(`/registry/contracts/${ref}/releases/1.tlog-proof`);
    expect(proof.status).toBe(200);
    expect(
      openTlogProof(readTlogProof(proof.text), leafHash(utf8(statement)), { origin, keys: log }).size,
    ).toBe(1);

    const bundle = await get('/log/tile/entries/000.p/1');
    expect(entriesOfBundle(bundle.bytes, 1).map((entry) => Buffer.from(entry).toString())).toEqual([
      statement,
    ]);
    const tile = await get('/log/tile/0/000.p/1');
    expect(tile.headers.get('content-type')).toBe('application/octet-stream');
    expect(tile.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(base64Of(tile.bytes)).toBe(base64Of(leafHash(utf8(statement))));
    expect(
      (await get('/log/tile/0/000.p/1', { 'if-none-match': tile.headers.get('etag') ?? '' })).status,
    ).toBe(304);
    const page = (await get(`/registry/contracts/${ref}`)).text;
    expect(page).toContain('is entry <strong>0</strong> of the public log');
  });

  it('commits no release without its leaf, whoever writes it', async () => {
    const owner = new pg.Client({ connectionString: app.database.ownerUrl });
    await owner.connect();
    try {
      await owner.query('BEGIN');
      await owner.query(
        `INSERT INTO contracting.release (contract_id, number, sha256, canonical_json, published_by, published_at)
         SELECT contract_id, 99, encode(sha256('{}'::bytea), 'hex'), '{}', published_by, published_at
         FROM contracting.release LIMIT 1`,
      );
      await expect(owner.query('COMMIT')).rejects.toMatchObject({ constraint: 'release_logged' });
    } finally {
      await owner.end();
    }
  });

  it('has no tile, proof or document that is not there', async () => {
    for (const path of [
      '/log/tile/0/000',
      '/log/tile/0/000.p/2',
      '/log/tile/1/000.p/1',
      '/log/tile/entries/001.p/1',
      '/log/tile/0/0',
      '/log/tile/',
      `/log/documents/${'ab'.repeat(32)}.json`,
      '/registry/contracts/CSM-2026-0999/releases/1.tlog-proof',
      '/registry/ledgers/nobody/2026-03-02.json',
    ])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
  });

  it('takes in a digest of each day of a community’s books, which whoever has the books can compute', async () => {
    const world = await buildContractWorld(app);
    await activeContract(world);
    const day = app.clock.now().toISOString().slice(0, 10);
    const slug = world.fablab.slug;
    expect(await app.worker?.get(LedgerDigests).run()).toBe(0);
    app.clock.advance({ days: 1 });
    expect(await app.worker?.get(LedgerDigests).run()).toBe(1);
    expect(await app.worker?.get(LedgerDigests).run()).toBe(0);
    await app.worker?.get(LogClockwork).round();
    const books = await get(`/registry/ledgers/${slug}/${day}.json`);
    const { transfers, ...rest } = JSON.parse(books.text) as { transfers: string[] };
    expect(rest).toEqual({ format: 'commonwright.ledger-day/1', community: slug, day });
    expect(transfers.length).toBeGreaterThan(0);
    expect(transfers.every((each) => /^[0-9a-f]{64}$/.test(each))).toBe(true);
    expect(canonicalText({ ...rest, transfers } as never)).toBe(books.text);
    const size = openCheckpointSize((await get('/log/checkpoint')).text);
    const bundle = await get(`/log/tile/entries/000.p/${size}`);
    const leaves = entriesOfBundle(bundle.bytes, size).map(
      (entry) => JSON.parse(Buffer.from(entry).toString()) as object,
    );
    expect(leaves).toContainEqual(
      expect.objectContaining({ kind: 'ledger-digest', subject: slug, day, sha256: sha256(books.bytes) }),
    );
  });
});

function openCheckpointSize(note: string): number {
  return Number(note.split('\n')[1]);
}
