import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ACCEPT_AMENDMENT,
  DECLINE,
  PROPOSE,
  acceptAmendment,
  acceptAmendmentInput,
  declineInput,
  propose,
  proposeInput,
  type AmendedContract,
} from '../support/builders/amendment.builder.js';
import {
  WITHDRAW,
  accept,
  activeContract,
  buildContractWorld,
  draftContract,
  eur,
  openContract,
  pledge,
  termsInput,
  type BuiltContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import {
  buildCommunity,
  buildMember,
  buildPerson,
  type BuiltPerson,
} from '../support/builders/identity.builder.js';
import { expectRefused, type Refusal } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

const SCOPE = { schemas: ['contracting', 'ledger', 'platform'] };
const OTHER = { mediator: 'The guild of makers' };

let app: TestApp;
let world: ContractWorld;
let stranger: BuiltPerson;
let treasurer: BuiltPerson;
let draft: BuiltContract;
let open: BuiltContract;
let active: BuiltContract;
let proposed: AmendedContract;
let withdrawn: AmendedContract;

beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  stranger = await buildPerson(app, 'Stranger');
  treasurer = await buildMember(app, world.noor, world.north, ['treasurer'], 'Treasurer');
  draft = await draftContract(world);
  open = await openContract(world);
  active = (await activeContract(world)).contract;
  proposed = await propose(world, await openContract(world), OTHER);
  withdrawn = await propose(world, await openContract(world), OTHER);
  const { idempotencyKey } = proposeInput(world, open, OTHER);
  await world.mira.client.get(WITHDRAW, {
    input: { idempotencyKey, contractId: withdrawn.id, reason: 'No wood.' },
  });
}, 60_000);
afterAll(() => app?.close());

function refused(
  client: TestClient,
  query: string,
  input: Record<string, unknown>,
  refusal: Refusal,
): Promise<unknown> {
  return expectRefused(app, SCOPE, { client, query, variables: { input } }, refusal);
}

const everyMutation = (): [string, Record<string, unknown>][] => [
  [PROPOSE, proposeInput(world, open, OTHER)],
  [ACCEPT_AMENDMENT, acceptAmendmentInput(proposed, world.north)],
  [DECLINE, declineInput(proposed, world.north)],
];

describe('who may not', () => {
  it('visitors, strangers, treasurers, and parties for each other', async () => {
    for (const [query, input] of everyMutation()) {
      await refused(app.client(), query, input, { code: 'UNAUTHENTICATED' });
      await refused(stranger.client, query, input, { code: 'FORBIDDEN' });
      await refused(
        treasurer.client,
        query,
        { ...input, communityId: world.north.id },
        { code: 'FORBIDDEN' },
      );
      await refused(
        world.sven.client,
        query,
        { ...input, communityId: world.north.id },
        { code: 'FORBIDDEN' },
      );
    }
    // A community that the stranger coordinates, and that is no party.
    const own = { communityId: (await buildCommunity(stranger, { name: 'Elsewhere' })).id };
    for (const [query, input] of everyMutation())
      await refused(stranger.client, query, { ...input, ...own }, { code: 'FORBIDDEN' });
  });
});

describe('at the wrong moment', () => {
  it('nothing is proposed for a draft, or for a contract that has ended', async () => {
    const message = 'proposing an amendment is possible only while it is open or active';
    for (const contract of [draft, withdrawn]) {
      const input = proposeInput(world, contract, OTHER, { releaseNumber: 1 });
      await refused(world.mira.client, PROPOSE, input, { code: 'INVALID_STATE', message });
    }
    await refused(world.noor.client, ACCEPT_AMENDMENT, acceptAmendmentInput(withdrawn, world.north), {
      code: 'INVALID_STATE',
      message: 'is withdrawn',
    });
  });

  it('one proposal at a time, of the release that was seen', async () => {
    const { client } = world.mira;
    await refused(client, PROPOSE, proposeInput(world, proposed, { mediator: 'Another' }), {
      code: 'CONFLICT',
      message: 'Release 2 is proposed already; please accept or decline it first.',
    });
    await refused(client, PROPOSE, proposeInput(world, open, OTHER, { releaseNumber: 2 }), {
      code: 'CONFLICT',
      message: 'you saw 2, it is 1',
    });
  });

  it('after the deadline of an open contract nothing is proposed or accepted, but a no is heard', async () => {
    const late = await propose(world, await openContract(world, { deadline: '2026-03-03' }), {
      deadline: '2026-05-31',
    });
    const other = await openContract(world, { deadline: '2026-03-03' });
    app.clock.advance({ days: 2 });
    try {
      const refusal = { code: 'INVALID_STATE', message: 'The deadline of the contract' };
      await refused(world.noor.client, ACCEPT_AMENDMENT, acceptAmendmentInput(late, world.north), refusal);
      await refused(
        world.mira.client,
        PROPOSE,
        proposeInput(world, other, { deadline: '2026-05-31' }),
        refusal,
      );
      await world.noor.client.get(DECLINE, { input: declineInput(late, world.north) });
    } finally {
      app.clock.advance({ days: -2 });
    }
  });

  it('a decided proposal is decided, and only its very hash is accepted, once by each party', async () => {
    const contract = await propose(world, await openContract(world), OTHER);
    const { client } = world.noor;
    await acceptAmendment(world.noor, contract, world.north);
    await refused(client, ACCEPT_AMENDMENT, acceptAmendmentInput(contract, world.north), {
      code: 'CONFLICT',
      message: 'accepted this release already',
    });
    const wrong = { releaseSha256: 'b'.repeat(64) };
    await refused(world.sven.client, ACCEPT_AMENDMENT, acceptAmendmentInput(contract, world.south, wrong), {
      code: 'CONFLICT',
      message: 'not the hash of the proposed release',
    });
    const none = acceptAmendmentInput(contract, world.south, { releaseNumber: 1 });
    await refused(world.sven.client, ACCEPT_AMENDMENT, none, { code: 'NOT_FOUND' });
    await client.get(DECLINE, { input: declineInput(contract, world.north) });
    for (const [query, input] of [
      [ACCEPT_AMENDMENT, acceptAmendmentInput(contract, world.south)],
      [DECLINE, declineInput(contract, world.south)],
    ] as const)
      await refused(world.sven.client, query, input, {
        code: 'INVALID_STATE',
        message: 'The release 2 is declined; nothing follows',
      });
  });

  it('what was proposed while it was open and contradicts the work is refused once it is active', async () => {
    const contract = await openContract(world);
    const more = await propose(world, contract, { threshold: eur(250_000) });
    await pledge(world.noor, contract, world.north, 300_000);
    for (const [person, party] of [
      [world.mira, world.fablab],
      [world.noor, world.north],
      [world.sven, world.south],
    ] as const)
      await accept(person, contract, party);
    await refused(world.noor.client, ACCEPT_AMENDMENT, acceptAmendmentInput(more, world.north), {
      code: 'INVALID_STATE',
      message: 'Release 2 can no longer come into force. The contract is active: its threshold has been met',
    });
  });
});

describe('what an amendment cannot say', () => {
  const bad = (fields: string[], message = ''): Refusal => ({ code: 'BAD_INPUT', fields, message });

  it('another party, currency, or nothing new', async () => {
    const { client } = world.mira;
    const parties = {
      receivingCommunityIds: [world.north.id],
      deliverables: (termsInput(world)['deliverables'] as object[]).slice(0, 1),
    };
    await refused(client, PROPOSE, proposeInput(world, open, parties), bad(['receivingCommunityIds']));
    await refused(
      client,
      PROPOSE,
      proposeInput(world, open, {}),
      bad(['reason'], 'The amendment changes nothing'),
    );
    await refused(
      client,
      PROPOSE,
      proposeInput(world, open, { ...OTHER, deadline: '2026-03-01' }),
      bad(['deadline']),
    );
    await refused(client, PROPOSE, proposeInput(world, open, OTHER, { reason: ' ' }), bad(['reason']));
  });

  it('more or other units of an active contract, its threshold or its deadline', async () => {
    const lines = termsInput(world)['deliverables'] as Record<string, unknown>[];
    const input = proposeInput(world, active, {
      deadline: '2026-07-31',
      threshold: eur(1),
      deliverables: lines.map((line) => ({ ...line, quantity: 7 })),
    });
    await refused(
      world.mira.client,
      PROPOSE,
      input,
      bad(['deadline', 'threshold', 'deliverables.0', 'deliverables.1'], ''),
    );
  });

  it('a forbidden clause or personal data, in the terms or in a reason', async () => {
    const { client } = world.mira;
    await refused(
      client,
      PROPOSE,
      proposeInput(world, open, {
        endCondition: 'The fablab shall not make trailers for other communities.',
      }),
      bad(['endCondition'], 'ban on later competing work'),
    );
    const reason = 'Ask eva@example.org about it.';
    await refused(
      client,
      PROPOSE,
      proposeInput(world, open, OTHER, { reason }),
      bad(['reason'], 'personal data'),
    );
    await refused(
      world.noor.client,
      DECLINE,
      declineInput(proposed, world.north, { reason }),
      bad(['reason']),
    );
  });
});

describe('the difference of releases that are not there', () => {
  it('is not found, and a draft looks like nothing', async () => {
    const query = `query ($ref: String!) { releaseDifference(contractRef: $ref, from: 1, to: 9) { from } }`;
    for (const ref of [open.ref, draft.ref, 'CSM-2026-9999'])
      expect((await app.client().refusal(query, { ref })).extensions.code).toBe('NOT_FOUND');
  });
});
