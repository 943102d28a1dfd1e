import type pg from 'pg';

export interface LogFigures {
  readonly leaves: number;
  readonly sequencedSeconds: number;
  /** Requests for full tiles and bundles that were answered, per second, one after the other. */
  readonly tilesPerSecond: number;
  /** From the commit of a leaf to a signed head that covers it, in milliseconds: median and worst of several. */
  readonly provableMilliseconds: { readonly median: number; readonly worst: number };
}

const LEAVES = 100_000;
const TRIES = 15;

async function sizeAt(url: string): Promise<number> {
  const response = await fetch(`${url}/log/checkpoint`);
  return response.ok ? Number((await response.text()).split('\n')[1]) : -1;
}

async function untilSize(url: string, size: number): Promise<void> {
  while ((await sizeAt(url)) < size) await new Promise((resolve) => setTimeout(resolve, 10));
}

function append(client: pg.Client, from: number, count: number): Promise<unknown> {
  return client.query(
    `INSERT INTO registry.log_leaf (statement)
     SELECT format('{"format":"commonwright.leaf/1","kind":"split-rule","number":1,"publishedAt":"2026-03-02T08:00:00.000Z","sha256":"%s","subject":"bench"}',
              encode(sha256(convert_to('bench ' || n, 'UTF8')), 'hex'))
     FROM generate_series($1::int, $2::int) AS n`,
    [from, from + count - 1],
  );
}

/** A hundred thousand leaves at once, through the running worker; then single ones, as they come in life. */
export async function loadLog(url: string, client: pg.Client): Promise<LogFigures> {
  const before = Math.max(0, await sizeAt(url));
  await append(client, 0, LEAVES);
  const began = performance.now();
  await untilSize(url, before + LEAVES);
  const sequencedSeconds = (performance.now() - began) / 1000;
  const times: number[] = [];
  for (let each = 0; each < TRIES; each += 1) {
    await append(client, LEAVES + each, 1);
    const at = performance.now();
    await untilSize(url, before + LEAVES + each + 1);
    times.push(performance.now() - at);
  }
  const paths = Array.from({ length: 100 }, (_each, at) => String(at * 3).padStart(3, '0'));
  const asked = performance.now();
  for (const path of paths) {
    for (const level of ['0', 'entries']) {
      const response = await fetch(`${url}/log/tile/${level}/${path}`);
      if (!response.ok) throw new Error(`tile ${level}/${path}: ${response.status}`);
      await response.arrayBuffer();
    }
  }
  const tilesPerSecond = Math.round((2 * paths.length) / ((performance.now() - asked) / 1000));
  const sorted = times.sort((a, b) => a - b).map(Math.round);
  return {
    leaves: LEAVES,
    sequencedSeconds: Math.round(sequencedSeconds * 10) / 10,
    tilesPerSecond,
    provableMilliseconds: { median: sorted[Math.floor(TRIES / 2)] ?? 0, worst: sorted.at(-1) ?? 0 },
  };
}
