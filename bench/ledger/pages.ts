import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Id } from '#kernel';
import { fillContracts } from '../api/contract-list.js';
import { startChild } from '../support/child.js';
import type { Fixture } from './fixture.js';

/** The pages that show money, asked for over HTTP by somebody who keeps the books. */
export interface Pages {
  readonly fablabId: Id<'community'>;
  readonly contractRef: string;
  contract(): Promise<unknown>;
  contractEntries(): Promise<unknown>;
  account(id: Id<'account'>): Promise<unknown>;
  registry(): Promise<unknown>;
  stop(): Promise<void>;
}

const MONEY = '{ amountMinor currency }';
const CONTRACT = `query ($ref: String!) { contract(ref: $ref) {
  id ref title state deadline summary viewerCan
  fablab { name slug } receivingCommunities { name slug }
  funding { threshold ${MONEY} pledged ${MONEY} received ${MONEY} pledgeCount }
  deliverables { position tier quantity dueOn unitPrice ${MONEY} receiver { name } productVersion { label product { name } } }
  scrutiny { sentence state endedOn open ${MONEY} community { name } }
  releases { number sha256 publishedAt } acceptances { role acceptedAt community { name } }
  pledges { id state amount ${MONEY} received ${MONEY} community { name }
    obligation { owed ${MONEY} repaid ${MONEY} outstanding ${MONEY} instalments { number dueOn amount ${MONEY} open ${MONEY} }
      events { id kind valueDate reason amount ${MONEY} } } }
} }`;
const CONTRACT_ENTRIES = `query ($ref: String!) { contractEntries(contractRef: $ref, first: 20) {
  nodes { id accountCode accountName amountMinor currency bookedAt valueDate description state } pageInfo { hasNextPage endCursor }
} }`;
const ACCOUNT_ENTRIES = `query ($id: ID!) { ledgerEntries(accountId: $id, first: 20) {
  nodes { id amountMinor bookedAt valueDate description state account { balanceMinor pendingMinor } } pageInfo { hasNextPage endCursor }
} }`;

/** Starts the API on the fixture's database, with one contract made through it. */
export async function startPages(fixture: Fixture): Promise<Pages> {
  const dataDir = mkdtempSync(join(tmpdir(), 'commonwright-bench-'));
  const api = await startChild(join(import.meta.dirname, '../../apps/api/src/main.js'), {
    NODE_ENV: 'production',
    PORT: '0',
    DATABASE_URL: fixture.appUrl,
    QUEUE_BACKEND: 'postgres',
    COMMONWRIGHT_DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
  });
  const { coordinator, fablabId, refs } = await fillContracts(api.url, 1);
  const [contractRef = ''] = refs;
  const { client } = coordinator;
  return {
    fablabId: fablabId as Id<'community'>,
    contractRef,
    contract: () => client.get(CONTRACT, { ref: contractRef }),
    contractEntries: () => client.get(CONTRACT_ENTRIES, { ref: contractRef }),
    account: (id) => client.get(ACCOUNT_ENTRIES, { id }),
    registry: async () => {
      const answer = await client.fetch(`/registry/contracts/${contractRef}`);
      if (!answer.ok) throw new Error(`The registry answered ${answer.status}.`);
      return answer.text();
    },
    stop: async () => {
      await api.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
