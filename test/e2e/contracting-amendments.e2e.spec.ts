import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#platform';
import {
  DECLINE,
  acceptAmendment,
  declineInput,
  propose,
  type AmendedContract,
} from '../support/builders/amendment.builder.js';
import {
  WITHDRAW,
  accept,
  acceptByAll,
  activeContract,
  buildContractWorld,
  eur,
  openContract,
  pledge,
  type BuiltContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { pay, repay } from '../support/builders/obligation.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
}, 60_000);
afterAll(() => app?.close());

const PAGE = `query ($ref: String!) { contract(ref: $ref) {
  state mediator deadline viewerCan currentRelease { number sha256 } proposedRelease { number status }
  releases { number status amends reason canonicalJson sha256 proposedBy { name } declinedBy { name } declineReason
    acceptances { community { name } } }
  acceptances { community { name } releaseNumber } pledges { state } } }`;
interface Shown {
  readonly state: string;
  readonly mediator: string;
  readonly viewerCan: string[];
  readonly currentRelease: { readonly number: number; readonly sha256: string };
  readonly releases: {
    readonly number: number;
    readonly status: string;
    readonly canonicalJson: string;
    readonly sha256: string;
  }[];
  readonly acceptances: unknown[];
  readonly pledges: unknown[];
}

async function page(ref: string, client = app.client()): Promise<Shown> {
  return (await client.get<{ contract: Shown }>(PAGE, { ref })).contract;
}

async function rows(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return app.app.get(Database).query(sql, values);
}

async function acceptAllAmendment(contract: AmendedContract): Promise<AmendedContract> {
  await acceptAmendment(world.mira, contract, world.fablab);
  await acceptAmendment(world.noor, contract, world.north);
  return acceptAmendment(world.sven, contract, world.south);
}

const statuses = async (contract: BuiltContract): Promise<string[]> =>
  (await page(contract.ref)).releases.map(({ number, status }) => `${number} ${status}`);

describe('an amendment of an open contract', () => {
  it('is published as a proposal, and nothing of the contract changes', async () => {
    const contract = await openContract(world);
    await acceptByAll(world, contract);
    const proposed = await propose(world, contract, {
      mediator: 'The guild of makers',
      deadline: '2026-08-31',
    });
    expect(proposed.currentRelease).toEqual(contract.currentRelease);
    const shown = await page(contract.ref, world.noor.client);
    expect(shown).toMatchObject({
      state: 'open',
      mediator: 'The arbitration board of the makers’ network',
      currentRelease: { number: 1 },
      proposedRelease: { number: 2, status: 'proposed' },
      viewerCan: ['makePledge', 'acceptAmendment', 'declineAmendment'],
    });
    const [, second] = shown.releases;
    expect(second).toMatchObject({
      number: 2,
      status: 'proposed',
      amends: 1,
      reason: 'The wood comes later.',
      proposedBy: { name: 'Oakmoor Fablab' },
      acceptances: [],
    });
    const text = second?.canonicalJson ?? '';
    expect(createHash('sha256').update(text).digest('hex')).toBe(second?.sha256);
    expect(JSON.parse(text)).toMatchObject({
      contract: contract.ref,
      release: 2,
      status: 'open',
      mediator: 'The guild of makers',
      deadline: '2026-08-31',
      amendment: { amends: 1, reason: 'The wood comes later.' },
    });
    for (const { id, displayName } of [world.mira, world.noor]) {
      expect(text).not.toContain(id);
      expect(text).not.toContain(displayName);
    }
    expect(
      await rows(
        `SELECT type, payload FROM platform.outbox WHERE payload->>'ref' = $1 ORDER BY id DESC LIMIT 3`,
        [contract.ref],
      ),
    ).toEqual([
      { type: 'contracting.contract-changed', payload: { ref: contract.ref } },
      {
        type: 'contracting.amendment-changed',
        payload: {
          contractId: contract.id,
          ref: contract.ref,
          number: 2,
          state: 'proposed',
          lines: [
            { position: 1, dueOn: '2026-09-30' },
            { position: 2, dueOn: '2026-09-30' },
          ],
        },
      },
      {
        type: 'contracting.release-published',
        payload: { contractId: contract.id, ref: contract.ref, number: 2, sha256: second?.sha256 },
      },
    ]);
  });

  it('comes into force with the last party, keeps pledges, and makes older acceptances count no more', async () => {
    const contract = await openContract(world);
    await accept(world.noor, contract, world.north);
    await pledge(world.noor, contract, world.north, 100_000);
    const proposed = await propose(world, contract, { mediator: 'The guild of makers' });
    await acceptAmendment(world.mira, proposed, world.fablab);
    expect((await acceptAmendment(world.sven, proposed, world.south)).currentRelease?.number).toBe(1);
    expect((await page(contract.ref)).acceptances).toEqual([
      { community: { name: 'North Village' }, releaseNumber: 1 },
    ]);
    const amended = await acceptAmendment(world.noor, proposed, world.north);
    expect(amended.currentRelease).toEqual({ number: 2, sha256: proposed.proposedRelease?.sha256 });
    expect(await page(contract.ref)).toMatchObject({
      state: 'open',
      mediator: 'The guild of makers',
      proposedRelease: null,
      pledges: [{ state: 'pledged' }],
      acceptances: ['Oakmoor Fablab', 'South Village', 'North Village'].map((name) => ({
        community: { name },
        releaseNumber: 2,
      })),
    });
    expect(await statuses(contract)).toEqual(['1 replaced', '2 in_force']);
    await pledge(world.noor, contract, world.north, 200_000);
    expect((await page(contract.ref)).state).toBe('active');
  });

  it('activates the contract in the same transaction when it lowers the threshold to what is pledged', async () => {
    const contract = await openContract(world);
    await acceptByAll(world, contract);
    await pledge(world.noor, contract, world.north, 200_000);
    const proposed = await propose(world, contract, { threshold: eur(200_000) });
    expect((await acceptAllAmendment(proposed)).state).toBe('active');
    expect(await page(contract.ref)).toMatchObject({
      currentRelease: { number: 2 },
      pledges: [{ state: 'active' }],
    });
  });

  it('is closed by one no, with its reason; the next proposal gets the next number', async () => {
    const contract = await openContract(world);
    const proposed = await propose(world, contract, { mediator: 'The guild of makers' });
    await acceptAmendment(world.mira, proposed, world.fablab);
    await world.sven.client.get(DECLINE, { input: declineInput(proposed, world.south) });
    const next = await propose(world, contract, { mediator: 'The village council' });
    expect(next.proposedRelease?.number).toBe(3);
    await acceptAllAmendment(next);
    expect(await statuses(contract)).toEqual(['1 replaced', '2 declined', '3 in_force']);
    expect((await page(contract.ref)).releases[1]).toMatchObject({
      declinedBy: { name: 'South Village' },
      declineReason: 'We need them in September.',
      acceptances: [{ community: { name: 'Oakmoor Fablab' } }],
    });
  });
});

describe('an amendment of an active contract', () => {
  it('moves days, milestones and texts, and never leaves the contract without everybody’s acceptance', async () => {
    const { contract } = await activeContract(world);
    const later = { productVersionId: world.version.id, dueOn: '2026-11-30' };
    const proposed = await propose(world, contract, {
      milestones: [{ name: 'Prototype inspected', dueOn: '2026-09-30' }],
      deliverables: [
        { ...later, receiverId: world.north.id, tier: 'fair', quantity: 4, unitPrice: eur(45_000) },
        { ...later, receiverId: world.south.id, tier: 'free', quantity: 1, unitPrice: eur(0) },
      ],
    });
    expect((await page(contract.ref, world.sven.client)).viewerCan).toEqual(
      expect.arrayContaining(['acceptAmendment', 'declineAmendment']),
    );
    await acceptAllAmendment(proposed);
    expect(await page(contract.ref)).toMatchObject({ state: 'active', currentRelease: { number: 2 } });
    const [last] = await rows(
      `SELECT payload FROM platform.outbox WHERE type = 'contracting.amendment-changed' AND payload->>'ref' = $1
       ORDER BY id DESC LIMIT 1`,
      [contract.ref],
    );
    expect(last).toMatchObject({
      payload: {
        state: 'accepted',
        lines: [
          { position: 1, dueOn: '2026-11-30' },
          { position: 2, dueOn: '2026-11-30' },
        ],
      },
    });
    const difference = `query ($ref: String!) { releaseDifference(contractRef: $ref, from: 1, to: 2) {
      from to changes { kind path before after sentence } } }`;
    const answer = await app
      .client()
      .get<{ releaseDifference: { changes: { sentence: string }[] } }>(difference, { ref: contract.ref });
    expect(answer.releaseDifference.changes.map(({ sentence }) => sentence)).toEqual([
      'Cargo trailer 1.0 for North Village, fair: due day: 30 September 2026 becomes 30 November 2026.',
      'Cargo trailer 1.0 for South Village, free: due day: 30 September 2026 becomes 30 November 2026.',
      'Milestone “Prototype inspected”: due day: 31 July 2026 becomes 30 September 2026.',
    ]);
  });
});

describe('the end of an amended contract', () => {
  it('closes what was agreed last and the proposal that was not decided, under the next number', async () => {
    const { contract, pledge: made } = await activeContract(world);
    const amended = await acceptAllAmendment(
      await propose(world, contract, { mediator: 'The guild of makers' }),
    );
    await propose(world, amended, { mediator: 'The village council' });
    await pay(world.mira, made.id, 300_000);
    await repay(world.mira, made.id, 300_000);
    const shown = await page(contract.ref);
    expect(shown).toMatchObject({ state: 'completed', currentRelease: { number: 4 }, proposedRelease: null });
    expect(await statuses(contract)).toEqual(['1 replaced', '2 replaced', '3 closed', '4 in_force']);
    expect(shown.acceptances).toEqual(
      ['Oakmoor Fablab', 'North Village', 'South Village'].map((name) => ({
        community: { name },
        releaseNumber: 2,
      })),
    );
    const closing = JSON.parse(shown.releases[3]?.canonicalJson ?? '') as Record<string, unknown>;
    expect(closing).toMatchObject({ mediator: 'The guild of makers', closing: { closes: 2 } });
    expect(closing).not.toHaveProperty('amendment');
  });
});

describe('the public registry', () => {
  it('keeps the release in force as the latest, and shows the difference of the proposed one', async () => {
    const contract = await openContract(world);
    const proposed = await propose(world, contract, { mediator: 'The guild of makers' });
    const read = async (path: string): Promise<string> =>
      (await app.client().fetch(`/registry/contracts/${contract.ref}${path}`)).text();
    expect(JSON.parse(await read('.json'))).toMatchObject({ release: 1 });
    expect(JSON.parse(await read('/releases/2.json'))).toMatchObject({
      release: 2,
      mediator: 'The guild of makers',
    });
    const page = (await read('/releases/2')).replace(/<[^>]+>/g, '').replace(/\s+/g, ' ');
    expect(page).toContain('Release 2: proposed, not in force');
    expect(page).toContain(
      'Who mediates a dispute The arbitration board of the makers’ network The guild of makers',
    );
    await acceptAllAmendment(proposed);
    expect(JSON.parse(await read('.json'))).toMatchObject({ release: 2 });
    expect(await read('')).toContain('replaced by a later release');
  });

  it('says why a withdrawn contract was withdrawn, and that its pledges are void', async () => {
    const contract = await openContract(world);
    await pledge(world.noor, contract, world.north, 100_000);
    await propose(world, contract, { mediator: 'The guild of makers' });
    await world.mira.client.get(WITHDRAW, {
      input: { idempotencyKey: randomUUID(), contractId: contract.id, reason: 'The saw burned down.' },
    });
    const page = await (await app.client().fetch(`/registry/contracts/${contract.ref}`)).text();
    expect(page).toContain('The reason given: The saw burned down.');
    expect(page).toContain('not decided when the contract ended');
    expect(page).toContain('>void<');
    expect(page).not.toContain('>pledged<');
    expect(await statuses(contract)).toEqual(['1 in_force', '2 closed']);
  });
});
