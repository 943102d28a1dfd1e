import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { LogLeaves, UnitOfWork } from '#platform';
import { LedgerDigests, LogClockwork } from '#registry';
import type { SeenLog } from '../../libs/registry/src/verify/seen-log.js';
import { httpSite } from '../../libs/registry/src/verify/site.js';
import { verifyLog, type Verdict } from '../../libs/registry/src/verify/verifier.js';
import { activeContract, buildContractWorld, openContract } from '../support/builders/contract.builder.js';
import { pay, repay } from '../support/builders/obligation.builder.js';
import { noteSkipped } from '../support/skip.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** So many changes are tried in each run; thousands with VERIFY_CHANGES=5000 npm test -- verify. */
const CHANGES = Number(process.env['VERIFY_CHANGES'] ?? 100);
const SCRIPT = join(process.cwd(), 'dist/verify/verify.mjs');

let app: TestApp;
let superuser: pg.Client;

beforeAll(async () => {
  app = await startTestApp();
  const world = await buildContractWorld(app);
  const { pledge } = await activeContract(world);
  await pay(world.mira, pledge.id, 300_000);
  await repay(world.mira, pledge.id, 300_000);
  await openContract(world);
  const leaves = app.worker?.get(LogLeaves, { strict: false });
  await app.worker?.get(UnitOfWork).run(async (tx) => {
    await leaves?.append(tx, {
      kind: 'split-rule',
      subject: 'stool',
      number: 1,
      document: '{"free":3000,"parts":7000}',
    });
  });
  app.clock.advance({ days: 1 });
  await app.worker?.get(LedgerDigests).run();
  await grow();
  superuser = new pg.Client({ connectionString: app.database.superuserUrl });
  await superuser.connect();
  await superuser.query(`SET session_replication_role = replica`);
  for (const [table, check] of [
    ['contracting.release', 'release_sha256_of_text'],
    ['registry.log_document', 'log_document_sha256_of_text'],
    ['registry.log_leaf', 'log_leaf_format'],
    ['registry.log_leaf', 'log_leaf_kind_form'],
    ['registry.log_leaf', 'log_leaf_sha256_form'],
    ['ledger.entry', 'entry_layer_known'],
    ['ledger.entry', 'entry_position_sealed'],
  ])
    await superuser.query(`ALTER TABLE ${table} DROP CONSTRAINT ${check}`);
});

afterAll(async () => {
  await superuser.end();
  await app.close();
});

async function grow(): Promise<void> {
  await app.worker?.get(LogClockwork).round();
}

function verify(seen: SeenLog | null, said: string[] = []): Promise<Verdict> {
  return verifyLog({ site: httpSite(app.url, fetch), seen, say: (sentence) => said.push(sentence) });
}

describe('the verifier, from outside', () => {
  it('finds an honest log green, and goes on from what it saw', async () => {
    const said: string[] = [];
    const first = await verify(null, said);
    expect([first.problems, first.line]).toEqual([
      [],
      expect.stringMatching(/^GREEN {2}5 entries and 5 documents/),
    ]);
    expect(said).toContain('5 published documents were read, 2 contracts added up.');
    const again = await verify(first.seen);
    expect(again.problems).toEqual([]);
  });

  it('does not take a log for the one it saw when its key is another, or when it has become smaller', async () => {
    const { seen } = await verify(null);
    const head = await superuser.query<{ size: string }>(
      `SELECT max(size) AS size FROM registry.log_checkpoint`,
    );
    await superuser.query(`CREATE TABLE public.kept AS SELECT * FROM registry.log_checkpoint`);
    await superuser.query(`DELETE FROM registry.log_checkpoint WHERE size = $1`, [head.rows[0]?.size]);
    const smaller = await verify(seen);
    await superuser.query(
      `INSERT INTO registry.log_checkpoint SELECT * FROM public.kept ON CONFLICT DO NOTHING`,
    );
    expect(smaller.line).toMatch(/^RED/);
    const other = {
      ...(seen as SeenLog),
      vkeys: ['other.example/log+5f9cf5cd+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'],
    };
    expect((await verify(other)).line).toMatch(/^RED/);
    expect((await verify(seen)).problems).toEqual([]);
  });

  it(`sees each of ${CHANGES} changes of one byte that a superuser makes in the database`, async () => {
    const { seen } = await verify(null);
    const seed = Date.now() % 1_000_000;
    const random = dice(seed);
    const missed: string[] = [];
    const kinds = new Map<string, number>();
    for (let done = 0; done < CHANGES;) {
      const place = await somePlace(random);
      const undo = await place.change();
      if (!undo) continue;
      // Half of the readers see the log for the first time: they have nothing to compare it with.
      const verdict = await verify(done % 2 === 0 ? seen : null);
      await undo();
      if (verdict.problems.length === 0) missed.push(`${place.what} (seed ${seed})`);
      kinds.set(place.kind, (kinds.get(place.kind) ?? 0) + 1);
      done += 1;
    }
    expect(missed).toEqual([]);
    expect([...kinds.keys()].sort()).toEqual([
      'checkpoint',
      'document',
      'entry',
      'leaf',
      'node',
      'release',
      'transfer',
    ]);
    expect((await verify(seen)).problems).toEqual([]);
  }, 3_600_000);

  it('is one file that Node runs alone, with a line and a code', async () => {
    if (!existsSync(SCRIPT)) return noteSkipped('dist/verify/verify.mjs is not built: npm run build:server.');
    const folder = mkdtempSync(join(tmpdir(), 'commonwright-verify-'));
    const served = await fetch(`${app.url}/verify.mjs`);
    expect([served.status, served.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ]);
    expect(Buffer.from(await served.arrayBuffer()).equals(readFileSync(SCRIPT))).toBe(true);
    const state = join(folder, 'seen.json');
    expect(await run([app.url, '--state', state, '--quiet'])).toEqual([0, expect.stringMatching(/^GREEN/)]);
    const flip = `UPDATE registry.log_node SET hash = set_byte(hash, 0, get_byte(hash, 0) # 1) WHERE level = 0 AND index = 2`;
    await superuser.query(flip);
    const before = readFileSync(state, 'utf8');
    expect(await run([app.url, '--state', state, '--quiet'])).toEqual([1, expect.stringMatching(/^RED/)]);
    await superuser.query(flip);
    expect(readFileSync(state, 'utf8')).toBe(before);
    expect(await run(['http://127.0.0.1:9', '--state', state])).toEqual([2, expect.any(String)]);
    expect(await run(['not an address'])).toEqual([2, expect.any(String)]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('has a page that explains itself without JavaScript', async () => {
    const page = await (await fetch(`${app.url}/verify`)).text();
    expect(page).toContain('<noscript');
    expect(page).toContain(`node verify.mjs ${app.url}`);
    expect(page).toContain('It covers <strong>5</strong> entries');
    expect(page).toContain('<script type="module" src="/verify-page.js"></script>');
    expect((await fetch(`${app.url}/verify-page.js`)).status).toBe(existsSync(SCRIPT) ? 200 : 503);
  });
});

function run(args: readonly string[]): Promise<[number, string]> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SCRIPT, ...args], (error, stdout) => {
      resolve([error ? Number(error.code) : 0, stdout.trim()]);
    });
  });
}

interface Place {
  readonly kind: string;
  readonly what: string;
  /** @returns how to undo it; null when PostgreSQL itself cannot store such a row */
  change(): Promise<(() => Promise<void>) | null>;
}

type Dice = (below: number) => number;

const TEXTS = [
  ['release', 'contracting.release', 'canonical_json'],
  ['leaf', 'registry.log_leaf', 'statement'],
  ['document', 'registry.log_document', 'canonical_json'],
  ['checkpoint', 'registry.log_checkpoint', 'note'],
  ['transfer', 'ledger.transfer', 'description'],
] as const;

const ENTRY_CHANGES = [
  'amount_minor = amount_minor # 1',
  'amount_minor = amount_minor # 65536',
  `layer = overlay(layer placing 'x' from 1)`,
  `currency = 'EUS'`,
  'entry_count = entry_count # 8',
  `account_id = (SELECT id FROM ledger.account WHERE id <> account_id LIMIT 1)`,
] as const;

/** One byte of one row, chosen by the dice. */
async function somePlace(random: Dice): Promise<Place> {
  const kind = random(TEXTS.length + 2);
  const text = TEXTS[kind];
  if (text) return textPlace(text, random);
  if (kind === TEXTS.length)
    return rowPlace('node', 'registry.log_node', random, () => {
      const byte = random(32);
      return `hash = set_byte(hash, ${byte}, get_byte(hash, ${byte}) # ${1 + random(255)})`;
    });
  return rowPlace('entry', 'ledger.entry', random, () => ENTRY_CHANGES[random(ENTRY_CHANGES.length)] ?? '');
}

async function rowPlace(kind: string, table: string, random: Dice, change: () => string): Promise<Place> {
  const { rows } = await superuser.query<{ ctid: string }>(`SELECT ctid FROM ${table} ORDER BY ctid`);
  const set = change();
  const at = rows[random(rows.length)]?.ctid;
  return { kind, what: `${table} ${set}`, change: () => changeRow(table, set, at ?? '') };
}

async function textPlace([kind, table, column]: (typeof TEXTS)[number], random: Dice): Promise<Place> {
  // Only the last head is served: an older one is history, and nobody is told that it was signed.
  const only = kind === 'checkpoint' ? 'WHERE size = (SELECT max(size) FROM registry.log_checkpoint)' : '';
  const { rows } = await superuser.query<{ ctid: string; text: string }>(
    `SELECT ctid, ${column} AS text FROM ${table} ${only} ORDER BY ctid`,
  );
  const row = rows[random(rows.length)];
  const at = random(row?.text.length ?? 1);
  const was = row?.text[at] ?? '';
  const becomes = String.fromCharCode(33 + random(94));
  const set = `${column} = overlay(${column} placing ${pg.escapeLiteral(becomes)} from ${at + 1} for 1)`;
  return {
    kind,
    what: `${table} at ${at}: ${was} becomes ${becomes}`,
    change: () => (was === becomes ? Promise.resolve(null) : changeRow(table, set, row?.ctid ?? '')),
  };
}

async function changeRow(table: string, set: string, ctid: string): Promise<(() => Promise<void>) | null> {
  const kept = await superuser.query<{ row: object }>(
    `SELECT to_jsonb(t) AS row FROM ${table} t WHERE ctid = $1`,
    [ctid],
  );
  try {
    const { rowCount } = await superuser.query(`UPDATE ${table} SET ${set} WHERE ctid = $1`, [ctid]);
    if (rowCount !== 1) return null;
  } catch {
    return null;
  }
  const changed = await superuser.query<{ ctid: string; row: object }>(
    `SELECT ctid, to_jsonb(t) AS row FROM ${table} t`,
  );
  const before = JSON.stringify(kept.rows[0]?.row);
  const now = changed.rows.find(
    ({ row }) => JSON.stringify(row) !== before && sameKey(table, row, kept.rows[0]?.row),
  );
  if (!now) return null;
  return async () => {
    const columns = await writableColumns(table);
    await superuser.query(
      `UPDATE ${table} t SET (${columns.join(', ')}) =
         (SELECT ${columns.map((each) => `r.${each}`).join(', ')} FROM jsonb_populate_record(NULL::${table}, $2) r)
       WHERE t.ctid = $1`,
      [now.ctid, kept.rows[0]?.row],
    );
  };
}

/** None of the changes touches a primary key. */
function sameKey(table: string, a: object, b: object | undefined): boolean {
  const keys: Record<string, readonly string[]> = {
    'contracting.release': ['contract_id', 'number'],
    'registry.log_leaf': ['id'],
    'registry.log_document': ['sha256'],
    'registry.log_checkpoint': ['size'],
    'registry.log_node': ['level', 'index'],
    'ledger.transfer': ['id'],
    'ledger.entry': ['transfer_id', 'position'],
  };
  const value = (row: object | undefined, key: string): unknown =>
    (row as Record<string, unknown> | undefined)?.[key];
  return (keys[table] ?? []).every((key) => value(a, key) === value(b, key));
}

async function writableColumns(table: string): Promise<string[]> {
  const { rows } = await superuser.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = ''`,
    [table],
  );
  return rows.map(({ name }) => pg.escapeIdentifier(name));
}

/** A generator of which a seed says all (mulberry32). */
function dice(seed: number): Dice {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
