import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkPlan, parseFjsp, parseJsp, plan, type Problem } from '#scheduling';

/** A family of the literature: where its files lie, and which of them count. */
export interface Family {
  readonly name: string;
  readonly folder: string;
  readonly files: RegExp;
  readonly parse: (text: string) => Problem;
}

export const FAMILIES: readonly Family[] = [
  { name: 'Lawrence la01–40', folder: 'jsp', files: /^la\d+\.txt$/, parse: parseJsp },
  { name: 'Brandimarte mk01–10', folder: 'fjsp/brandimarte', files: /\.txt$/, parse: parseFjsp },
  { name: 'Hurink edata', folder: 'fjsp/hurink_edata', files: /\.txt$/, parse: parseFjsp },
  { name: 'Hurink rdata', folder: 'fjsp/hurink_rdata', files: /\.txt$/, parse: parseFjsp },
  { name: 'Barnes', folder: 'fjsp/barnes', files: /\.txt$/, parse: parseFjsp },
];

export const INSTANCES = resolve('../shared/instances');

interface Known {
  readonly instances: Readonly<Record<string, { readonly lower: number; readonly upper: number }>>;
}

/** What one family came to. Gaps are the mean distance from the best known makespan, in per cent. */
export interface FamilyResult {
  readonly family: string;
  readonly instances: number;
  readonly seeds: number;
  readonly gapPercentAfterSeconds: Readonly<Record<string, number>>;
}

/** CPU seconds of this process, so that what else the machine does counts for little. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/**
 * Searches each instance once for each seed until the longest time, and notes the best makespan at each of the times. What
 * counts at the end has passed the checker.
 */
export function runFamily(family: Family, times: readonly number[], seeds: number): FamilyResult | null {
  const folder = resolve(INSTANCES, family.folder);
  if (!existsSync(folder)) return null;
  const known = JSON.parse(readFileSync(resolve(INSTANCES, 'best-known.json'), 'utf8')) as Known;
  const files = readdirSync(folder).filter((file) => family.files.test(file));
  const sums = times.map(() => 0);
  for (const file of files) {
    const best = known.instances[`${family.folder}/${file}`]!.upper;
    const problem = family.parse(readFileSync(resolve(folder, file), 'utf8'));
    for (let seed = 1; seed <= seeds; seed++)
      makespansAt(problem, seed, times).forEach((makespan, place) => {
        sums[place]! += (100 * (makespan - best)) / best;
      });
  }
  const gaps = times.map((time, place) => [`${time}`, round(sums[place]! / (files.length * seeds))] as const);
  return {
    family: family.name,
    instances: files.length,
    seeds,
    gapPercentAfterSeconds: Object.fromEntries(gaps),
  };
}

function makespansAt(problem: Problem, seed: number, times: readonly number[]): number[] {
  const begun = cpuSeconds();
  const longest = times.at(-1)!;
  const found: { seconds: number; makespan: number }[] = [];
  const result = plan(problem, {
    seed,
    budget: {
      iterations: Number.MAX_SAFE_INTEGER,
      shouldStop: () => cpuSeconds() - begun >= longest,
      onProgress: (progress) =>
        found.push({ seconds: cpuSeconds() - begun, makespan: progress.objective[0]! }),
    },
  });
  const verdict = checkPlan(problem, result.placements);
  if (!verdict.accepted) throw new Error(`A plan does not pass the checker: ${verdict.reason}`);
  return times.map((time) => {
    const before = found.filter((each) => each.seconds <= time);
    return time === longest || before.length === 0 ? verdict.makespan : before.at(-1)!.makespan;
  });
}

export function round(value: number): number {
  return Number(value.toFixed(4));
}
