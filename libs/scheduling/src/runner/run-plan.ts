import { Worker } from 'node:worker_threads';
import { DomainError, type ErrorCode } from '#kernel';
import { checkPlan } from '../domain/checker.js';
import type { Progress } from '../domain/budget.js';
import { comparePlans, type Planned } from '../domain/plan.js';
import type { Placement, Problem } from '../domain/problem.js';
import type { SearchMessage, SearchTask } from './messages.js';

/** The best of all threads so far. */
export interface RunProgress extends Progress {
  readonly thread: number;
  readonly seconds: number;
}

export interface RunOptions {
  readonly seed: number;
  /** Ends the search after so many seconds; never by itself where not given. */
  readonly seconds?: number;
  /** Iterations of each thread; with these and no seconds, the plan depends on the seed alone. */
  readonly iterations?: number;
  /** Searches side by side, one in each thread, with seeds of their own; the best plan counts. */
  readonly threads?: number;
  readonly warm?: readonly Placement[];
  readonly onProgress?: (progress: RunProgress) => void;
  /** Ends the search at once, with the best so far. */
  readonly signal?: AbortSignal;
  /** Where the compiled worker is; beside this module where not given. */
  readonly worker?: URL;
}

export interface RunResult extends Planned {
  readonly seconds: number;
}

/**
 * Plans in worker threads, so that the thread that asks stays free. What comes back has passed the checker.
 *
 * @throws DomainError BAD_INPUT for a problem that cannot be planned; Error where a plan does not pass the checker
 */
export async function runPlan(problem: Problem, options: RunOptions): Promise<RunResult> {
  const begun = performance.now();
  const seconds = (): number => Math.round(performance.now() - begun) / 1000;
  const stop = new SharedArrayBuffer(4);
  const onAbort = (): void => void Atomics.store(new Int32Array(stop), 0, 1);
  if (options.signal?.aborted) onAbort();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const deadline = options.seconds === undefined ? Infinity : Date.now() + options.seconds * 1000;
  let best: readonly number[] | null = null;
  const report = (thread: number, progress: Progress): void => {
    if (best && !isBetter(progress.objective, best)) return;
    best = progress.objective;
    options.onProgress?.({ ...progress, thread, seconds: seconds() });
  };
  try {
    const plans = await Promise.all(
      Array.from({ length: Math.max(1, options.threads ?? 1) }, (_, thread) => {
        const task: SearchTask = {
          problem,
          // The first thread searches as a single one would, so that more threads are never worse for the same iterations.
          seed: options.seed + thread * 7919,
          iterations: options.iterations ?? Number.MAX_SAFE_INTEGER,
          deadline,
          stop,
          ...(options.warm ? { warm: options.warm } : {}),
        };
        return search(task, options.worker, (progress) => report(thread, progress));
      }),
    );
    const chosen = plans.reduce((one, other) => (comparePlans(other, one) < 0 ? other : one));
    const verdict = checkPlan(problem, chosen.placements);
    if (!verdict.accepted)
      throw new Error(`The planner made a plan that its checker refuses: ${verdict.reason}`);
    return { ...chosen, seconds: seconds() };
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
  }
}

function isBetter(one: readonly number[], other: readonly number[]): boolean {
  for (let tier = 0; tier < one.length; tier++)
    if (one[tier] !== other[tier]) return one[tier]! < other[tier]!;
  return false;
}

function search(
  task: SearchTask,
  file: URL | undefined,
  onProgress: (progress: Progress) => void,
): Promise<Planned> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file ?? new URL('./search-worker.js', import.meta.url), { workerData: task });
    worker.on('message', (message: SearchMessage) => {
      switch (message.kind) {
        case 'progress':
          return onProgress(message.progress);
        case 'done':
          return resolve(message.plan);
        case 'refused':
          return reject(
            new DomainError(
              message.code as ErrorCode,
              message.message,
              message.details as Readonly<Record<string, unknown>>,
            ),
          );
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) =>
      reject(new Error(`A search thread ended with ${code} before it had a plan.`)),
    );
  });
}
