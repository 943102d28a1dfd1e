import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#platform';
import {
  ACCEPT_AMENDMENT,
  DECLINE,
  acceptAmendment,
  acceptAmendmentInput,
  declineInput,
  propose,
} from '../support/builders/amendment.builder.js';
import {
  ACCEPT,
  accept,
  acceptInput,
  buildContractWorld,
  eur,
  openContract,
  pledge,
  type BuiltContract,
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

interface Shown {
  readonly state: string;
  readonly currentRelease: { readonly number: number };
  readonly releases: { readonly number: number; readonly status: string }[];
  readonly acceptances: unknown[];
}

async function page(ref: string): Promise<Shown> {
  const query = `query ($ref: String!) { contract(ref: $ref) {
    state currentRelease { number } releases { number status } acceptances { releaseNumber } } }`;
  return (await app.client().get<{ contract: Shown }>(query, { ref })).contract;
}

async function rows(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return app.app.get(Database).query(sql, values);
}

const statuses = async (contract: BuiltContract): Promise<string[]> =>
  (await page(contract.ref)).releases.map(({ number, status }) => `${number} ${status}`);

describe('answers to a proposal at the same time', () => {
  it('the last two parties put it into force once', async () => {
    const contract = await openContract(world);
    const proposed = await propose(world, contract, { mediator: 'The guild of makers' });
    await acceptAmendment(world.mira, proposed, world.fablab);
    await Promise.all([
      acceptAmendment(world.noor, proposed, world.north),
      acceptAmendment(world.sven, proposed, world.south),
    ]);
    expect(await statuses(contract)).toEqual(['1 replaced', '2 in_force']);
    expect(
      await rows(
        `SELECT count(*)::int AS n FROM platform.outbox WHERE type = 'contracting.amendment-changed'
         AND payload->>'ref' = $1 AND payload->>'state' = 'accepted'`,
        [contract.ref],
      ),
    ).toEqual([{ n: 1 }]);
  });

  it('a double click accepts once, and both clicks are told the same', async () => {
    const proposed = await propose(world, await openContract(world), { mediator: 'The guild of makers' });
    const input = acceptAmendmentInput(proposed, world.north);
    const answers = await Promise.all([1, 2].map(() => world.noor.client.get(ACCEPT_AMENDMENT, { input })));
    expect(answers[0]).toEqual(answers[1]);
  });

  it('a yes and a no: one wins, and the contract is whole', async () => {
    const contract = await openContract(world);
    const proposed = await propose(world, contract, { mediator: 'The guild of makers' });
    await acceptAmendment(world.mira, proposed, world.fablab);
    await acceptAmendment(world.noor, proposed, world.north);
    const [yes, no] = await Promise.allSettled([
      acceptAmendment(world.sven, proposed, world.south),
      world.noor.client.get(DECLINE, { input: declineInput(proposed, world.north) }),
    ]);
    expect([yes.status, no.status].sort()).toEqual(['fulfilled', 'rejected']);
    expect(await statuses(contract)).toEqual(
      yes.status === 'fulfilled' ? ['1 replaced', '2 in_force'] : ['1 in_force', '2 declined'],
    );
  });

  it('the last acceptance of the old release and that of the new one: the contract is active by one of them', async () => {
    for (let round = 0; round < 4; round += 1) {
      const contract = await openContract(world);
      await pledge(world.noor, contract, world.north, 300_000);
      await accept(world.mira, contract, world.fablab);
      await accept(world.noor, contract, world.north);
      // What this proposes is refused once the contract is active, so only one of the two can be.
      const proposed = await propose(world, contract, { threshold: eur(250_000) });
      await acceptAmendment(world.mira, proposed, world.fablab);
      await acceptAmendment(world.noor, proposed, world.north);
      const [old, amended] = await Promise.allSettled([
        world.sven.client.get(ACCEPT, { input: acceptInput(contract, world.south) }),
        acceptAmendment(world.sven, proposed, world.south),
      ]);
      expect([old.status, amended.status].sort()).toEqual(['fulfilled', 'rejected']);
      const shown = await page(contract.ref);
      expect(shown.state).toBe('active');
      expect(shown.currentRelease.number).toBe(amended.status === 'fulfilled' ? 2 : 1);
      expect(shown.acceptances).toHaveLength(3);
      expect(
        await rows(
          `SELECT count(*)::int AS n FROM platform.outbox WHERE type = 'contracting.contract-activated' AND payload->>'ref' = $1`,
          [contract.ref],
        ),
      ).toEqual([{ n: 1 }]);
    }
  });
});
