import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkLedger } from '#ledger';
import { IMPORT_STATES, IMPORT_TRANSITIONS } from '../../libs/contracting/src/imports/import.js';
import { Database } from '#platform';
import {
  acceptByAll,
  activeContract,
  buildContractWorld,
  openContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { buildMember, type BuiltPerson } from '../support/builders/identity.builder.js';
import {
  APPLY,
  CONFIRM,
  DECLINE,
  DISCARD,
  PREVIEW,
  UNDO,
  UPLOAD,
  apply,
  importTable,
  applyInput,
  preview,
  undo,
  undoInput,
  upload,
  uploadInput,
} from '../support/builders/import.builder.js';
import { owed } from '../support/builders/obligation.builder.js';
import { expectRefused } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
let treasurer: BuiltPerson;
const SCOPE = { schemas: ['contracting', 'ledger', 'platform'] };

beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  treasurer = await buildMember(app, world.mira, world.fablab, ['treasurer'], 'Tess');
}, 60_000);
afterAll(() => app?.close());

describe('a table of pledges', () => {
  it('proposes them, and they count when the supporter confirms them', async () => {
    const contract = await openContract(world, { title: `Open ${randomUUID()}` });
    const text = importTable([
      `North Village;${contract.ref};2.000,00;;;;;`,
      `South Village;${contract.ref};1.000,00;;;;;`,
    ]);
    const { id } = await upload(treasurer, world.fablab, text);
    await acceptByAll(world, contract);
    expect((await apply(treasurer, id)).made).toHaveLength(2);
    // The threshold is 3,000.00 EUR, and nothing is pledged yet.
    expect(await owed(app.client(), contract.ref)).toMatchObject({ state: 'open', pledges: [] });
    const again = await upload(treasurer, world.fablab, text);
    expect((await preview(treasurer, again.id)).counts).toMatchObject({ exists: 2, ready: 0 });

    const QUERY = `query ($ref: String!) { contract(ref: $ref) { pledgeProposals { id viewerCanAnswer community { name } } } }`;
    const seen = async (person: BuiltPerson) =>
      (
        await person.client.get<{
          contract: {
            pledgeProposals: { id: string; viewerCanAnswer: boolean; community: { name: string } }[];
          };
        }>(QUERY, { ref: contract.ref })
      ).contract.pledgeProposals;
    const [north] = await seen(world.noor);
    const [south] = await seen(world.sven);
    expect([north?.viewerCanAnswer, (await seen(treasurer)).length]).toEqual([true, 2]);
    const answer = (proposalId = '') => ({ input: { idempotencyKey: randomUUID(), proposalId } });
    for (const person of [treasurer, world.sven])
      for (const query of [CONFIRM, DECLINE])
        await expectRefused(
          app,
          SCOPE,
          { client: person.client, query, variables: answer(north?.id) },
          { code: 'FORBIDDEN' },
        );
    await world.noor.client.get(CONFIRM, answer(north?.id));
    await expectRefused(
      app,
      SCOPE,
      { client: treasurer.client, query: UNDO, variables: { input: undoInput(id) } },
      { code: 'INVALID_STATE', message: 'the supporter has made it a pledge' },
    );
    const { confirmPledgeProposal } = await world.sven.client.get<{
      confirmPledgeProposal: { state: string };
    }>(CONFIRM, answer(south?.id));
    expect(confirmPledgeProposal.state).toBe('active');
    await expectRefused(
      app,
      SCOPE,
      { client: world.sven.client, query: DECLINE, variables: answer(south?.id) },
      { code: 'INVALID_STATE', message: 'was confirmed already' },
    );
    expect(await checkLedger(app.app.get(Database))).toMatchObject({ driftMinor: 0n, unbalanced: 0 });
  });

  it('is withdrawn by an undo, or declined', async () => {
    const contract = await openContract(world, { title: `Undone ${randomUUID()}` });
    const { id } = await upload(
      treasurer,
      world.fablab,
      importTable([`North Village;${contract.ref};20;;;;;`]),
    );
    await apply(treasurer, id);
    expect((await undo(treasurer, id)).state).toBe('undone');
    expect((await owed(app.client(), contract.ref)).pledges).toEqual([]);
  });
});

describe('an import', () => {
  it('knows the same transitions in the database as in the domain', async () => {
    const rows = await app.app.get(Database).query<{ step: string }>(
      `SELECT was || ' ' || becomes AS step FROM unnest($1::text[]) was, unnest($1::text[]) becomes
       WHERE contracting.import_step_allowed(was, becomes)`,
      [IMPORT_STATES],
    );
    const allowed = IMPORT_STATES.flatMap((was) =>
      IMPORT_TRANSITIONS[was].map((becomes) => `${was} ${becomes}`),
    );
    expect(rows.map(({ step }) => step).toSorted()).toEqual(allowed.toSorted());
  });

  it('is for treasurers and coordinators of the fablab', async () => {
    const { contract } = await activeContract(world);
    const text = importTable([`North Village;${contract.ref};;5,00;2026-01-10;;;`]);
    const { id } = await upload(treasurer, world.fablab, text);
    for (const [query, variables, code] of [
      [UPLOAD, { input: uploadInput(world.fablab, text) }, 'FORBIDDEN'],
      [PREVIEW, { id }, 'NOT_FOUND'],
      [APPLY, { input: await applyInput(treasurer, id) }, 'NOT_FOUND'],
      [UNDO, { input: undoInput(id) }, 'NOT_FOUND'],
      [DISCARD, { input: { importId: id } }, 'NOT_FOUND'],
    ] as const)
      await expectRefused(app, SCOPE, { client: world.noor.client, query, variables }, { code });
  });

  it('is forgotten when it is discarded', async () => {
    const { contract } = await activeContract(world);
    const text = importTable([`North Village;${contract.ref};;5,00;2026-01-10;;;`]);
    const { id } = await upload(treasurer, world.fablab, text);
    await treasurer.client.get(DISCARD, { input: { importId: id } });
    const [row] = await app.app
      .get(Database)
      .query('SELECT state, content FROM contracting.import WHERE id = $1', [id]);
    expect(row).toEqual({ state: 'discarded', content: null });
    expect((await treasurer.client.refusal(PREVIEW, { id })).message).toMatch(/discarded/);
  });

  it('of 5,000 rows is previewed page by page', async () => {
    const { contract } = await activeContract(world);
    const rows = Array.from(
      { length: 5_000 },
      (_, index) => `North Village;${contract.ref};;${index + 1},10;2026-01-10;;;`,
    );
    const { id } = await upload(treasurer, world.fablab, importTable(rows));
    const seen = await preview(treasurer, id, null, {
      first: 100,
      after: Buffer.from('["4950"]').toString('base64url'),
    });
    expect(seen.counts).toMatchObject({ rows: 5_000, ready: 5_000 });
    expect(seen.rows.nodes.map(({ row }) => row)).toEqual(
      Array.from({ length: 51 }, (_, index) => 4_951 + index),
    );
  });
});
