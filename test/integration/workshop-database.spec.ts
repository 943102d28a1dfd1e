import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Day } from '#kernel';
import { Database } from '#platform';
import { CrewWorld, taken } from '../support/builders/crew-world.js';
import { operation } from '../support/builders/catalogue.builder.js';
import { act, activateContract, buildRouting, takeNext } from '../support/builders/workshop.builder.js';
import { JOB_STATES, JOB_TRANSITIONS } from '../../libs/workshop/src/domain/job.js';
import { byOrder, type Queued } from '../../libs/workshop/src/domain/order.js';
import { QUEUE_ORDER } from '../../libs/workshop/src/persistence/job.repository.js';

/** What the database itself refuses, whoever asks: here its owner, who could change every row. */
describe('the workshop’s tables', () => {
  const world = new CrewWorld(2);
  let owner: pg.Client;
  beforeAll(async () => {
    await world.open({});
    owner = new pg.Client({ connectionString: world.app.database.ownerUrl });
    await owner.connect();
  }, 60_000);
  afterAll(async () => {
    await owner?.end();
    await world.app?.close();
  });

  async function refusedBy(sql: string, values: unknown[] = []): Promise<string | undefined> {
    try {
      await owner.query('BEGIN');
      await owner.query(sql, values);
      return undefined;
    } catch (error) {
      return (error as { constraint?: string }).constraint;
    } finally {
      await owner.query('ROLLBACK');
    }
  }

  it('hold the transition table of the domain, step by step', async () => {
    const { rows } = await owner.query<{ source: string }>(
      `SELECT prosrc AS source FROM pg_proc WHERE oid = 'workshop.guard_job_step'::regproc`,
    );
    const pairs = [...(rows[0]?.source ?? '').matchAll(/\('(\w+)', '(\w+)'\)/g)].map(
      ([, from, to]) => `${from} ${to}`,
    );
    const table = JOB_STATES.flatMap((from) => JOB_TRANSITIONS[from].map((to) => `${from} ${to}`));
    expect(pairs.sort()).toEqual(table.sort());
  });

  it('sort a lane as the domain does', async () => {
    const { section, centre } = await world.bench('Sorted');
    const versionId = await buildRouting(world.mira, world.fablab, [operation('Cut', centre.id)], 'Sorted');
    for (const dueOn of ['2026-05-02', null, '2026-04-30', '2026-05-02', null]) {
      await activateContract(world.app, world.fablab, versionId, [{ dueOn }, { dueOn }]);
    }
    const jobs = await world.app.app.get(Database).query<Queued & { dueOn: Day | null }>(
      `SELECT due_on::text AS "dueOn", ready_since AS "readySince", number, pinned_at IS NOT NULL AS pinned,
         planned_start AS "plannedStart" FROM workshop.job AS job
       WHERE section_id = $1 ORDER BY ${QUEUE_ORDER}`,
      [section.id],
    );
    expect(jobs).toHaveLength(10);
    expect(jobs).toEqual([...jobs].sort(byOrder));
  });

  it('refuse a second holder, a hold without a lease, and a job that leaves done', async () => {
    const section = await world.ready('Guarded', 2);
    const job = taken(await takeNext(world.maker(0), section));
    const other = world.maker(1).id;
    const update = (set: string): Promise<string | undefined> =>
      refusedBy(`UPDATE workshop.job SET ${set} WHERE id = $1`, [job.id]);
    expect(await update(`claimed_by = '${other}'`)).toBe('job_counters_rise');
    expect(await update('lease_ends_at = NULL')).toBe('job_held_by_one');
    expect(await update('claimed_by = NULL, claimed_at = NULL, seen_at = NULL, lease_ends_at = NULL')).toBe(
      'job_legal_step',
    );
    expect(await update(`state = 'done', done_at = now()`)).toBe('job_legal_step');
    expect(await update('fence = 0')).toBe('job_counters_rise');
    expect(
      await update(
        `state = 'ready', claimed_by = NULL, claimed_at = NULL, seen_at = NULL, lease_ends_at = NULL`,
      ),
    ).toBe('job_counters_rise');
    const held = `UPDATE workshop.job SET state = 'claimed', fence = 1, claimed_by = $1, claimed_at = now(), seen_at = now(), lease_ends_at = now() WHERE section_id = $2 AND state = 'ready'`;
    expect(await refusedBy(held, [world.maker(0).id, section.id])).toBe('job_one_held_in_section');
    await act(world.maker(0), 'startJob', job);
    await act(world.maker(0), 'completeJob', job, { quantityGood: 2, quantityScrapped: 0 });
    for (const set of [
      `state = 'ready', epoch = 9, done_at = NULL`,
      'quantity_good = 1, quantity_scrapped = 1',
      'name = name',
    ]) {
      expect(await update(set)).toBe('job_legal_step');
    }
  });

  it('keep every note, event and hour that was written', async () => {
    const section = await world.ready('Kept', 1);
    const job = taken(await takeNext(world.maker(0), section));
    await act(world.maker(0), 'startJob', job);
    await act(world.maker(0), 'returnJob', job, { note: 'Kept.' });
    for (const table of ['job_note', 'job_event', 'time_log']) {
      expect([
        await refusedBy(`UPDATE workshop.${table} SET fence = fence + 1`),
        await refusedBy(`DELETE FROM workshop.${table}`),
        await refusedBy(`TRUNCATE workshop.${table}`),
      ]).toEqual([`${table}_append_only`, `${table}_append_only`, `${table}_append_only_whole`]);
    }
    expect(await refusedBy(`DELETE FROM workshop.job`)).toBe('job_kept');
  });

  it('take the same contract once, however often it is told', async () => {
    const { section, centre } = await world.bench('Told twice');
    const versionId = await buildRouting(
      world.mira,
      world.fablab,
      [operation('Cut', centre.id)],
      'Told twice',
    );
    await activateContract(world.app, world.fablab, versionId, [{}, {}], 'CSM-2026-0077');
    await owner.query(
      `INSERT INTO platform.outbox (type, payload, occurred_at)
       SELECT type, payload, occurred_at FROM platform.outbox WHERE payload->>'ref' = 'CSM-2026-0077'`,
    );
    await world.app.settle();
    expect(await world.jobs(section)).toHaveLength(2);
  });
});
