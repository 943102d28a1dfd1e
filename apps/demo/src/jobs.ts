import { randomUUID } from 'node:crypto';
import type { Character } from './people.js';

export interface HeldJob {
  readonly id: string;
  readonly quantity: number;
  readonly claim: { readonly fence: number };
}

const POLL_MILLISECONDS = 50;
const WAIT_MILLISECONDS_MAX = 15_000;

/** Takes the next job of a section; waits a little, since work orders follow a contract's activation. */
export async function takeNext(maker: Character, sectionId: string): Promise<HeldJob> {
  const until = performance.now() + WAIT_MILLISECONDS_MAX;
  for (;;) {
    const { takeNextJob } = await maker.client.get<{ takeNextJob: { job: HeldJob | null; reason: string } }>(
      `mutation ($input: TakeNextJobInput!) {
         takeNextJob(input: $input) { reason job { id quantity claim { fence } } }
       }`,
      { input: { idempotencyKey: randomUUID(), sectionId } },
    );
    if (takeNextJob.job) return takeNextJob.job;
    if (performance.now() > until) throw new Error(`No job came up in time: ${takeNextJob.reason}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

/** Starts a held job, and says so on it. */
export async function start(maker: Character, job: HeldJob, note?: string): Promise<void> {
  const held = { jobId: job.id, fence: job.claim.fence };
  await maker.client.get(`mutation ($input: StartJobInput!) { startJob(input: $input) { id } }`, {
    input: { idempotencyKey: randomUUID(), ...held },
  });
  if (note === undefined) return;
  await maker.client.get(`mutation ($input: LogJobInput!) { logJob(input: $input) { id } }`, {
    input: { idempotencyKey: randomUUID(), ...held, note },
  });
}

export async function complete(maker: Character, job: HeldJob, note: string): Promise<void> {
  await maker.client.get(`mutation ($input: CompleteJobInput!) { completeJob(input: $input) { id } }`, {
    input: {
      idempotencyKey: randomUUID(),
      jobId: job.id,
      fence: job.claim.fence,
      quantityGood: job.quantity,
      quantityScrapped: 0,
      note,
    },
  });
}
