/**
 * @typedef {{ jobId: string, from: string | null, to: string, cause: string, actor: string | null, holder: string | null,
 *   fence: number, at: number }} Step
 * @typedef {{ jobId: string, author: string, text: string, late: boolean, at: number }} Note
 */

const HELD = ['claimed', 'running', 'paused'];

/**
 * What the append-only history says happened, whatever anybody answered.
 * @param {readonly Step[]} steps in the order in which they were written
 * @param {readonly Note[]} notes
 * @param {number} leaseMilliseconds
 */
export function judge(steps, notes, leaseMilliseconds) {
  let [doneTwice, overlappingLeases, earlyExpiries] = [0, 0, 0];
  /** @type {Map<string, { holder: string | null, fence: number, seen: number, done: number }>} */
  const jobs = new Map();
  const said = new Map();
  for (const note of notes) {
    const key = `${note.jobId} ${note.author} ${note.text}`;
    said.set(key, (said.get(key) ?? 0) + 1);
  }
  for (const count of said.values()) doneTwice += count - 1;
  for (const step of steps) {
    const job = jobs.get(step.jobId) ?? { holder: null, fence: 0, seen: 0, done: 0 };
    jobs.set(step.jobId, job);
    if (step.to === 'done') {
      job.done += 1;
      if (job.done > 1) doneTwice += 1;
    }
    if (step.from === 'ready' && step.to === 'claimed') {
      if (job.holder !== null || step.fence <= job.fence) overlappingLeases += 1;
      Object.assign(job, { holder: step.actor, fence: step.fence, seen: step.at });
      continue;
    }
    // Somebody who does not hold the job did something to it.
    if (step.cause === 'maker' && step.actor !== job.holder) overlappingLeases += 1;
    if (step.cause === 'lease-ended') {
      const signs = notes.filter((note) => note.jobId === step.jobId && !note.late && note.at <= step.at);
      const seen = Math.max(job.seen, ...signs.map((note) => note.at));
      if (step.at < seen + leaseMilliseconds) earlyExpiries += 1;
    }
    job.seen = step.at;
    if (!HELD.includes(step.to)) job.holder = null;
  }
  return { doneTwice, overlappingLeases, earlyExpiries };
}

/** @param {import('pg').Pool} pool */
export async function readHistory(pool) {
  const steps = await pool.query(
    `SELECT job_id AS "jobId", from_state AS "from", to_state AS "to", cause, actor_id AS actor, holder_id AS holder, fence,
       extract(epoch FROM happened_at)::float8 * 1000 AS at FROM workshop.job_event ORDER BY id`,
  );
  const notes = await pool.query(
    `SELECT job_id AS "jobId", author_id AS author, text, late, extract(epoch FROM written_at)::float8 * 1000 AS at
     FROM workshop.job_note ORDER BY written_at`,
  );
  return {
    steps: /** @type {Step[]} */ (steps.rows),
    notes: /** @type {Note[]} */ (notes.rows),
  };
}

/**
 * Jobs that were promised to somebody and are nowhere: not made for their order, not done though the maker was told so,
 * ready without a ticket, held without a lease, or waiting for nothing.
 * @param {import('pg').Pool} pool
 * @param {{ linesOrdered: number, completed: ReadonlySet<string>, hasTicket: (laneId: string, ticket: string) => Promise<boolean> }} known
 */
export async function countLost(pool, known) {
  const { rows } = await pool.query(
    `SELECT id, state, epoch, lane_id AS "laneId", lease_ends_at < now() - interval '5 seconds' AS "leaseOver",
       state = 'waiting' AND NOT EXISTS (SELECT 1 FROM workshop.job_predecessor AS link
         JOIN workshop.job AS earlier ON earlier.id = link.predecessor_id WHERE link.job_id = job.id AND earlier.state <> 'done')
         AS "waitsForNothing"
     FROM workshop.job`,
  );
  let lost = Math.max(known.linesOrdered * 2 - rows.length, 0);
  for (const job of rows) {
    const isWrong =
      (known.completed.has(job.id) && job.state !== 'done') || job.leaseOver || job.waitsForNothing;
    const isForgotten =
      job.state === 'ready' && !(await known.hasTicket(job.laneId, `j${job.id}-${job.epoch}`));
    if (isWrong || isForgotten) lost += 1;
  }
  return lost;
}
