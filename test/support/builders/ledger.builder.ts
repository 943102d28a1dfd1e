import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { systemClock, uuidv7, secureRandom, type Currency, type Id } from '#kernel';
import type { NormalSide } from '#ledger';

/** A new id, as the system makes them. */
export function newId<Kind extends string>(): Id<Kind> {
  return uuidv7<Kind>(systemClock.now().getTime(), secureRandom.bytes(10));
}

/** A connection of a test, whose 64-bit integers are bigints, and which several sessions may use at once. */
export async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    pipeline: true,
    types: {
      getTypeParser: (oid: number, format?: string) =>
        oid === 20 && format !== 'binary' ? BigInt : pg.types.getTypeParser(oid, format as 'text'),
    } as pg.CustomTypesConfig,
  });
  await client.connect();
  return client;
}

/** Inserts a community that can own accounts. */
export async function insertOwner(client: pg.Client): Promise<Id<'community'>> {
  const id = newId<'community'>();
  await client.query(
    `INSERT INTO identity.community (id, slug, name, description, receives, manufactures, created_at)
     VALUES ($1, $2, 'Books', '', true, true, now())`,
    [id, `books-${randomUUID()}`],
  );
  return id;
}

export async function insertAccount(
  client: pg.Client,
  account: { owner: Id<'community'>; limited?: boolean; currency?: string; normalSide?: NormalSide },
): Promise<{ id: Id<'account'>; currency: Currency; normalSide: NormalSide; limited: boolean }> {
  const id = newId<'account'>();
  const { limited = false, currency = 'EUR', normalSide = 'debit' } = account;
  await client.query(
    `INSERT INTO ledger.account (id, owner_community_id, code, name, currency, normal_side, limited, created_at)
     VALUES ($1::uuid, $2, 'assets:test:' || ($1::uuid)::text, 'Test', $3, $4, $5, now())`,
    [id, account.owner, currency, normalSide, limited],
  );
  return { id, currency: currency as Currency, normalSide, limited };
}

/** Writes a transfer's row without the ledger's functions, as somebody who means ill would. */
export async function insertTransferByHand(
  client: pg.Client,
  id: Id<'transfer'>,
  entryCount: number,
): Promise<void> {
  await client.query(
    `INSERT INTO ledger.transfer (id, entry_count, state, kind, description, value_date, booked_at, idempotency_key, input_hash)
     VALUES ($1, $2, 'posted', 'test', 'By hand', '2026-03-02', now(), $3, sha256('x'))`,
    [id, entryCount, randomUUID()],
  );
}

export interface HandEntry {
  readonly position: number;
  readonly count?: number;
  readonly account: Id<'account'>;
  readonly amount: number;
  readonly currency?: string;
  readonly layer?: string;
}

export async function insertEntryByHand(
  client: pg.Client,
  id: Id<'transfer'>,
  entry: HandEntry,
): Promise<void> {
  const { count = 2, position, account, currency = 'EUR', layer = 'posted', amount } = entry;
  await client.query(
    `INSERT INTO ledger.entry (transfer_id, entry_count, position, account_id, currency, layer, amount_minor)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, count, position, account, currency, layer, amount],
  );
}

/**
 * Rounds of the keeper until all that is booked now is kept. How many that takes depends on the transactions that are
 * open anywhere in the cluster, those of other tests too.
 * @returns how many sums were kept
 */
export async function keepAll(client: pg.Client, every: number): Promise<number> {
  let kept = 0;
  for (let round = 0; round < 500; round += 1) {
    const { rows } = await client.query<{ kept: bigint }>('SELECT ledger.keep_sums($1) AS kept', [every]);
    kept += Number(rows[0]?.kept);
    const marks = await client.query<{ open: boolean }>(
      `SELECT coalesce(max(number) > max(kept_through), false) AS open FROM ledger.entry_mark`,
    );
    if (!marks.rows[0]?.open) return kept;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('A transaction stays open somewhere: the sums cannot be kept.');
}
