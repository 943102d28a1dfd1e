import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { transformSync } from '@swc/core';
import { checkPlan } from '../domain/checker.js';
import { parseJsp } from '../formats/literature.js';
import { runPlan, type RunProgress } from './run-plan.js';

/** A worker thread loads compiled files: the two contexts that it needs are compiled into a folder of their own. */
function compileWorker(folder: string): URL {
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ type: 'module', imports: { '#*': './libs/*/src/index.js' } }),
  );
  for (const context of ['kernel', 'scheduling'])
    for (const entry of readdirSync(resolve('libs', context, 'src'), {
      recursive: true,
      withFileTypes: true,
    })) {
      if (!entry.isFile() || !entry.name.endsWith('.ts') || entry.name.endsWith('.spec.ts')) continue;
      const source = join(entry.parentPath, entry.name);
      const target = join(folder, relative(resolve('.'), source)).replace(/\.ts$/, '.js');
      mkdirSync(dirname(target), { recursive: true });
      const options = { swcrc: false, jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } } as const;
      writeFileSync(target, transformSync(readFileSync(source, 'utf8'), options).code);
    }
  return pathToFileURL(join(folder, 'libs/scheduling/src/runner/search-worker.js'));
}

describe('planning in threads', () => {
  const problem = parseJsp('3 3\n0 3 1 2 2 2\n0 2 2 1 1 4\n1 4 2 3 0 1\n');
  let folder: string;
  let worker: URL;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'planner-'));
    worker = compileWorker(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('gives the same plan for the same seed and iterations, and reports its progress', async () => {
    const progress: RunProgress[] = [];
    const options = { seed: 3, iterations: 500, threads: 2, worker };
    const one = await runPlan(problem, { ...options, onProgress: (each) => progress.push(each) });
    const other = await runPlan(problem, options);
    expect(one.placements).toEqual(other.placements);
    expect(checkPlan(problem, one.placements)).toEqual({ accepted: true, makespan: one.makespan });
    expect(progress.at(-1)).toMatchObject({ objective: [one.makespan], lowerBound: one.lowerBound });
  });

  it('ends at once with its best when it is stopped', async () => {
    const stop = new AbortController();
    // A bound that no plan reaches keeps the search going until somebody stops it.
    const endless = parseJsp('2 2\n0 3 1 3\n0 3 1 3\n');
    setTimeout(() => stop.abort(), 300);
    const found = await runPlan(endless, { seed: 1, seconds: 20, signal: stop.signal, worker });
    expect(found.makespan).toBe(9);
    expect(found.seconds).toBeLessThan(10);
  });

  it('passes a refusal on', async () => {
    const impossible = { ...problem, operations: [{ job: 9, alternatives: [] }] };
    await expect(runPlan(impossible, { seed: 1, iterations: 1, worker })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});
