import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONTRACT_STATES, PLEDGE_STATES } from '#contracting';
import { Database } from '#platform';
import { DEEDS } from '../../libs/contracting/src/domain/moment.js';
import { NEED_STATES } from '../../libs/contracting/src/domain/need.js';
import { OBLIGATION_DEEDS } from '../../libs/contracting/src/obligation.policy.js';
import {
  ACCEPT_AMENDMENT,
  DECLINE,
  PROPOSE,
  acceptAmendmentInput,
  declineInput,
  proposeInput,
} from '../support/builders/amendment.builder.js';
import {
  ACCEPT,
  DRAFT,
  OPEN,
  PAY,
  PLEDGE,
  UPDATE,
  WITHDRAW,
  WITHDRAW_PLEDGE,
  acceptInput,
  buildContractWorld,
  eur,
  pledgeInput,
  termsInput,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import {
  GIVE_BACK,
  RECEIVE,
  REVERSE_CONTRIBUTION,
  WAIVE_CONTRIBUTION,
} from '../support/builders/contribution.builder.js';
import type { BuiltPerson } from '../support/builders/identity.builder.js';
import { contractIn, needIn, pledgeIn, type ContractCell } from '../support/builders/matrix.builder.js';
import {
  ANSWER_NEED,
  CLOSE_NEED,
  UPDATE_NEED,
  answerInput,
  needInput,
} from '../support/builders/need.builder.js';
import {
  DEFER,
  REPAY,
  REVERSE_PAYMENT,
  REVERSE_REPAYMENT,
  WAIVE,
  WRITE_OFF,
  moneyInput,
} from '../support/builders/obligation.builder.js';
import {
  ACCEPT_TERMINATION,
  DECLINE_TERMINATION,
  PROPOSE_TERMINATION,
  WITHDRAW_TERMINATION,
  acceptTerminationInput,
  decisionInput,
  terminationInput,
  type EndedContract,
} from '../support/builders/termination.builder.js';
import { digestOf } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** What somebody sends: who, the mutation, and its input. */
type Call = readonly [BuiltPerson, string, Record<string, unknown>];

let app: TestApp;
let world: ContractWorld;
beforeAll(async () => {
  app = await startTestApp();
  world = await buildContractWorld(app);
}, 60_000);
afterAll(() => app?.close());

const WAIVE_UNITS = `mutation ($input: WaiveUnitsInput!) { waiveUnits(input: $input) { state } }`;
const reason = 'Because.';
const key = () => ({ idempotencyKey: randomUUID() });

/**
 * Everything that a command could write. The relay marks what it has carried on, so the outbox is read by its content;
 * the worker keeps sums of entries for speed whenever it has time, and these are left out.
 */
async function everything(): Promise<unknown> {
  const rows = await digestOf(
    app,
    ['contracting', 'ledger', 'platform'],
    ['platform.outbox', 'platform.outbox_reaction', 'ledger.entry_mark', 'ledger.kept_sum'],
  );
  return {
    rows,
    outbox: await app.app
      .get(Database)
      .query(`SELECT id, type, payload FROM platform.outbox ORDER BY id`, []),
  };
}

async function expectNothingChanged([person, query, input]: Call, code: string): Promise<void> {
  // What the worker still has to do for the cell is none of the command's.
  await app.settle();
  const before = await everything();
  expect((await person.client.refusal(query, { input })).extensions.code).toBe(code);
  expect(await everything()).toEqual(before);
}

/** Each pair of a state and a command once: done where the table holds it, else refused as it says. */
function matrix<Cell>(
  what: string,
  states: readonly string[],
  table: Readonly<Record<string, { readonly done: readonly string[]; readonly missing?: readonly string[] }>>,
  cell: (state: string, command: string, isDone: boolean) => Promise<Cell>,
  call: (command: string, cell: Cell) => Call,
): void {
  describe.each(states)(`${what} that is %s`, (state) => {
    let shared: Promise<Cell> | null = null;
    it.each(Object.keys(table))('%s', async (command) => {
      const { done = [], missing = [] } = table[command] ?? {};
      if (done.includes(state)) {
        const [person, query, input] = call(command, await cell(state, command, true));
        await person.client.get(query, { input });
        return;
      }
      // Refusals change nothing, so all of them are tried on the same one.
      shared ??= cell(state, command, false);
      const subject = await shared;
      await expectNothingChanged(
        call(command, subject),
        missing.includes(state) ? 'NOT_FOUND' : 'INVALID_STATE',
      );
    });
  });
}

describe('the matrix', () => {
  it('leaves no command and no state out', () => {
    expect(Object.keys(CONTRACT).sort()).toEqual([...DEEDS].sort());
    expect(Object.keys(PLEDGES).sort()).toEqual(
      ['recordPayment', 'withdrawPledge', ...OBLIGATION_DEEDS].sort(),
    );
    const states = new Set(Object.values(CONTRACT).flatMap(({ done }) => done));
    expect([...states].sort()).toEqual(['active', 'draft', 'open']);
  });
});

const CONTRACT: Readonly<Record<string, { done: readonly string[]; missing?: readonly string[] }>> = {
  updateDraft: { done: ['draft'] },
  openContract: { done: ['draft'] },
  acceptRelease: { done: ['open'] },
  makePledge: { done: ['open'] },
  withdrawPledge: { done: ['open'], missing: ['draft'] },
  recordPayment: { done: ['active'], missing: ['draft'] },
  withdrawContract: { done: ['draft', 'open'] },
  proposeAmendment: { done: ['open', 'active'] },
  acceptAmendment: { done: ['open', 'active'] },
  declineAmendment: { done: ['open', 'active'] },
  proposeTermination: { done: ['active'] },
  acceptTermination: { done: ['active'] },
  declineTermination: { done: ['active'] },
  withdrawTermination: { done: ['active'] },
};

matrix<ContractCell>(
  'a contract',
  CONTRACT_STATES,
  CONTRACT,
  (state, command, isDone) =>
    contractIn(app, world, state, !isDone || /^(accept|decline|withdrawT)/.test(command)),
  (command, { contract, pledgeId, amended, ending }) => {
    const { mira, noor, sven, fablab, north, south } = world;
    const amendment = amended ?? {
      ...contract,
      proposedRelease: { number: 2, sha256: 'a'.repeat(64), status: '' },
    };
    const termination =
      ending ??
      ({
        ...contract,
        endReason: null,
        terminations: [{ number: 1, state: '', sha256: 'a'.repeat(64), canonicalJson: '', answers: [] }],
      } satisfies EndedContract);
    const place = { ...key(), contractId: contract.id };
    const calls: Readonly<Record<string, () => Call>> = {
      updateDraft: () => [
        mira,
        UPDATE,
        { ...termsInput(world), contractId: contract.id, draftRevision: contract.draftRevision },
      ],
      openContract: () => [mira, OPEN, { ...place, draftRevision: contract.draftRevision }],
      acceptRelease: () => [
        sven,
        ACCEPT,
        acceptInput(contract, south, contract.currentRelease ? {} : hash()),
      ],
      makePledge: () => [noor, PLEDGE, pledgeInput(contract, north, 1_000)],
      withdrawPledge: () => [noor, WITHDRAW_PLEDGE, { ...key(), pledgeId }],
      recordPayment: () => [mira, PAY, moneyInput(pledgeId, 1_000)],
      withdrawContract: () => [mira, WITHDRAW, { ...place, reason }],
      proposeAmendment: () => [
        mira,
        PROPOSE,
        proposeInput(
          world,
          contract,
          { mediator: 'The village council' },
          contract.currentRelease ? {} : { releaseNumber: 1 },
        ),
      ],
      acceptAmendment: () => [noor, ACCEPT_AMENDMENT, acceptAmendmentInput(amendment, north)],
      declineAmendment: () => [noor, DECLINE, declineInput(amendment, north)],
      proposeTermination: () => [
        mira,
        PROPOSE_TERMINATION,
        terminationInput(contract, fablab, [], contract.currentRelease ? {} : { releaseNumber: 1 }),
      ],
      acceptTermination: () => [noor, ACCEPT_TERMINATION, acceptTerminationInput(termination, north)],
      declineTermination: () => [noor, DECLINE_TERMINATION, decisionInput(termination, north, { reason })],
      withdrawTermination: () => [mira, WITHDRAW_TERMINATION, decisionInput(termination, fablab, { reason })],
    };
    return callOf(calls, command);
  },
);

const hash = () => ({ releaseNumber: 1, releaseSha256: 'a'.repeat(64) });

const PLEDGES: Readonly<Record<string, { done: readonly string[]; missing?: readonly string[] }>> = {
  withdrawPledge: { done: ['pledged'] },
  recordPayment: { done: ['active'] },
  recordRepayment: { done: ['active'] },
  reverseRepayment: { done: ['active', 'fulfilled'], missing: ['pledged', 'withdrawn', 'voided'] },
  reversePayment: { done: ['active'], missing: ['pledged', 'withdrawn', 'voided'] },
  waivePledge: { done: ['active'] },
  deferRepayment: { done: ['active'] },
  writeOffLoan: { done: ['active'] },
  // Of a loan of money none of these is done in any state; contributions and instruments-lives show them done.
  recordReceipt: { done: [] },
  recordReturn: { done: [] },
  waiveContribution: { done: [] },
  waiveUnits: { done: [] },
  reverseContribution: { done: [], missing: [...PLEDGE_STATES] },
};

matrix(
  'a pledge',
  PLEDGE_STATES,
  PLEDGES,
  (state) => pledgeIn(app, world, state),
  (command, { pledgeId, paymentId, repaymentId }) => {
    const { mira, noor } = world;
    const about = { ...key(), pledgeId, reason };
    const rhythm = { instalments: 2, firstDueOn: '2027-01-31', everyMonths: 1 };
    const calls: Readonly<Record<string, () => Call>> = {
      withdrawPledge: () => [noor, WITHDRAW_PLEDGE, { ...key(), pledgeId }],
      recordPayment: () => [mira, PAY, moneyInput(pledgeId, 1_000)],
      recordRepayment: () => [mira, REPAY, moneyInput(pledgeId, 1_000)],
      reverseRepayment: () => [mira, REVERSE_REPAYMENT, { ...key(), repaymentId, reason }],
      reversePayment: () => [mira, REVERSE_PAYMENT, { ...key(), paymentId, reason }],
      waivePledge: () => [mira, WAIVE, about],
      deferRepayment: () => [noor, DEFER, { ...about, ...rhythm }],
      writeOffLoan: () => [noor, WRITE_OFF, { ...about, amount: eur(1_000) }],
      recordReceipt: () => [mira, RECEIVE, { ...key(), pledgeId, quantity: '1', happenedOn: '2026-03-02' }],
      recordReturn: () => [mira, GIVE_BACK, { ...key(), pledgeId, quantity: '1', happenedOn: '2026-03-02' }],
      waiveContribution: () => [mira, WAIVE_CONTRIBUTION, about],
      waiveUnits: () => [noor, WAIVE_UNITS, { ...about, units: 1 }],
      reverseContribution: () => [
        mira,
        REVERSE_CONTRIBUTION,
        { ...key(), contributionId: randomUUID(), reason },
      ],
    };
    return callOf(calls, command);
  },
);

matrix(
  'a need',
  NEED_STATES,
  {
    updateNeed: { done: ['open', 'answered'] },
    closeNeed: { done: ['open', 'answered'] },
    answerNeed: { done: ['open', 'answered'] },
    draftContract: { done: ['answered'] },
  },
  (state) => needIn(world, state),
  (command, needId) => {
    const { mira, noor, fablab, north } = world;
    const { idempotencyKey: _key, communityId: _community, ...wording } = needInput(north);
    const calls: Readonly<Record<string, () => Call>> = {
      updateNeed: () => [noor, UPDATE_NEED, { ...wording, needId, revision: 1 }],
      closeNeed: () => [noor, CLOSE_NEED, { needId, reason }],
      answerNeed: () => [mira, ANSWER_NEED, answerInput(needId, fablab)],
      draftContract: () => [mira, DRAFT, { ...key(), ...termsInput(world), needId }],
    };
    return callOf(calls, command);
  },
);

function callOf(calls: Readonly<Record<string, () => Call>>, command: string): Call {
  const call = calls[command];
  if (!call) throw new Error(`There is no call for ${command}.`);
  return call();
}
