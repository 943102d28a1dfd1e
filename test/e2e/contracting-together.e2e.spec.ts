import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#platform';
import {
  ACCEPT,
  DRAFT,
  PAY,
  PLEDGE,
  WITHDRAW,
  WITHDRAW_PLEDGE,
  accept,
  acceptByAll,
  acceptInput,
  activeContract,
  buildContractWorld,
  draftContract,
  eur,
  openContract,
  pledge,
  pledgeInput,
  termsInput,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
}, 60_000);
afterAll(() => app?.close());

const PAGE = `query ($ref: String!) { contract(ref: $ref) {
  ref title state currency deadline licence draftRevision viewerCan
  fablab { name } receivingCommunities { name }
  deliverables { position productVersion { label product { name } } receiver { name } tier quantity unitPrice { amountMinor currency } dueOn }
  funding { threshold { amountMinor } pledged { amountMinor } received { amountMinor } pledgeCount }
  milestones { name dueOn } mediator
  currentRelease { number sha256 canonicalJson } releases { number }
  acceptances { community { name } releaseNumber releaseSha256 role person { displayName } }
  pledges { community { name } instrument amount { amountMinor } received { amountMinor } state payments { amount { amountMinor } valueDate } }
} }`;
interface Shown {
  readonly state: string;
  readonly viewerCan: string[];
  readonly currentRelease: {
    readonly number: number;
    readonly sha256: string;
    readonly canonicalJson: string;
  };
  readonly funding: Record<string, unknown>;
  readonly acceptances: Record<string, unknown>[];
  readonly pledges: Record<string, unknown>[];
}

async function page(ref: string, client = app.client()): Promise<Shown> {
  const { contract } = await client.get<{ contract: Shown }>(PAGE, { ref });
  return contract;
}

async function rows(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return app.app.get(Database).query(sql, values);
}

/** Posted and pending sums of the fablab's accounts, on their normal side. */
async function books(): Promise<Record<string, string>> {
  const query = `query ($id: ID!) { ledgerAccounts(communityId: $id) { code balanceMinor pendingMinor } }`;
  const { ledgerAccounts } = await world.mira.client.get<{
    ledgerAccounts: { code: string; balanceMinor: string; pendingMinor: string }[];
  }>(query, { id: world.fablab.id });
  return Object.fromEntries(
    ledgerAccounts.map((each) => [each.code, `${each.balanceMinor} + ${each.pendingMinor}`]),
  );
}

describe('at the same time', () => {
  it('two pledges that meet the threshold together activate the contract once', async () => {
    const contract = await openContract(world);
    await acceptByAll(world, contract);
    await Promise.all([
      pledge(world.noor, contract, world.north, 150_000),
      pledge(world.sven, contract, world.south, 150_000),
    ]);
    expect(await page(contract.ref)).toMatchObject({
      state: 'active',
      funding: { pledged: { amountMinor: '300000' } },
    });
    expect(
      await rows(
        `SELECT count(*)::int AS n FROM platform.outbox WHERE type = 'contracting.contract-activated' AND payload->>'ref' = $1`,
        [contract.ref],
      ),
    ).toEqual([{ n: 1 }]);
  });

  it('a last pledge and a last acceptance activate the contract once', async () => {
    const contract = await openContract(world);
    await accept(world.mira, contract, world.fablab);
    await accept(world.noor, contract, world.north);
    await Promise.all([
      pledge(world.noor, contract, world.north, 300_000),
      accept(world.sven, contract, world.south),
    ]);
    expect((await page(contract.ref)).state).toBe('active');
    expect(
      await rows(
        `SELECT count(*)::int AS n FROM platform.outbox WHERE type = 'contracting.contract-activated' AND payload->>'ref' = $1`,
        [contract.ref],
      ),
    ).toEqual([{ n: 1 }]);
  });

  it('a double click on a payment books it once, and both clicks are told the same', async () => {
    const { pledge: made } = await activeContract(world);
    const input = {
      idempotencyKey: randomUUID(),
      pledgeId: made.id,
      amount: eur(1_000),
      valueDate: '2026-03-02',
    };
    const answers = await Promise.all([
      world.mira.client.get(PAY, { input }),
      world.mira.client.get(PAY, { input }),
    ]);
    expect(answers[0]).toEqual({
      recordPayment: { id: made.id, state: 'active', received: { amountMinor: '1000' } },
    });
    expect(answers[1]).toEqual(answers[0]);
    const reused = { ...input, amount: eur(2_000) };
    expect((await world.mira.client.refusal(PAY, { input: reused })).extensions.code).toBe('KEY_REUSED');
  });

  it('a key drafts, pledges and accepts once', async () => {
    const drafted = { input: { idempotencyKey: randomUUID(), ...termsInput(world) } };
    const [one, two] = await Promise.all([
      world.mira.client.get(DRAFT, drafted),
      world.mira.client.get(DRAFT, drafted),
    ]);
    expect(one).toEqual(two);
    const contract = await openContract(world);
    const pledged = { input: pledgeInput(contract, world.north, 5_000) };
    expect(await world.noor.client.get(PLEDGE, pledged)).toEqual(
      await world.noor.client.get(PLEDGE, pledged),
    );
    const accepted = { input: acceptInput(contract, world.north) };
    expect(await world.noor.client.get(ACCEPT, accepted)).toEqual(
      await world.noor.client.get(ACCEPT, accepted),
    );
    expect(await page(contract.ref)).toMatchObject({
      funding: { pledged: { amountMinor: '5000' }, pledgeCount: 1 },
    });
  });
});

describe('ending before it binds', () => {
  it('a withdrawn pledge counts no more, and its reservation is released', async () => {
    const contract = await openContract(world);
    const before = await books();
    const made = await pledge(world.noor, contract, world.north, 300_000);
    const input = { idempotencyKey: randomUUID(), pledgeId: made.id };
    expect(await world.noor.client.get(WITHDRAW_PLEDGE, { input })).toEqual({
      withdrawPledge: { id: made.id, state: 'withdrawn' },
    });
    await acceptByAll(world, contract);
    expect(await page(contract.ref)).toMatchObject({
      state: 'open',
      funding: { pledged: { amountMinor: '0' }, pledgeCount: 0 },
    });
    expect(await books()).toEqual(before);
  });

  it('a withdrawn contract voids every pledge, says why, and stays readable', async () => {
    const contract = await openContract(world);
    const before = await books();
    await pledge(world.noor, contract, world.north, 100_000);
    await pledge(world.sven, contract, world.south, 50_000);
    const input = { idempotencyKey: randomUUID(), contractId: contract.id, reason: 'The saw burned down.' };
    await world.mira.client.get(WITHDRAW, { input });
    const query = `query ($ref: String!) { contract(ref: $ref) { state endReason pledges { state } releases { number } } }`;
    expect(await app.client().get(query, { ref: contract.ref })).toEqual({
      contract: {
        state: 'withdrawn',
        endReason: 'The saw burned down.',
        pledges: [{ state: 'voided' }, { state: 'voided' }],
        releases: [{ number: 1 }],
      },
    });
    expect(await books()).toEqual(before);
  });
});

describe('the list', () => {
  const LIST = `query ($first: Int!, $after: String, $mine: Boolean, $state: ContractState, $slug: String) {
    contracts(first: $first, after: $after, mine: $mine, state: $state, communitySlug: $slug) {
      nodes { ref state fablab { name } receivingCommunities { name } funding { pledged { amountMinor } } viewerCan }
      pageInfo { hasNextPage endCursor } } }`;
  interface List {
    readonly contracts: {
      readonly nodes: { ref: string; state: string }[];
      readonly pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }

  it('shows strangers what was published, newest first, page by page', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const { contracts }: List = await app.client().get<List>(LIST, { first: 3, after });
      seen.push(...contracts.nodes.map(({ ref }) => ref));
      after = contracts.pageInfo.endCursor;
      more = contracts.pageInfo.hasNextPage;
    }
    const published = await rows(
      `SELECT ref FROM contracting.contract WHERE opened_at IS NOT NULL ORDER BY id DESC`,
    );
    expect(seen).toEqual(published.map(({ ref }) => ref));
  });

  it('shows drafts to their parties, and what is theirs when they ask for it', async () => {
    const { ref } = await draftContract(world, {
      receivingCommunityIds: [world.north.id],
      deliverables: [
        {
          productVersionId: world.version.id,
          receiverId: world.north.id,
          tier: 'fair',
          quantity: 1,
          unitPrice: eur(1),
          dueOn: '2026-09-30',
        },
      ],
    });
    const drafts = { first: 100, state: 'draft', mine: true };
    const refs = async (
      client = app.client(),
      variables: Record<string, unknown> = drafts,
    ): Promise<string[]> => (await client.get<List>(LIST, variables)).contracts.nodes.map((each) => each.ref);
    expect(await refs(world.noor.client)).toContain(ref);
    expect(await refs(world.sven.client)).not.toContain(ref);
    expect(await refs(app.client(), { first: 100, state: 'draft' })).toEqual([]);
    expect((await app.client().refusal(LIST, drafts)).extensions.code).toBe('UNAUTHENTICATED');
    expect(await refs(app.client(), { first: 100, slug: 'nobody-here' })).toEqual([]);
    expect((await refs(app.client(), { first: 100, slug: world.north.slug })).length).toBeGreaterThan(3);
  });

  it('refuses a cursor that is of another list, as the list of entries does', async () => {
    const after = Buffer.from(JSON.stringify(['nonsense'])).toString('base64url');
    const message = '“after” is not a cursor of this list.';
    const refusal = { message, extensions: { code: 'BAD_INPUT' } };
    expect(await app.client().refusal(LIST, { first: 3, after })).toMatchObject(refusal);
    const accounts = `query ($id: ID!) { ledgerAccounts(communityId: $id) { id code } }`;
    const { ledgerAccounts } = await world.mira.client.get<{
      ledgerAccounts: { id: string; code: string }[];
    }>(accounts, { id: world.fablab.id });
    const entries = `query ($id: ID!, $after: String) { ledgerEntries(accountId: $id, first: 2, after: $after) {
      nodes { transferId amountMinor description state } pageInfo { endCursor hasNextPage } } }`;
    const bank = ledgerAccounts.find(({ code }) => code === 'assets:bank')?.id;
    const two = Buffer.from(JSON.stringify(['nonsense', '1'])).toString('base64url');
    expect(await world.mira.client.refusal(entries, { id: bank, after: two })).toMatchObject(refusal);
    type Entries = {
      ledgerEntries: { nodes: { amountMinor: string }[]; pageInfo: { endCursor: string | null } };
    };
    const first = (await world.mira.client.get<Entries>(entries, { id: bank })).ledgerEntries;
    expect(first.nodes).toEqual([expect.objectContaining({ amountMinor: '1000', state: 'posted' })]);
    const rest = await world.mira.client.get<Entries>(entries, { id: bank, after: first.pageInfo.endCursor });
    expect(rest.ledgerEntries.nodes).toEqual([]);
  });
});
