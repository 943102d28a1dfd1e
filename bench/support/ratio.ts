import autocannon from 'autocannon';

/** One POST of JSON, repeated. */
export interface Load {
  readonly url: string;
  readonly body: string;
}

const CONNECTIONS = 16;
const ROUND_SECONDS = 3;
const ROUNDS = 5;

export interface Ratio {
  /** Requests per second, medians over the rounds. */
  readonly ours: number;
  readonly reference: number;
  readonly ratio: number;
}

/**
 * Requests per second of ours and of the reference, in turns within one run, so that a slow minute of the machine
 * hits both alike. The first round warms up and does not count.
 * @throws Error when anything but 200 was answered
 */
export async function ratioOf(ours: Load, reference: Load): Promise<Ratio> {
  const figures = { ours: [] as number[], reference: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [mine, theirs] = [await rate(ours), await rate(reference)];
    if (round === 0) continue;
    figures.ours.push(mine);
    figures.reference.push(theirs);
  }
  const [mine, theirs] = [median(figures.ours), median(figures.reference)];
  return {
    ours: Math.round(mine),
    reference: Math.round(theirs),
    ratio: Math.round((mine / theirs) * 1000) / 1000,
  };
}

async function rate(load: Load): Promise<number> {
  const result = await autocannon({
    url: load.url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: load.body,
    connections: CONNECTIONS,
    duration: ROUND_SECONDS,
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${load.url}: ${result.non2xx} answers were not 200, ${result.errors} failed`);
  }
  return result.requests.average;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
