import type pg from 'pg';
import { secureRandom, systemClock, type Day, type Id } from '#kernel';
import { LedgerReader, LedgerService, SumKeeper, auditLedger } from '#ledger';
import { Database, IdSource, OutboxWaker, UnitOfWork, createDataSource, createLogger } from '#platform';
import { insertAccounts, newId, startFixture } from './fixture.js';
import { startPages, type Pages } from './pages.js';
import { median } from './throughput.js';

/** What each thing costs, in milliseconds: the median of its calls. */
export type Costs = Readonly<Record<string, number>>;

export interface Growth {
  readonly entries: readonly [small: number, large: number];
  readonly small: Costs;
  readonly large: Costs;
  /** Large by small, thing by thing. */
  readonly factors: Costs;
  /** For the whole of `check:ledger`, in seconds: it alone reads every entry. */
  readonly checkSeconds: readonly [small: number, large: number];
}

type Things = Readonly<Record<string, () => Promise<unknown>>>;

interface World {
  readonly entries: number;
  readonly checkSeconds: number;
  readonly things: Things;
  stop(): Promise<void>;
}

const ACCOUNT_ENTRIES = 20;
const SAMPLES = 300;

/**
 * What posting, reading and the pages over HTTP cost with 1,000 entries, and with 1,000,000: in two ledgers side by
 * side and call by call in turns, so that a slow moment of the machine is in both.
 */
export async function measureGrowth(durable: boolean, large = 1_000_000): Promise<Growth> {
  const [small, big] = [await startWorld(durable, 1_000), await startWorld(durable, large)];
  try {
    const costs: [Record<string, number>, Record<string, number>] = [{}, {}];
    const factors: Record<string, number> = {};
    for (const [name, thing] of Object.entries(small.things)) {
      const [one, other] = await costInTurns(thing, big.things[name] ?? thing);
      [costs[0][name], costs[1][name]] = [one, other];
      factors[name] = Math.round((100 * other) / one) / 100;
    }
    return {
      entries: [small.entries, big.entries],
      small: costs[0],
      large: costs[1],
      factors,
      checkSeconds: [small.checkSeconds, big.checkSeconds],
    };
  } finally {
    await small.stop();
    await big.stop();
  }
}

async function startWorld(durable: boolean, entries: number): Promise<World> {
  const fixture = await startFixture(durable);
  const { client, appUrl } = fixture;
  const pages = await startPages(fixture);
  const [busiest, ...accounts] = await insertAccounts(client, pages.fablabId, {
    count: 1 + entries / 2 / ACCOUNT_ENTRIES,
    prefix: 'assets:bench',
    limited: false,
  });
  if (!busiest) throw new Error('The accounts were not made.');
  await fill(client, { busiest, accounts, transfers: entries / 2, reference: pages.contractRef });
  const dataSource = await createDataSource({
    url: appUrl,
    connectionsMax: 2,
    applicationName: 'bench growth',
    entities: [],
  }).initialize();
  const logger = createLogger({ logLevel: 'silent' }, 'bench');
  const unitOfWork = new UnitOfWork(dataSource, systemClock, logger, new OutboxWaker(dataSource));
  // What the worker does every five seconds: marks what is there, and keeps its sums a round later.
  const keeper = new SumKeeper(unitOfWork);
  for (let round = 0; round < 3; round += 1) await keeper.keep();
  await client.query(`VACUUM ANALYZE ledger.kept_sum`);
  const database = new Database(dataSource);
  const begun = performance.now();
  const { check } = await auditLedger(database);
  return {
    entries: check.entries,
    checkSeconds: Math.round(performance.now() - begun) / 1000,
    things: thingsOf(pages, { database, unitOfWork, busiest, accounts }),
    stop: async () => {
      await dataSource.destroy();
      await pages.stop();
      await fixture.stop();
    },
  };
}

interface Books {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly busiest: Id<'account'>;
  readonly accounts: readonly Id<'account'>[];
}

function thingsOf(pages: Pages, { database, unitOfWork, busiest, accounts }: Books): Things {
  const reader = new LedgerReader(database);
  const ledger = new LedgerService(new IdSource(systemClock, secureRandom));
  const page = async (id: Id<'account'>): Promise<void> => {
    await reader.account(id);
    await reader.entries(id, { first: 20, limit: 21, after: null });
  };
  const any = (): Id<'account'> => accounts[Math.floor(Math.random() * accounts.length)] as Id<'account'>;
  return {
    'an account’s balance and newest entries': () => page(any()),
    'the same of the busiest account': () => page(busiest),
    'the busiest account’s page, by HTTP': () => pages.account(busiest),
    'the contract page, by HTTP': () => pages.contract(),
    'the contract’s entries, by HTTP': () => pages.contractEntries(),
    'the registry’s page of it, by HTTP': () => pages.registry(),
    // Last, because it adds entries.
    posting: () =>
      unitOfWork.run((tx) =>
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
  };
}

interface Filling {
  readonly busiest: Id<'account'>;
  readonly accounts: readonly Id<'account'>[];
  readonly transfers: number;
  readonly reference: string;
}

/** Transfers between the busiest account and the others in turn, as posting would have left them. */
async function fill(client: pg.Client, filling: Filling): Promise<void> {
  const { busiest, accounts, transfers, reference } = filling;
  await client.query(`SET session_replication_role = replica`);
  await client.query(
    `WITH made AS (
       INSERT INTO ledger.transfer (id, entry_count, state, kind, description, reference, value_date, booked_at, idempotency_key, input_hash)
       SELECT uuidv7(make_interval(secs => n - $1::int)), 2, 'posted', 'bench', 'Filled', $4, date '2026-01-01' + n % 300, now(), 'fill-' || $1 || '-' || n, sha256('')
       FROM generate_series(1, $1::int) AS n RETURNING id, (substring(idempotency_key FROM '[0-9]+$'))::int AS n)
     INSERT INTO ledger.entry (number, transfer_id, entry_count, position, account_id, currency, layer, amount_minor)
     SELECT nextval('ledger.entry_number'), made.id, 2, side.position,
            CASE side.position WHEN 1 THEN $2::uuid ELSE ($3::uuid[])[1 + made.n % cardinality($3::uuid[])] END,
            'EUR', 'posted', CASE side.position WHEN 1 THEN 5 ELSE -5 END
     FROM made CROSS JOIN (VALUES (1), (2)) AS side (position)`,
    [transfers, busiest, accounts, reference],
  );
  await client.query(`SET session_replication_role = origin`);
  await client.query(`VACUUM ANALYZE ledger.transfer, ledger.entry, ledger.account`);
}

/** Medians in milliseconds. */
async function costInTurns(
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let sample = 0; sample < SAMPLES + 20; sample += 1) {
    for (const [which, work] of [one, other].entries()) {
      const begun = performance.now();
      await work();
      // The first ones prepare statements and warm caches.
      if (sample >= 20) times[which]?.push(performance.now() - begun);
    }
  }
  const rounded = (each: readonly number[]): number => Math.round(median(each) * 1000) / 1000;
  return [rounded(times[0]), rounded(times[1])];
}

export function printGrowth({ entries, small, large, factors, checkSeconds }: Growth): void {
  console.log(`With ${entries[0]} entries, with ${entries[1]}, and the growth:`);
  for (const name of Object.keys(small))
    console.log(`  ${name}: ${small[name]} ms, ${large[name]} ms, × ${factors[name]}`);
  console.log(`  the whole check of the ledger: ${checkSeconds[0]} s, ${checkSeconds[1]} s`);
}
