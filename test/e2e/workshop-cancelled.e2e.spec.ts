import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, UnitOfWork } from '#platform';
import { operation } from '../support/builders/catalogue.builder.js';
import { WorkshopWorld } from '../support/builders/workshop-world.js';
import {
  act,
  actionDocument,
  activateContract,
  buildRouting,
  buildSection,
  buildWorkCentre,
  takeNext,
  type TakenJob,
} from '../support/builders/workshop.builder.js';

const world = new WorkshopWorld();
beforeAll(() => world.open(), 60_000);
afterAll(() => world.app?.close());

const rows = <Row extends object>(sql: string, values: unknown[]): Promise<Row[]> =>
  world.app.app.get(Database).query<Row>(sql, values);

/** Tells the system, as contracting does, that the contract was terminated. */
async function terminate(contractId: string, ref: string): Promise<void> {
  await world.app.app.get(UnitOfWork).run(async (tx) => {
    const payload = { contractId, ref, fablabId: world.fablab.id };
    tx.publish({ type: 'contracting.contract-terminated', payload });
  });
  await world.app.settle();
}

describe('the work of a terminated contract', () => {
  it('ends wherever it is: waiting, ready or in somebody’s hands; what is done stays done', async () => {
    const section = await buildSection(world.mira, world.fablab, 'Metal');
    const bench = await buildWorkCentre(world.mira, section);
    const routing = [
      operation('Cut', bench.id),
      operation('Drill', bench.id, [1]),
      operation('Paint', bench.id, [2]),
    ];
    const versionId = await buildRouting(world.mira, world.fablab, routing, `Cart ${randomUUID()}`);
    const ref = await activateContract(world.app, world.fablab, versionId, [
      { quantity: 2 },
      { quantity: 2 },
    ]);
    const cut = (await takeNext(world.ben, section)).job as TakenJob;
    await act(world.ben, 'startJob', cut);
    await act(world.ben, 'completeJob', cut, { quantityGood: 2, quantityScrapped: 0 });
    const held = (await takeNext(world.ben, section)).job as TakenJob;
    await act(world.ben, 'startJob', held);
    world.app.clock.advance({ minutes: 3 });
    await act(world.ben, 'logJob', held, { quantityGood: 1, quantityScrapped: 0 });

    const [order] = await rows<{ id: string }>(
      `SELECT DISTINCT contract_id AS id FROM workshop.work_order WHERE contract_ref = $1`,
      [ref],
    );
    await terminate(order?.id ?? '', ref);
    await terminate(order?.id ?? '', ref);

    expect(
      await rows(
        `SELECT o.contract_line AS line, o.state AS "order", j.position, j.state AS job, j.claimed_by AS holder
         FROM workshop.work_order o JOIN workshop.job j ON j.work_order_id = o.id
         WHERE o.contract_ref = $1 ORDER BY 1, 3`,
        [ref],
      ),
    ).toEqual(
      [1, 2].flatMap((line) =>
        [1, 2, 3].map((position) => ({
          line,
          order: 'cancelled',
          position,
          job: line === 1 && position === 1 ? 'done' : 'cancelled',
          holder: null,
        })),
      ),
    );
    expect(
      await rows(
        `SELECT payload->>'makerId' AS maker, payload->>'contractRef' AS ref FROM platform.outbox
         WHERE type = 'workshop.job-cancelled' AND payload->>'jobId' = $1`,
        [held.id],
      ),
    ).toEqual([{ maker: world.ben.id, ref }]);
    expect(
      await rows(
        `SELECT cause, from_state AS was FROM workshop.job_event WHERE job_id = $1 ORDER BY id DESC LIMIT 1`,
        [held.id],
      ),
    ).toEqual([{ cause: 'contract-ended', was: 'running' }]);
    expect(
      await rows(`SELECT sum(seconds)::int AS seconds FROM workshop.time_log WHERE job_id = $1`, [held.id]),
    ).toEqual([{ seconds: 180 }]);
    expect((await takeNext(world.ben, section)).job).toBeNull();

    const late = await world.ben.client.refusal(actionDocument('completeJob'), {
      input: {
        idempotencyKey: randomUUID(),
        jobId: held.id,
        fence: held.claim?.fence,
        quantityGood: 2,
        quantityScrapped: 0,
        note: 'Both are drilled.',
      },
    });
    expect(late.extensions.code).toBe('STALE_CLAIM');
    expect(late.message).toBe(
      `Your claim on job ${held.number} has ended, and it is cancelled now. Your note was kept; nothing else was changed.`,
    );
  });

  it('is cancelled after its work orders came into being, when the news of both come in the wrong order', async () => {
    const contractId = randomUUID();
    await terminate(contractId, 'CSM-2026-9999');
    const [event] = await rows<{ waits: boolean }>(
      `SELECT dispatched_at IS NULL AND attempts > 0 AS waits FROM platform.outbox
       WHERE type = 'contracting.contract-terminated' AND payload->>'contractId' = $1`,
      [contractId],
    );
    expect(event).toEqual({ waits: true });
  });
});
