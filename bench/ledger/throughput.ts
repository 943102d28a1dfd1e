import { throughFunction, throughService, type Pair, type Way } from './clients.js';

export interface Throughput {
  readonly accounts: string;
  readonly clients: number;
  readonly functionPerSecond: number;
  readonly servicePerSecond: number;
  /** Medians of the rounds' own ratios: what the machine did meanwhile is in all sides of a round. */
  readonly serviceRatio: number;
  /** The same in an open transaction: BEGIN, the transfer, COMMIT. */
  readonly openPerSecond: number;
  readonly openRatio: number;
  /** Of this process for each transfer, in the order above: what other programs take of the machine is not in it. */
  readonly cpuMicroseconds: readonly number[];
}

export interface ThroughputSettings {
  readonly url: string;
  readonly accounts: string;
  readonly clients: number;
  readonly pair: () => Pair;
  readonly rounds: number;
  readonly roundMilliseconds: number;
}

/** Interleaved rounds, each way first in turn, so that none has the warmer machine. */
export async function measureThroughput(settings: ThroughputSettings): Promise<Throughput> {
  const { url, clients, accounts } = settings;
  const ways = [
    await throughFunction(url, clients),
    await throughService(url, clients, 'statement'),
    await throughService(url, clients, 'open'),
  ];
  try {
    for (const way of ways) await oneRound(way, settings);
    const rounds: number[][] = [];
    const cpu: number[][] = ways.map(() => []);
    for (let round = 0; round < settings.rounds; round += 1) {
      const rates: number[] = [];
      for (let turn = 0; turn < ways.length; turn += 1) {
        const which = (round + turn) % ways.length;
        const measured = await oneRound(ways[which] as Way, settings);
        rates[which] = measured.perSecond;
        cpu[which]?.push(measured.cpuMicroseconds);
      }
      rounds.push(rates);
    }
    const rate = (way: number): number => Math.round(median(rounds.map((rates) => rates[way] ?? 0)));
    const ratio = (way: number): number =>
      Math.round(median(rounds.map((rates) => (rates[way] ?? 0) / (rates[0] ?? 1))) * 100) / 100;
    return {
      accounts,
      clients,
      functionPerSecond: rate(0),
      servicePerSecond: rate(1),
      serviceRatio: ratio(1),
      openPerSecond: rate(2),
      openRatio: ratio(2),
      cpuMicroseconds: cpu.map((each) => Math.round(median(each))),
    };
  } finally {
    for (const way of ways) await way.close();
  }
}

interface Round {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
}

async function oneRound(way: Way, { clients, pair, roundMilliseconds }: ThroughputSettings): Promise<Round> {
  const [begun, cpuBegun] = [performance.now(), process.cpuUsage()];
  let booked = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_client, client) => {
      while (performance.now() - begun < roundMilliseconds) {
        await way.book(client, pair());
        booked += 1;
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpuBegun);
  return {
    perSecond: (booked * 1000) / (performance.now() - begun),
    cpuMicroseconds: (user + system) / booked,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
