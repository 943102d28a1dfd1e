import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { secureRandom, systemClock, uuidv7, type Id } from '#kernel';
import { migrate } from '../../apps/api/src/database/migrate.js';

interface Server {
  readonly version: string;
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  stop(): Promise<void>;
}

export interface Fixture {
  readonly appUrl: string;
  readonly version: string;
  /** A superuser's connection, which can put a million entries in place without asking the triggers about each. */
  readonly client: pg.Client;
  stop(): Promise<void>;
}

/** A private server, migrated. Without `durable` it keeps no promise about crashes, so that no disk is measured. */
export async function startFixture(durable: boolean): Promise<Fixture> {
  const launcher = pathToFileURL(join(process.cwd(), 'tools/embedded/postgres.mjs')).href;
  const { startPostgres } = (await import(launcher)) as {
    startPostgres(options: { dataDir: string; durable: boolean }): Promise<Server>;
  };
  const dataDir = mkdtempSync(join(tmpdir(), 'commonwright-bench-'));
  const server = await startPostgres({ dataDir, durable });
  const superuserUrl = new URL(server.superuserUrl);
  superuserUrl.pathname = new URL(server.ownerUrl).pathname;
  const client = new pg.Client({ connectionString: superuserUrl.toString() });
  try {
    await migrate(server.ownerUrl, 'commonwright_app');
    await client.connect();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    appUrl: server.appUrl,
    version: server.version,
    client,
    stop: async () => {
      await client.end();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export function newId<Kind extends string>(): Id<Kind> {
  return uuidv7<Kind>(systemClock.now().getTime(), secureRandom.bytes(10));
}

export async function insertCommunity(client: pg.Client, slug: string): Promise<Id<'community'>> {
  const id = newId<'community'>();
  await client.query(
    `INSERT INTO identity.community (id, slug, name, description, receives, manufactures, created_at)
     VALUES ($1, $2, 'Bench', '', true, true, now())`,
    [id, slug],
  );
  return id;
}

export async function insertAccounts(
  client: pg.Client,
  community: Id<'community'>,
  given: { readonly count: number; readonly prefix: string; readonly limited: boolean },
): Promise<Id<'account'>[]> {
  const ids = Array.from({ length: given.count }, () => newId<'account'>());
  await client.query(
    `INSERT INTO ledger.account (id, owner_community_id, code, name, currency, normal_side, limited, created_at)
     SELECT id, $2, $3 || ':a' || n, 'Bench', 'EUR', 'debit', $4, now() FROM unnest($1::uuid[]) WITH ORDINALITY AS given (id, n)`,
    [ids, community, given.prefix, given.limited],
  );
  return ids;
}
