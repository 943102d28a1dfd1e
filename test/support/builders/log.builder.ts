import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { LogKeyFile, LogReader, LogSequencer, LogSigner } from '#registry';
import { createLogger, Database, createDataSource, OutboxWaker, UnitOfWork, type Config } from '#platform';
import { TestClock } from '../test-clock.js';
import { createTestDatabase, type TestDatabase } from '../test-database.js';

/** The log alone, on a database of its own: for what cannot be reached through the app. */
export interface LogWorld {
  readonly database: TestDatabase;
  readonly file: LogKeyFile;
  readonly reader: LogReader;
  readonly sequencer: LogSequencer;
  readonly signer: LogSigner;
  /** Another process with the same database and the same files. */
  signerOn(file: LogKeyFile): LogSigner;
  /** Appends leaves about nothing in particular. */
  append(count: number): Promise<void>;
  /** As superuser, past every trigger. */
  tamper(sql: string, values?: readonly unknown[]): Promise<number>;
  close(): Promise<void>;
}

export const LOG_NAME = 'log.test/log';

export async function buildLogWorld(): Promise<LogWorld> {
  const database = await createTestDatabase();
  const dataSource = createDataSource({
    url: database.appUrl,
    connectionsMax: 4,
    applicationName: 'log test',
    entities: [],
  });
  await dataSource.initialize();
  const reading = new Database(dataSource);
  const clock = new TestClock();
  const logger = createLogger({ logLevel: 'silent', environment: 'test' } as Config, 'test');
  const unitOfWork = new UnitOfWork(dataSource, clock, logger, new OutboxWaker(dataSource));
  const file = new LogKeyFile(join(tmpdir(), `cw-log-${randomBytes(8).toString('hex')}.key`));
  const reader = new LogReader(reading);
  const superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
  // Neither triggers nor foreign keys stand in the way of a superuser who wants it so.
  await superuser.query(`SET session_replication_role = replica`);
  const signerOn = (of: LogKeyFile): LogSigner =>
    new LogSigner(reading, reader, of, { name: LOG_NAME, configured: false }, clock);
  return {
    database,
    file,
    reader,
    sequencer: new LogSequencer(unitOfWork),
    signer: signerOn(file),
    signerOn,
    append: async (count) => {
      await reading.query(
        `INSERT INTO registry.log_leaf (statement)
         SELECT format('{"format":"commonwright.leaf/1","kind":"split-rule","number":1,"publishedAt":"2026-03-02T08:00:00.000Z","sha256":"%s","subject":"s"}',
                  encode(sha256(convert_to(n::text || $2, 'UTF8')), 'hex'))
         FROM generate_series(1, $1::int) AS n`,
        [count, randomBytes(8).toString('hex')],
      );
    },
    tamper: async (sql, values = []) => (await superuser.query(sql, values as unknown[])).rowCount ?? 0,
    close: async () => {
      await superuser.end();
      await dataSource.destroy();
      await database.drop();
      for (const end of ['', '.head']) rmSync(`${file.path}${end}`, { force: true });
    },
  };
}
