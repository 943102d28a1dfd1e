import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkLedger } from '#ledger';
import { Database } from '#platform';
import {
  PAY,
  UPDATE,
  accept,
  buildContractWorld,
  draftContract,
  eur,
  openContract,
  pledge,
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

describe('the thread from a draft to money', () => {
  let ref: string;

  it('gives the draft a ref, and shows it to its parties only', async () => {
    const contract = await draftContract(world);
    ref = contract.ref;
    expect(contract).toMatchObject({
      ref: 'CSM-2026-0001',
      state: 'draft',
      draftRevision: 1,
      currentRelease: null,
    });
    expect(await page(ref)).toBeNull();
    expect((await page(ref, world.sven.client)).viewerCan).toEqual(['updateDraft']);
    expect((await page(ref, world.mira.client)).viewerCan).toEqual([
      'updateDraft',
      'openContract',
      'withdrawContract',
    ]);
  });

  it('keeps every change of the draft, and refuses one that saw an older revision', async () => {
    const { id } = (await rows(`SELECT id FROM contracting.contract WHERE ref = $1`, [ref]))[0] as {
      id: string;
    };
    const input = { contractId: id, draftRevision: 1, ...termsInput(world, { title: 'Trailers' }) };
    const { updateDraft } = await world.sven.client.get<{ updateDraft: { draftRevision: number } }>(UPDATE, {
      input,
    });
    expect(updateDraft.draftRevision).toBe(2);
    const error = await world.mira.client.refusal(UPDATE, { input });
    expect(error.extensions).toEqual({ code: 'CONFLICT', details: { seen: 1, current: 2 } });
    expect(
      await rows(
        `SELECT revision, terms->>'title' AS title FROM contracting.draft_change WHERE contract_id = $1 ORDER BY 1`,
        [id],
      ),
    ).toEqual([
      { revision: 1, title: 'Cargo trailers for two villages' },
      { revision: 2, title: 'Trailers' },
    ]);
  });

  it('publishes the release that was hashed, without anything of a person', async () => {
    const contract = await openContract(world);
    const { currentRelease } = await page(contract.ref);
    const { canonicalJson, sha256, number } = currentRelease;
    expect(number).toBe(1);
    expect(createHash('sha256').update(canonicalJson).digest('hex')).toBe(sha256);
    expect(JSON.parse(canonicalJson)).toEqual({
      answerDays: 14,
      format: 'commonwright.release/1',
      contract: contract.ref,
      release: 1,
      publishedAt: expect.stringMatching(/^2026-03-02T08:\d\d:\d\d\.\d{3}Z$/),
      status: 'open',
      title: 'Cargo trailers for two villages',
      summary: 'Five trailers, one of them free.',
      parties: [
        { role: 'manufacturing', slug: world.fablab.slug, name: 'Oakmoor Fablab' },
        { role: 'receiving', slug: world.north.slug, name: 'North Village' },
        { role: 'receiving', slug: world.south.slug, name: 'South Village' },
      ],
      deliverables: [
        expect.objectContaining({
          position: 1,
          product: 'Cargo trailer',
          version: '1.0',
          receiver: world.north.slug,
          tier: 'fair',
          quantity: 4,
          unitPrice: eur(45_000),
        }),
        expect.objectContaining({
          position: 2,
          receiver: world.south.slug,
          tier: 'free',
          quantity: 1,
          unitPrice: eur(0),
          dueOn: '2026-09-30',
        }),
      ],
      thresholds: [{ kind: 'money', ...eur(300_000) }],
      deadline: '2026-06-30',
      pledges: [
        { instrument: 'loan', return: 'Ten equal instalments from January 2027 on, without interest.' },
      ],
      milestones: [{ name: 'Prototype inspected', dueOn: '2026-07-31' }],
      endCondition: 'The loans are repaid and the trailers are delivered.',
      licence: 'CERN-OHL-S-2.0',
      mediator: 'The arbitration board of the makers’ network',
    });
    for (const person of [world.mira, world.noor, world.sven]) {
      expect(canonicalJson).not.toContain(person.displayName);
      expect(canonicalJson).not.toContain(person.id);
    }
    const events = await rows(
      `SELECT type, payload FROM platform.outbox WHERE payload->>'ref' = $1 ORDER BY id`,
      [contract.ref],
    );
    expect(events).toEqual([
      {
        type: 'contracting.release-published',
        payload: { contractId: contract.id, ref: contract.ref, number: 1, sha256 },
      },
      { type: 'contracting.contract-changed', payload: { ref: contract.ref } },
    ]);
  });

  it('becomes active with the last condition, not before, and books what was pledged and paid', async () => {
    const contract = await openContract(world);
    const before = await books();
    expect(await accept(world.noor, contract, world.north)).toBe('open');
    const first = await pledge(world.noor, contract, world.north, 200_000);
    expect(first.state).toBe('pledged');
    await pledge(world.sven, contract, world.south, 100_000);
    expect(await accept(world.mira, contract, world.fablab)).toBe('open');
    expect((await books())[`assets:pledges:${world.north.slug}`]).toBe('0 + 200000');
    expect((await page(contract.ref, world.sven.client)).viewerCan).toEqual([
      'acceptRelease',
      'makePledge',
      'withdrawPledge',
      'proposeAmendment',
    ]);

    expect(await accept(world.sven, contract, world.south)).toBe('active');
    expect(before).toEqual({});
    expect(await books()).toEqual({
      [`assets:pledges:${world.north.slug}`]: '200000 + 0',
      [`assets:pledges:${world.south.slug}`]: '100000 + 0',
      [`liabilities:pledges:${world.north.slug}`]: '200000 + 0',
      [`liabilities:pledges:${world.south.slug}`]: '100000 + 0',
    });
    const [activated] = await rows(
      `SELECT payload FROM platform.outbox WHERE type = 'contracting.contract-activated' AND payload->>'ref' = $1`,
      [contract.ref],
    );
    expect(activated).toEqual({
      payload: {
        contractId: contract.id,
        ref: contract.ref,
        fablabId: world.fablab.id,
        lines: [
          {
            position: 1,
            productVersionId: world.version.id,
            receiverId: world.north.id,
            tier: 'fair',
            quantity: 4,
            dueOn: '2026-09-30',
          },
          {
            position: 2,
            productVersionId: world.version.id,
            receiverId: world.south.id,
            tier: 'free',
            quantity: 1,
            dueOn: '2026-09-30',
          },
        ],
      },
    });

    for (const amount of [150_000, 80_000]) {
      const input = {
        idempotencyKey: randomUUID(),
        pledgeId: first.id,
        amount: eur(amount),
        valueDate: '2026-03-01',
      };
      await world.mira.client.get(PAY, { input });
    }
    expect(await books()).toEqual({
      'assets:bank': '230000 + 0',
      [`assets:pledges:${world.north.slug}`]: '0 + 0',
      [`assets:pledges:${world.south.slug}`]: '100000 + 0',
      [`liabilities:loans:${world.north.slug}`]: '230000 + 0',
      [`liabilities:pledges:${world.north.slug}`]: '0 + 0',
      [`liabilities:pledges:${world.south.slug}`]: '100000 + 0',
    });
    const shown = await page(contract.ref);
    expect(shown).toMatchObject({
      state: 'active',
      viewerCan: [],
      funding: {
        threshold: { amountMinor: '300000' },
        pledged: { amountMinor: '300000' },
        received: { amountMinor: '230000' },
        pledgeCount: 2,
      },
    });
    expect(shown.acceptances).toHaveLength(3);
    expect(shown.acceptances[0]).toEqual({
      community: { name: 'North Village' },
      releaseNumber: 1,
      releaseSha256: contract.currentRelease?.sha256,
      role: 'coordinator',
      person: null,
    });
    expect((await page(contract.ref, world.noor.client)).acceptances[0]).toMatchObject({
      person: { displayName: 'Noor' },
    });
    expect(shown.pledges[0]).toEqual({
      community: { name: 'North Village' },
      instrument: 'loan',
      amount: { amountMinor: '200000' },
      received: { amountMinor: '230000' },
      state: 'active',
      payments: [
        { amount: { amountMinor: '150000' }, valueDate: '2026-03-01' },
        { amount: { amountMinor: '80000' }, valueDate: '2026-03-01' },
      ],
    });
    expect(await checkLedger(app.app.get(Database))).toMatchObject({ driftMinor: 0n, unbalanced: 0 });
  });
});
