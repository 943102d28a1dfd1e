import type pg from 'pg';
import { secureRandom, systemClock, type Day, type Id } from '#kernel';
import { LedgerReader, LedgerService, auditLedger } from '#ledger';
import { Database, IdSource, OutboxWaker, UnitOfWork, createDataSource, createLogger } from '#platform';
import { insertAccounts, insertCommunity, newId, type Fixture } from './fixture.js';
import { median } from './throughput.js';

/** Medians in milliseconds, one call after the other. */
export interface Costs {
  readonly entries: number;
  readonly posting: number;
  /** Account and newest page of entries, of an account like most. */
  readonly page: number;
  /** The same of the account that every transfer touches. */
  readonly busiestPage: number;
  readonly checkSeconds: number;
}

export interface Growth {
  readonly small: Costs;
  readonly large: Costs;
  readonly postingFactor: number;
  readonly pageFactor: number;
  readonly busiestPageFactor: number;
}

const ACCOUNT_ENTRIES = 20;
const SAMPLES = 300;

/** What posting and an account's page cost with 1,000 entries, and with 1,000,000. */
export async function measureGrowth(fixture: Fixture, large = 1_000_000): Promise<Growth> {
  const { client } = fixture;
  const community = await insertCommunity(client, 'growth');
  const [busiest] = await insertAccounts(client, community, {
    count: 1,
    prefix: 'assets:bank',
    limited: false,
  });
  if (!busiest) throw new Error('The account was not made.');
  const before = await costsWith(fixture, community, busiest, 1_000);
  const after = await costsWith(fixture, community, busiest, large);
  const factor = (one: number, other: number): number => Math.round((other / one) * 100) / 100;
  return {
    small: before,
    large: after,
    postingFactor: factor(before.posting, after.posting),
    pageFactor: factor(before.page, after.page),
    busiestPageFactor: factor(before.busiestPage, after.busiestPage),
  };
}

async function costsWith(
  { client, appUrl }: Fixture,
  community: Id<'community'>,
  busiest: Id<'account'>,
  entries: number,
): Promise<Costs> {
  const accounts = await insertAccounts(client, community, {
    count: entries / 2 / ACCOUNT_ENTRIES,
    prefix: `liabilities:loans:n${entries}`,
    limited: false,
  });
  await fill(client, busiest, accounts, entries / 2);
  const dataSource = await createDataSource({
    url: appUrl,
    connectionsMax: 2,
    applicationName: 'bench growth',
    entities: [],
  }).initialize();
  try {
    const database = new Database(dataSource);
    const logger = createLogger({ logLevel: 'silent' }, 'bench');
    const unitOfWork = new UnitOfWork(dataSource, systemClock, logger, new OutboxWaker(dataSource));
    const ledger = new LedgerService(new IdSource(systemClock, secureRandom));
    const reader = new LedgerReader(database);
    const page = async (id: Id<'account'>): Promise<void> => {
      await reader.account(id);
      await reader.entries(id, { first: 20, limit: 21, after: null });
    };
    const any = (): Id<'account'> => accounts[Math.floor(Math.random() * accounts.length)] as Id<'account'>;
    const begun = performance.now();
    const { check } = await auditLedger(database);
    const checkSeconds = Math.round(performance.now() - begun) / 1000;
    return {
      entries: check.entries,
      // Pages first, because posting adds entries.
      page: await cost(() => page(any())),
      busiestPage: await cost(() => page(busiest), 30),
      posting: await cost(() =>
        unitOfWork.runStatement((tx) =>
          ledger.transfer(tx, {
            key: newId(),
            kind: 'bench',
            description: 'Measured',
            reference: null,
            valueDate: '2026-03-02' as Day,
            legs: [
              { accountId: busiest, amountMinor: 1n },
              { accountId: any(), amountMinor: -1n },
            ],
          }),
        ),
      ),
      checkSeconds,
    };
  } finally {
    await dataSource.destroy();
  }
}

/** Transfers between the busiest account and the others in turn, as posting would have left them. */
async function fill(
  client: pg.Client,
  busiest: Id<'account'>,
  accounts: readonly Id<'account'>[],
  transfers: number,
): Promise<void> {
  await client.query(`SET session_replication_role = replica`);
  await client.query(
    `WITH made AS (
       INSERT INTO ledger.transfer (id, entry_count, state, kind, description, value_date, booked_at, idempotency_key, input_hash)
       SELECT uuidv7(make_interval(secs => n - $1::int)), 2, 'posted', 'bench', 'Filled', date '2026-01-01' + n % 300, now(), 'fill-' || $1 || '-' || n, sha256('')
       FROM generate_series(1, $1::int) AS n RETURNING id, (substring(idempotency_key FROM '[0-9]+$'))::int AS n)
     INSERT INTO ledger.entry (transfer_id, entry_count, position, account_id, currency, layer, amount_minor)
     SELECT made.id, 2, side.position, CASE side.position WHEN 1 THEN $2::uuid ELSE ($3::uuid[])[1 + made.n % cardinality($3::uuid[])] END,
            'EUR', 'posted', CASE side.position WHEN 1 THEN 5 ELSE -5 END
     FROM made CROSS JOIN (VALUES (1), (2)) AS side (position)`,
    [transfers, busiest, accounts],
  );
  await client.query(`SET session_replication_role = origin`);
  await client.query(`VACUUM ANALYZE ledger.transfer, ledger.entry, ledger.account`);
}

async function cost(work: () => Promise<unknown>, samples = SAMPLES): Promise<number> {
  const times: number[] = [];
  for (let sample = 0; sample < samples + 20; sample += 1) {
    const begun = performance.now();
    await work();
    // The first ones prepare statements and warm caches.
    if (sample >= 20) times.push(performance.now() - begun);
  }
  return Math.round(median(times) * 1000) / 1000;
}
