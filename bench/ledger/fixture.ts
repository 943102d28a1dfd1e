import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { secureRandom, systemClock, uuidv7, type Id } from '#kernel';
import { migrate } from '../../apps/api/src/database/migrate.js';

interface Server {
  readonly version: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  stop(): Promise<void>;
}

export interface Fixture {
  readonly appUrl: string;
  readonly version: string;
  /** A connection of the owner, for set-based fixtures. */
  readonly owner: pg.Client;
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
  const owner = new pg.Client({ connectionString: server.ownerUrl });
  try {
    await migrate(server.ownerUrl, 'commonwright_app');
    await owner.connect();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    appUrl: server.appUrl,
    version: server.version,
    owner,
    stop: async () => {
      await owner.end();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export function newId<Kind extends string>(): Id<Kind> {
  return uuidv7<Kind>(systemClock.now().getTime(), secureRandom.bytes(10));
}

export async function insertCommunity(owner: pg.Client, slug: string): Promise<Id<'community'>> {
  const id = newId<'community'>();
  await owner.query(
    `INSERT INTO identity.community (id, slug, name, description, receives, manufactures, created_at)
     VALUES ($1, $2, 'Bench', '', true, true, now())`,
    [id, slug],
  );
  return id;
}

export async function insertAccounts(
  owner: pg.Client,
  community: Id<'community'>,
  given: { readonly count: number; readonly prefix: string; readonly limited: boolean },
): Promise<Id<'account'>[]> {
  const ids = Array.from({ length: given.count }, () => newId<'account'>());
  await owner.query(
    `INSERT INTO ledger.account (id, owner_community_id, code, name, currency, normal_side, limited, created_at)
     SELECT id, $2, $3 || ':a' || n, 'Bench', 'EUR', 'debit', $4, now() FROM unnest($1::uuid[]) WITH ORDINALITY AS given (id, n)`,
    [ids, community, given.prefix, given.limited],
  );
  return ids;
}
