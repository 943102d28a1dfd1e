import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { systemClock } from '#kernel';
import {
  Database,
  OutboxWaker,
  UnitOfWork,
  answerOf,
  createDataSource,
  createLogger,
  type Tx,
} from '#platform';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const INSERT = `INSERT INTO platform.idempotency_key (actor, key, operation, input_hash, created_at)
  VALUES ('t', $1, 'o', sha256(''), now())`;

describe('a transaction on a pipelined connection', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let reader: Database;
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({
      url: database.appUrl,
      connectionsMax: 1,
      applicationName: 'test',
      entities: [],
    }).initialize();
    reader = new Database(dataSource);
    const logger = createLogger({ logLevel: 'silent' }, 'test');
    unitOfWork = new UnitOfWork(dataSource, systemClock, logger, new OutboxWaker(dataSource));
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  beforeEach(async () => {
    await reader.query('DELETE FROM platform.idempotency_key');
    await reader.query('DELETE FROM platform.outbox');
  });

  const keys = async (): Promise<string[]> =>
    (await reader.query<{ key: string }>('SELECT key FROM platform.idempotency_key ORDER BY key')).map(
      ({ key }) => key,
    );
  const backend = async (): Promise<number> =>
    (await reader.query<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]?.pid ?? 0;

  it('commits nothing when an event cannot be written', async () => {
    const unwritable = unitOfWork.run(async (tx) => {
      await tx.execute(INSERT, ['event-of-bigint']);
      tx.publish({ type: 'test.thing', payload: { amount: 1n } });
    });
    await expect(unwritable).rejects.toThrow('BigInt');
    const refused = unitOfWork.run(async (tx) => {
      await tx.execute(INSERT, ['event-refused']);
      // The database refuses this character in jsonb, when the COMMIT is already on its way.
      tx.publish({ type: 'test.thing', payload: { text: '\u0000' } });
    });
    await expect(refused).rejects.toThrow('unsupported Unicode escape sequence');
    expect(await keys()).toEqual([]);
  });

  it('does not pass over a failed statement that the work passed over', async () => {
    const work = unitOfWork.run(async (tx) => {
      await tx.execute(INSERT, ['before-failure']);
      await tx.query('SELECT 1 / 0').catch(() => undefined);
    });
    await expect(work).rejects.toThrow('A statement failed');
    expect(await keys()).toEqual([]);
  });

  it('refuses what comes after its end', async () => {
    let late: Tx | undefined;
    await unitOfWork.run(async (tx) => {
      late = tx;
      await tx.execute(INSERT, ['in-good-time']);
    });
    await expect(late?.execute(INSERT, ['too-late-now'])).rejects.toThrow('has ended');
    expect(() => late?.manager).toThrow('has ended');
    expect(await keys()).toEqual(['in-good-time']);
  });

  it('keeps statements that were not awaited one by one in their order, and takes all back together', async () => {
    const both = (second: string) =>
      unitOfWork.run((tx) =>
        Promise.all([tx.execute(INSERT, ['key-one-']), tx.execute(second, ['key-two-'])]),
      );
    await expect(both('SELECT $1::int')).rejects.toThrow('invalid input syntax');
    expect(await keys()).toEqual([]);
    await both(INSERT);
    expect(await keys()).toEqual(['key-one-', 'key-two-']);
  });

  it('is the transaction of TypeORM’s manager, too', async () => {
    const work = (fail: boolean) =>
      unitOfWork.run(async ({ manager }) => {
        await manager.query(INSERT, ['by-manager']);
        await manager.transaction((inner) => inner.query(INSERT, ['by-inner-manager']));
        if (fail) throw new Error('changed my mind');
      });
    await expect(work(true)).rejects.toThrow('changed my mind');
    expect(await keys()).toEqual([]);
    await work(false);
    expect(await keys()).toEqual(['by-inner-manager', 'by-manager']);
  });

  it('keeps its connection after a refusal, and replaces one that died', async () => {
    const before = await backend();
    const refused = [
      () => unitOfWork.run((tx) => tx.query('SELECT 1 / 0')),
      () => unitOfWork.run(async (tx) => tx.query('SELECT 1 / 0')),
      () => reader.query('SELECT 1 / 0'),
    ];
    for (const each of refused) await expect(each()).rejects.toThrow('division');
    expect(await backend()).toBe(before);
    const superuser = new pg.Client({ connectionString: database.superuserUrl });
    await superuser.connect();
    const dying = unitOfWork.run(async (tx) => {
      await tx.execute(INSERT, ['never-there']);
      await superuser.query('SELECT pg_terminate_backend($1)', [before]);
      await tx.query('SELECT pg_sleep(5)');
    });
    await expect(dying).rejects.toThrow();
    await superuser.end();
    expect(await backend()).not.toBe(before);
    expect(await keys()).toEqual([]);
  });

  it('replaces a connection that died under a statement of a reader', async () => {
    const before = await backend();
    await expect(reader.query('SELECT pg_terminate_backend(pg_backend_pid())')).rejects.toThrow();
    expect(await backend()).not.toBe(before);
  });

  it('sends what is for the end with the COMMIT, and takes all back where that is refused', async () => {
    const work = (end: string) =>
      unitOfWork.run(async (tx) => {
        tx.atEnd(INSERT, [end]);
        await tx.execute(INSERT, ['at-once-']);
        expect(await tx.query('SELECT key FROM platform.idempotency_key')).toEqual([{ key: 'at-once-' }]);
      });
    await expect(work('at-once-')).rejects.toThrow('duplicate key');
    expect(await keys()).toEqual([]);
    await work('at-the-end');
    expect(await keys()).toEqual(['at-once-', 'at-the-end']);
  });

  describe('of one statement', () => {
    /** The first words of what went over the one connection there is. */
    async function sent(work: () => Promise<unknown>): Promise<string[]> {
      const [texts, pool] = [[] as string[], reader.pool];
      const client = await pool.connect();
      const query = client.query.bind(client);
      Object.assign(client, {
        query: (config: string | { text: string }) => {
          texts.push((typeof config === 'string' ? config : config.text).split(' ')[0] ?? '');
          return query(config as never);
        },
      });
      client.release();
      await work().finally(() => Object.assign(client, { query }));
      return texts;
    }

    it('is committed by itself, and gives the rows', async () => {
      let rows: object[] = [];
      const texts = await sent(async () => {
        rows = await unitOfWork.run((tx) => tx.query(`${INSERT} RETURNING key`, ['alone-key'], 'alone'));
      });
      expect([rows, texts]).toEqual([[{ key: 'alone-key' }], ['INSERT']]);
      expect(await keys()).toEqual(['alone-key']);
    });

    it('stays so when its answer is read, or its refusal put into other words', async () => {
      const add = () =>
        unitOfWork.run((tx) =>
          answerOf(
            tx.query<{ key: string }>(`${INSERT} RETURNING key`, ['read-key']),
            (rows) => rows[0]?.key,
            (error) => new Error(`told otherwise: ${(error as Error).message}`),
          ),
        );
      expect(await sent(async () => expect(await add()).toBe('read-key'))).toEqual(['INSERT']);
      await expect(add()).rejects.toThrow('told otherwise: duplicate key');
    });

    it('is in a transaction where the work goes on, asks for two, or publishes', async () => {
      const works: Readonly<Record<string, (tx: Tx) => Promise<unknown>>> = {
        'goes on': async (tx) => tx.query(INSERT, ['goes-on-1']),
        'goes on to another': (tx) =>
          tx.query(INSERT, ['first-one']).then(() => tx.query(INSERT, ['then-this'])),
        'asks for two': (tx) => {
          void tx.query(INSERT, ['of-two-1-']);
          return tx.query(INSERT, ['of-two-2-']);
        },
        'has one for the end': (tx) => {
          tx.atEnd(INSERT, ['end-key-1']);
          return tx.query(INSERT, ['before-it']);
        },
        publishes: (tx) => {
          tx.publish({ type: 'test.thing', payload: {} });
          return tx.query(INSERT, ['published']);
        },
      };
      for (const [what, work] of Object.entries(works)) {
        const texts = await sent(() => unitOfWork.run(work));
        expect([what, texts[0], texts.filter((each) => each === 'COMMIT')]).toEqual([
          what,
          'BEGIN',
          ['COMMIT'],
        ]);
      }
      expect(await keys()).toHaveLength(8);
    });

    it('refuses what comes after it', async () => {
      let late: Promise<unknown> = Promise.resolve();
      await unitOfWork.run((tx) => {
        const answer = tx.query(INSERT, ['first-key']);
        late = answer.then(() => tx.query(INSERT, ['second-key']));
        late.catch(() => undefined);
        return answer;
      });
      await expect(late).rejects.toThrow('has ended');
      expect(await keys()).toEqual(['first-key']);
    });

    it('is run again when the database asks for it', async () => {
      let runs = 0;
      const work = unitOfWork.run((tx) => {
        runs += 1;
        return tx.query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
      });
      await expect(work).rejects.toThrow('again');
      expect(runs).toBe(5);
    });
  });
});
