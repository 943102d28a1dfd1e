import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '#kernel';
import { plan } from '../domain/plan.js';
import type { SearchMessage, SearchTask } from './messages.js';

/** The whole of a worker thread: one search, from its task to its plan. */
function work(task: SearchTask, say: (message: SearchMessage) => void): void {
  const stop = new Int32Array(task.stop);
  try {
    const found = plan(task.problem, {
      seed: task.seed,
      ...(task.warm ? { warm: task.warm } : {}),
      budget: {
        iterations: task.iterations,
        shouldStop: () => Atomics.load(stop, 0) !== 0 || Date.now() >= task.deadline,
        onProgress: (progress) => say({ kind: 'progress', progress }),
      },
    });
    say({ kind: 'done', plan: found });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    say({ kind: 'refused', code: error.code, message: error.message, details: error.details });
  }
}

if (parentPort) {
  const port = parentPort;
  work(workerData as SearchTask, (message) => port.postMessage(message));
}
