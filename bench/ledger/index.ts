import type pg from 'pg';
import type { Id } from '#kernel';
import type { Pair } from './clients.js';
import { insertAccounts, insertCommunity, newId, startFixture } from './fixture.js';
import { measureThroughput, type Throughput } from './throughput.js';

const CLIENTS = [1, 8, 64];

export async function run(args: readonly string[]): Promise<object> {
  const durable = args.includes('--durable');
  const rounds = Number(args.find((each) => each.startsWith('--rounds='))?.slice(9) ?? 5);
  const fixture = await startFixture(durable);
  try {
    const throughput = await throughputs(fixture.owner, fixture.appUrl, rounds);
    return { postgres: fixture.version, durable, rounds, throughput };
  } finally {
    await fixture.stop();
  }
}

async function throughputs(owner: pg.Client, url: string, rounds: number): Promise<Throughput[]> {
  const community = await insertCommunity(owner, 'bench');
  const many = await insertAccounts(owner, community, { count: 500, prefix: 'assets:bench', limited: false });
  const [hot] = await insertAccounts(owner, community, { count: 1, prefix: 'assets:hot', limited: true });
  if (!hot) throw new Error('The hot account was not made.');
  const any = (): Id<'account'> => many[Math.floor(Math.random() * many.length)] as Id<'account'>;
  const random = (): Pair => {
    const [from, to] = [any(), any()];
    return from === to ? random() : [from, to];
  };
  await owner.query(
    `SELECT ledger.post_transfer($1, 'posted', 'bench', 'Filled', NULL, '2026-03-01', now(), $2, $3, $4)`,
    [newId(), newId(), [hot, any()], ['1000000000', '-1000000000']],
  );
  const shapes = { 'random pairs': random, 'one hot limited account': (): Pair => [hot, any()] };
  const results: Throughput[] = [];
  for (const [accounts, pair] of Object.entries(shapes)) {
    for (const clients of CLIENTS) {
      const result = await measureThroughput({
        url,
        accounts,
        clients,
        pair,
        rounds,
        roundMilliseconds: 700,
      });
      console.log(
        `${accounts}, ${clients} clients: function ${result.functionPerSecond}/s; ` +
          `service ${result.servicePerSecond}/s, ratio ${result.serviceRatio}; ` +
          `in an open transaction ${result.openPerSecond}/s, ratio ${result.openRatio}`,
      );
      results.push(result);
    }
  }
  return results;
}
