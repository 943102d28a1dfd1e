import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {import('./client.mjs').Person} Person
 * @typedef {{ isOpen: boolean, mayAsk: () => boolean, leaseMilliseconds: number, onSuccess: () => void,
 *   completed: Set<string>, random: () => number }} Shift
 * @typedef {{ id: string, quantity: number, claim: { fence: number } | null }} Taken
 */

const TAKEN = '{ job { id quantity claim { fence } } }';

/**
 * A maker who pulls and works until the shift ends: in a hurry, forgetful, and with a finger that presses twice.
 * @param {Person} maker @param {readonly string[]} sections @param {Shift} shift
 */
export async function pullAndWork(maker, sections, shift) {
  while (shift.isOpen) {
    try {
      const section = sections[Math.floor(shift.random() * sections.length)] ?? '';
      const job = await take(maker, section, shift);
      if (job) await work(maker, job, shift);
      else await sleep(50 + shift.random() * 150);
    } catch {
      // Nobody answered until the shift was over, or for a long time.
      await sleep(100);
    }
  }
}

/** @param {Person} maker @param {string} sectionId @param {Shift} shift @returns {Promise<Taken | null>} */
async function take(maker, sectionId, shift) {
  const { data, refusal } = await press(maker, 'takeNextJob', { sectionId }, TAKEN, shift);
  if (refusal) {
    // A job that was left lying is still this maker's: its lease has to give it back first.
    await sleep(100 + shift.random() * 300);
    return null;
  }
  const answer = /** @type {{ job: Taken | null } | undefined} */ (data?.['takeNextJob']);
  return answer?.job ?? null;
}

/** @param {Taken} job */
function claimOf(job) {
  return { jobId: job.id, fence: job.claim?.fence ?? 0 };
}

/** @param {Person} maker @param {Taken} job @param {Shift} shift */
async function work(maker, job, shift) {
  const claim = claimOf(job);
  const dice = shift.random();
  if (dice < 0.05) return press(maker, 'returnJob', claim, '{ id }', shift);
  const started = await press(maker, 'startJob', claim, '{ id }', shift);
  if (started.refusal) return undefined;
  if (dice < 0.15) {
    // The words are this press's own: twice in the job's notes means done twice.
    await press(
      maker,
      'logJob',
      { ...claim, note: `Note ${randomUUID()}`, quantityGood: 1 },
      '{ id }',
      shift,
    );
  }
  // Walks away for good, and never says so.
  if (dice > 0.98) return undefined;
  // Walks away, comes back after the lease, and finishes as if nothing had been.
  if (dice > 0.9) await sleep(shift.leaseMilliseconds * 1.3 + shift.random() * 2000);
  const counts = { quantityGood: job.quantity, quantityScrapped: 0 };
  const done = await press(maker, 'completeJob', { ...claim, ...counts }, '{ id state }', shift);
  if (!done.refusal) shift.completed.add(job.id);
  return undefined;
}

/**
 * Presses a button, now and then twice: the same key, at once, at two API processes.
 * @param {Person} maker @param {string} name @param {Record<string, unknown>} input @param {string} fields @param {Shift} shift
 */
async function press(maker, name, input, fields, shift) {
  const keyed = { idempotencyKey: randomUUID(), ...input };
  const presses = shift.random() < 0.15 ? 2 : 1;
  const answers = await Promise.all(
    Array.from({ length: presses }, () => maker.mutate(name, keyed, fields, shift.mayAsk)),
  );
  const answer = answers.find((each) => !each.refusal) ?? answers[0];
  if (!answer) throw new Error('no answer');
  if (!answer.refusal) shift.onSuccess();
  return answer;
}
