import { Test, type TestingModule } from '@nestjs/testing';
import { LedgerModule } from '#ledger';
import { PlatformModule, readConfig } from '#platform';
import { createTestDatabase, type TestDatabase } from '../test-database.js';

export interface LedgerApp {
  readonly database: TestDatabase;
  readonly module: TestingModule;
  close(): Promise<void>;
}

/** The ledger's services on a database of their own, with nothing else around them. */
export async function startLedger(): Promise<LedgerApp> {
  const database = await createTestDatabase();
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: database.appUrl,
    DATABASE_CONNECTIONS_MAX: '8',
    LOG_LEVEL: 'silent',
  });
  const module = await Test.createTestingModule({
    imports: [PlatformModule.forRoot({ config, processName: 'test', entities: [] }), LedgerModule],
  }).compile();
  await module.init();
  return {
    database,
    module,
    close: async () => {
      await module.close();
      await database.drop();
    },
  };
}
