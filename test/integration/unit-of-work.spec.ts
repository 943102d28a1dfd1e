import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { DomainError, systemClock } from '#kernel';
import {
  ChangeDelivery,
  Database,
  Idempotency,
  OutboxRelay,
  OutboxWaker,
  UnitOfWork,
  createDataSource,
  createLogger,
  outboxAgeSeconds,
  type PublishedEvent,
  type Reaction,
} from '#platform';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const logger = createLogger({ logLevel: 'silent' }, 'test');
const EVENT = { type: 'test.thing-happened', payload: { thing: 'x' } };

describe('with a real database', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let reader: Database;
  let unitOfWork: UnitOfWork;
  let idempotency: Idempotency;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({
      url: database.appUrl,
      connectionsMax: 12,
      applicationName: 'test',
      entities: [],
    }).initialize();
    reader = new Database(dataSource);
    unitOfWork = new UnitOfWork(dataSource, systemClock, logger, new OutboxWaker(dataSource));
    idempotency = new Idempotency();
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  beforeEach(async () => {
    await reader.query('DELETE FROM platform.outbox');
    await reader.query('DELETE FROM platform.idempotency_key');
  });

  const outbox = (): Promise<
    { type: string; dispatched: boolean; attempts: number; last_error: string | null }[]
  > =>
    reader.query(
      `SELECT type, dispatched_at IS NOT NULL AS dispatched, attempts, last_error FROM platform.outbox ORDER BY id`,
    );

  describe('the unit of work', () => {
    it('writes its events with its work', async () => {
      await unitOfWork.run(async (tx) => {
        tx.publish(EVENT);
        await tx.query('SELECT 1');
      });
      expect(await outbox()).toEqual([
        { type: EVENT.type, dispatched: false, attempts: 0, last_error: null },
      ]);
    });

    it('leaves nothing behind when the work throws', async () => {
      const work = unitOfWork.run(async (tx) => {
        tx.publish(EVENT);
        await tx.execute(
          `INSERT INTO platform.idempotency_key (actor, key, operation, input_hash, created_at)
           VALUES ('a', 'kkkkkkkk', 'o', $1, $2)`,
          [Buffer.alloc(32), tx.now],
        );
        throw new DomainError('CONFLICT', 'no');
      });
      await expect(work).rejects.toThrow('no');
      expect(await outbox()).toEqual([]);
      expect(await reader.query('SELECT 1 FROM platform.idempotency_key')).toEqual([]);
    });

    it('is run again in a fresh transaction when two block each other, and then succeeds', async () => {
      await unitOfWork.run(async (tx) => {
        for (const key of ['left-key', 'rightkey']) {
          await tx.execute(
            `INSERT INTO platform.idempotency_key (actor, key, operation, input_hash, created_at)
             VALUES ('lock', $1, 'o', $2, now())`,
            [key, Buffer.alloc(32)],
          );
        }
      });
      let runs = 0;
      const update = `UPDATE platform.idempotency_key SET operation = operation || '.' WHERE actor = 'lock' AND key = $1`;
      const cross = (first: string, second: string): Promise<void> =>
        unitOfWork.run(async (tx) => {
          runs += 1;
          await tx.execute(update, [first]);
          await tx.query('SELECT pg_sleep(0.1)');
          await tx.execute(update, [second]);
        });
      await Promise.all([cross('left-key', 'rightkey'), cross('rightkey', 'left-key')]);
      expect(runs).toBe(3);
      expect(
        await reader.query(`SELECT operation FROM platform.idempotency_key WHERE actor = 'lock'`),
      ).toEqual([{ operation: 'o..' }, { operation: 'o..' }]);
    });

    it('gives up after a bounded number of tries, with the database error', async () => {
      let runs = 0;
      const work = unitOfWork.run(async (tx) => {
        runs += 1;
        await tx.query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
      });
      await expect(work).rejects.toThrow('again');
      expect(runs).toBe(5);
    });

    it('runs as a role that can neither create nor drop', async () => {
      await expect(reader.query('CREATE TABLE platform.mine (x int)')).rejects.toThrow('permission denied');
      await expect(reader.query('DROP TABLE platform.outbox')).rejects.toThrow('must be owner');
    });
  });

  describe('an idempotency key', () => {
    const call = { actor: 'anna', key: 'key-number-1', operation: 'makePledge', input: { b: 2n, a: [1] } };
    let done = 0;
    const once = (changed: Partial<typeof call> = {}): Promise<number> =>
      unitOfWork.run((tx) => idempotency.once(tx, { ...call, ...changed }, async () => (done += 1)));

    beforeEach(() => {
      done = 0;
    });

    it('does the work once, and gives its result again', async () => {
      expect([await once(), await once({ input: { a: [1], b: 2n } }), done]).toEqual([1, 1, 1]);
    });

    it('does the work once for twenty calls at once', async () => {
      expect(await Promise.all(Array.from({ length: 20 }, () => once()))).toEqual(Array(20).fill(1));
      expect(done).toBe(1);
    });

    it('is refused with another input, or for another operation', async () => {
      await once();
      await expect(once({ input: { b: 3n, a: [1] } })).rejects.toMatchObject({ code: 'KEY_REUSED' });
      await expect(once({ operation: 'withdrawPledge' })).rejects.toMatchObject({ code: 'KEY_REUSED' });
      expect(done).toBe(1);
    });

    it('belongs to one person', async () => {
      expect([await once(), await once({ actor: 'ben' })]).toEqual([1, 2]);
    });

    it('is free again when the work failed', async () => {
      const failed = unitOfWork.run((tx) =>
        idempotency.once(tx, call, () => Promise.reject(new DomainError('CONFLICT', 'no'))),
      );
      await expect(failed).rejects.toThrow('no');
      expect(await once()).toBe(1);
    });

    it('needs a length that can be unique', async () => {
      await expect(once({ key: 'short' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
      await expect(once({ key: 'x'.repeat(81) })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    });
  });

  describe('the outbox relay', () => {
    function relay(
      reactions: Reaction[],
      deliver: (event: PublishedEvent) => Promise<void> = async () => undefined,
    ) {
      const delivery = { name: 'test.delivery', types: 'all' as const, deliver };
      return new OutboxRelay(reader, unitOfWork, logger, reactions, [delivery, new ChangeDelivery(reader)]);
    }
    const publish = (): Promise<void> => unitOfWork.run(async (tx) => tx.publish(EVENT));

    /** A reaction whose work is a row of its own; `fails` makes its first tries throw after that row. */
    function writer(name: string, fails = 0): Reaction & { calls: number } {
      const reaction = {
        name,
        types: [EVENT.type],
        calls: 0,
        async handle(tx: Parameters<Reaction['handle']>[0], event: PublishedEvent) {
          reaction.calls += 1;
          await tx.execute(
            `INSERT INTO platform.idempotency_key (actor, key, operation, input_hash, created_at)
             VALUES ($1, $2, 'r', $3, now())`,
            [name, randomUUID(), Buffer.alloc(32)],
          );
          if (reaction.calls <= fails) throw new Error(`failed for ${String(event.payload['thing'])}`);
        },
      };
      return reaction;
    }
    const written = async (name: string): Promise<number> =>
      (await reader.query('SELECT 1 FROM platform.idempotency_key WHERE actor = $1', [name])).length;

    it('runs each reaction once, and then delivers', async () => {
      const seen: string[] = [];
      const one = relay([writer('r1'), writer('r2')], async (event) => void seen.push(event.type));
      await publish();
      await one.drain();
      await one.drain();
      expect([await written('r1'), await written('r2'), seen]).toEqual([1, 1, [EVENT.type]]);
      expect(await outbox()).toEqual([{ type: EVENT.type, dispatched: true, attempts: 0, last_error: null }]);
    });

    it('runs a reaction once though two relays work on the same events', async () => {
      for (let index = 0; index < 20; index += 1) await publish();
      await Promise.all([relay([writer('twice')]).drain(), relay([writer('twice')]).drain()]);
      expect(await written('twice')).toBe(20);
    });

    it('keeps nothing of a failed reaction, tries it again later, and then not the ones that went well', async () => {
      const bad = writer('bad', 1);
      const worker = relay([bad]);
      await publish();
      await worker.drain();
      expect(await written('bad')).toBe(0);
      expect(await outbox()).toEqual([
        { type: EVENT.type, dispatched: false, attempts: 1, last_error: 'failed for x' },
      ]);
      expect(await outboxAgeSeconds(reader)).toBeGreaterThan(0);
      await reader.query('UPDATE platform.outbox SET next_attempt_at = now()');
      await worker.drain();
      expect([bad.calls, await written('bad')]).toEqual([2, 1]);
    });

    it('does a reaction once when only the delivery after it failed', async () => {
      const reaction = writer('steady');
      let failures = 1;
      const worker = relay([reaction], async () => {
        if (failures-- > 0) throw new Error('Redis is away');
      });
      await publish();
      await worker.drain();
      await reader.query('UPDATE platform.outbox SET next_attempt_at = now()');
      await worker.drain();
      expect(reaction.calls).toBe(1);
      expect((await outbox())[0]?.dispatched).toBe(true);
    });

    it('hears of new events at once, by NOTIFY', async () => {
      const arrived = new Promise<void>((resolve) => {
        const worker = relay([], async () => {
          void worker.stop();
          resolve();
        });
        worker.start();
        setTimeout(() => void publish(), 150);
      });
      const start = performance.now();
      await arrived;
      // The poll alone would take a second after the start.
      expect(performance.now() - start).toBeLessThan(900);
    });
  });
});
