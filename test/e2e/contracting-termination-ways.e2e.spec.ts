import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptAmendment, propose } from '../support/builders/amendment.builder.js';
import {
  activeContract,
  buildContractWorld,
  type BuiltContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { owed, pay, repay } from '../support/builders/obligation.builder.js';
import {
  DECLINE_TERMINATION,
  WITHDRAW_TERMINATION,
  acceptTermination,
  decisionInput,
  line,
  proposeTermination,
  terminationsOf,
} from '../support/builders/termination.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
}, 60_000);
afterAll(() => app?.close());

describe('a proposal that comes to nothing', () => {
  it('is declined by one who is asked, or withdrawn by who proposed it; the next one gets the next number', async () => {
    const { contract } = await activeContract(world);
    const first = await proposeTermination(world.mira, contract, world.fablab, []);
    const reason = 'We want our trailers.';
    await world.noor.client.get(DECLINE_TERMINATION, {
      input: decisionInput(first, world.north, { reason }),
    });
    const second = await proposeTermination(world.mira, contract, world.fablab, []);
    await world.mira.client.get(WITHDRAW_TERMINATION, {
      input: decisionInput(second, world.fablab, { reason: 'A saw was found.' }),
    });
    expect((await terminationsOf(app, contract.ref)).terminations).toMatchObject([
      { number: 1, state: 'declined', endedBy: { name: 'North Village' }, endReason: reason },
      { number: 2, state: 'withdrawn', endedBy: { name: 'Oakmoor Fablab' }, endReason: 'A saw was found.' },
    ]);
    expect((await owed(app.client(), contract.ref)).state).toBe('active');
  });

  it('is stale once money moves, or another release is in force', async () => {
    const { contract, pledge: loan } = await activeContract(world);
    const first = await proposeTermination(world.mira, contract, world.fablab, []);
    await pay(world.mira, loan.id, 100_000);
    const settlement = [line(loan.id, { repaid: 100_000 })];
    const second = await proposeTermination(world.mira, contract, world.fablab, settlement);
    await repay(world.mira, loan.id, 1);
    const rest = [line(loan.id, { repaid: 99_999 })];
    await proposeTermination(world.mira, contract, world.fablab, rest);
    const amended = await propose(world, contract, { mediator: 'The guild of makers' });
    await acceptAmendment(world.mira, amended, world.fablab);
    await acceptAmendment(world.noor, amended, world.north);
    await acceptAmendment(world.sven, amended, world.south);
    const shown = await terminationsOf(app, contract.ref);
    expect(shown.terminations.map(({ state }) => state)).toEqual(['stale', 'stale', 'stale']);
    expect([first.terminations.length, second.terminations.length]).toEqual([1, 2]);
    await pay(world.mira, loan.id, 200_000);
    const current = { ...contract, currentRelease: shown.currentRelease };
    await proposeTermination(world.mira, current, world.fablab, [line(loan.id, { repaid: 299_999 })]);
    await repay(world.mira, loan.id, 299_999);
    expect((await terminationsOf(app, contract.ref)).terminations.at(-1)?.state).toBe('stale');
    expect((await owed(app.client(), contract.ref)).state).toBe('completed');
  });
});

describe('a termination by a dispute', () => {
  const step = (name: string, input: string) =>
    `mutation ($input: ${input}!) { ${name}(input: $input) { id number state } }`;
  const words = (questionId: string, communityId: string, text: string) => ({
    idempotencyKey: randomUUID(),
    questionId,
    communityId,
    text,
  });

  async function dispute(contract: BuiltContract): Promise<string> {
    const { askQuestion } = await world.sven.client.get<{ askQuestion: { id: string } }>(
      step('askQuestion', 'AskQuestionInput'),
      {
        input: {
          idempotencyKey: randomUUID(),
          contractId: contract.id,
          communityId: world.south.id,
          text: 'Where is our trailer?',
        },
      },
    );
    const { id } = askQuestion;
    const take = (client: ContractWorld['mira']['client'], name: string, input: string, given: object) =>
      client.get(step(name, input), { input: given });
    await take(
      world.mira.client,
      'answerQuestion',
      'QuestionStepInput',
      words(id, world.fablab.id, 'In the yard.'),
    );
    await take(
      world.sven.client,
      'objectToAnswer',
      'QuestionStepInput',
      words(id, world.south.id, 'It is not.'),
    );
    await take(
      world.sven.client,
      'callMediation',
      'CallMediationInput',
      words(id, world.south.id, 'Please help.'),
    );
    await take(world.sven.client, 'closeDispute', 'QuestionStepInput', words(id, world.south.id, 'We part.'));
    return id;
  }

  it('asks its two sides, and every supporter whose obligation is changed', async () => {
    const { contract, pledge: loan } = await activeContract(world);
    await pay(world.mira, loan.id, 300_000);
    const questionId = await dispute(contract);
    const kept = [line(loan.id, { repaid: 300_000 })];
    const proposed = await proposeTermination(world.sven, contract, world.south, kept, { questionId });
    expect(proposed.terminations[0]).toMatchObject({
      questionNumber: 1,
      answers: [{ community: { name: 'Oakmoor Fablab' } }, { community: { name: 'South Village' } }],
    });
    await world.sven.client.get(WITHDRAW_TERMINATION, {
      input: decisionInput(proposed, world.south, { reason: 'Noor gives a part.' }),
    });
    const changed = [line(loan.id, { repaid: 200_000, forgiven: 100_000 })];
    const second = await proposeTermination(world.sven, contract, world.south, changed, { questionId });
    expect(second.terminations[1]?.answers.map(({ community }) => community.name)).toEqual([
      'Oakmoor Fablab',
      'South Village',
      'North Village',
    ]);
    await acceptTermination(world.mira, second, world.fablab);
    expect((await acceptTermination(world.sven, second, world.south)).state).toBe('active');
    expect((await acceptTermination(world.noor, second, world.north)).state).toBe('terminated');
  });
});
