import type { Id } from '#kernel';
import type { Pair } from './clients.js';
import { insertAccounts, insertCommunity, newId, startFixture, type Fixture } from './fixture.js';
import { measureGrowth, printGrowth } from './growth.js';
import { measureThroughput, type Throughput } from './throughput.js';

const CLIENTS = [1, 8, 64];

/**
 * `npm run bench -- ledger [--rounds=5] [--durable] [--only=throughput|growth]`: transfers per second through
 * LedgerService against the plain SQL function that does the same, and what size costs.
 */
export async function run(args: readonly string[]): Promise<object> {
  const value = (name: string): string | undefined =>
    args.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);
  const durable = args.includes('--durable');
  const rounds = Number(value('rounds') ?? 5);
  const only = value('only');
  const fixture = await startFixture(durable);
  try {
    const growth = only === 'throughput' ? null : await measureGrowth(durable);
    if (growth) printGrowth(growth);
    const throughput = only === 'growth' ? [] : await throughputs(fixture, rounds);
    return { postgres: fixture.version, durable, rounds, throughput, growth };
  } finally {
    await fixture.stop();
  }
}

async function throughputs({ client, appUrl }: Fixture, rounds: number): Promise<Throughput[]> {
  const community = await insertCommunity(client, 'bench');
  const many = await insertAccounts(client, community, {
    count: 500,
    prefix: 'assets:bench',
    limited: false,
  });
  const [hot] = await insertAccounts(client, community, { count: 1, prefix: 'assets:hot', limited: true });
  if (!hot) throw new Error('The hot account was not made.');
  const any = (): Id<'account'> => many[Math.floor(Math.random() * many.length)] as Id<'account'>;
  const random = (): Pair => {
    const [from, to] = [any(), any()];
    return from === to ? random() : [from, to];
  };
  await client.query(
    `SELECT ledger.post_transfer($1, 'posted', 'bench', 'Filled', NULL, '2026-03-01', now(), $2, $3, $4)`,
    [newId(), newId(), [hot, any()], ['1000000000', '-1000000000']],
  );
  const shapes = { 'random pairs': random, 'one hot limited account': (): Pair => [hot, any()] };
  const results: Throughput[] = [];
  for (const [accounts, pair] of Object.entries(shapes)) {
    for (const clients of CLIENTS) {
      const result = await measureThroughput({
        url: appUrl,
        accounts,
        clients,
        pair,
        rounds,
        roundMilliseconds: 700,
      });
      console.log(
        `${accounts}, ${clients} clients: function ${result.functionPerSecond}/s; ` +
          `service ${result.servicePerSecond}/s, ratio ${result.serviceRatio}; ` +
          `in an open transaction ${result.openPerSecond}/s, ratio ${result.openRatio}; ` +
          `CPU here ${result.cpuMicroseconds.join(', ')} µs`,
      );
      results.push(result);
    }
  }
  const { rows } = await client.query<{ deadlocks: string }>(
    `SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`,
  );
  console.log(`Deadlocks: ${rows[0]?.deadlocks}.`);
  return results;
}
