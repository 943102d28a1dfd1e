import pg from 'pg';
import { secureRandom, systemClock, type Day, type Id } from '#kernel';
import { LedgerService, type TransferOrder } from '#ledger';
import { IdSource, OutboxWaker, UnitOfWork, createDataSource, createLogger } from '#platform';
import { newId } from './fixture.js';

export type Pair = readonly [from: Id<'account'>, to: Id<'account'>];

/** A way to book: `connect` opens connections for so many clients, each client books one transfer at a time. */
export interface Way {
  book(client: number, pair: Pair): Promise<unknown>;
  close(): Promise<void>;
}

const VALUE_DATE = '2026-03-02' as Day;

/**
 * Through LedgerService, a unit of work for each transfer: which is all that it does, or in the open transaction that
 * a use case has which writes other things too.
 */
export async function throughService(url: string, clients: number, kind: 'statement' | 'open'): Promise<Way> {
  const dataSource = await createDataSource({
    url,
    connectionsMax: clients,
    applicationName: 'bench service',
    entities: [],
  }).initialize();
  const logger = createLogger({ logLevel: 'silent' }, 'bench');
  const unitOfWork = new UnitOfWork(dataSource, systemClock, logger, new OutboxWaker(dataSource));
  const ledger = new LedgerService(new IdSource(systemClock, secureRandom));
  const order = ([from, to]: Pair): TransferOrder => ({
    key: newId(),
    kind: 'bench',
    description: 'Measured',
    reference: null,
    valueDate: VALUE_DATE,
    legs: [
      { accountId: to, amountMinor: 1n },
      { accountId: from, amountMinor: -1n },
    ],
  });
  return {
    book: (_client, pair) =>
      kind === 'statement'
        ? unitOfWork.run((tx) => ledger.transfer(tx, order(pair)))
        : // An async function may go on after the transfer, so BEGIN and COMMIT go around it.
          unitOfWork.run(async (tx) => ledger.transfer(tx, order(pair))),
    close: () => dataSource.destroy(),
  };
}

const CALL = `SELECT ledger.post_transfer($1, 'posted', 'bench', 'Measured', NULL, $2, $3, $4, $5, $6) AS id`;

/** The plain SQL function by itself: a connection for each client, one prepared statement for each transfer. */
export async function throughFunction(url: string, clients: number): Promise<Way> {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: url, application_name: 'bench function' });
      await client.connect();
      return client;
    }),
  );
  return {
    book: async (client, [from, to]) =>
      connections[client]?.query({
        text: CALL,
        values: [newId(), VALUE_DATE, systemClock.now(), newId(), [to, from], ['1', '-1']],
        name: 'bench-post',
      }),
    close: async () => {
      await Promise.all(connections.map((client) => client.end()));
    },
  };
}
