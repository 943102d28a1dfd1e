import { randomUUID } from 'node:crypto';
import { LapseContracts } from '#contracting';
import type { TestApp } from '../test-app.js';
import { propose, type AmendedContract } from './amendment.builder.js';
import { CLOSE_NEED, answerNeed, postNeed } from './need.builder.js';
import {
  DRAFT,
  OPEN,
  WITHDRAW,
  WITHDRAW_PLEDGE,
  accept,
  acceptByAll,
  draftContract,
  openContract,
  pledge,
  termsInput,
  type BuiltContract,
  type ContractWorld,
} from './contract.builder.js';
import { owed, pay, repay, type OwedPledge } from './obligation.builder.js';
import {
  acceptTerminationByAll,
  line,
  proposeTermination,
  terminationsOf,
  type EndedContract,
} from './termination.builder.js';

/** An id of nothing. */
const NOWHERE = '019cad3a-0000-7000-8000-0123456789ab';
const OTHER = { mediator: 'The guild of makers' };

/** A contract in one state, with all that the commands about it name. */
export interface ContractCell {
  readonly contract: BuiltContract;
  readonly pledgeId: string;
  readonly amended: AmendedContract | null;
  readonly ending: EndedContract | null;
}

/** With `proposals` an amendment and a termination wait for answers, where that can be. */
export async function contractIn(
  app: TestApp,
  world: ContractWorld,
  state: string,
  proposals: boolean,
): Promise<ContractCell> {
  if (state === 'draft')
    return { contract: await draftContract(world), pledgeId: NOWHERE, amended: null, ending: null };
  const contract = await openContract(world, state === 'lapsed' ? { deadline: '2026-03-03' } : {});
  await accept(world.noor, contract, world.north);
  const isOpen = ['open', 'withdrawn', 'lapsed'].includes(state);
  const { id: pledgeId } = await pledge(world.noor, contract, world.north, isOpen ? 100_000 : 300_000);
  if (!isOpen) {
    await accept(world.mira, contract, world.fablab);
    await accept(world.sven, contract, world.south);
  }
  const amended = proposals ? await propose(world, contract, proposedTerms(state)) : null;
  const ending =
    proposals && state === 'active' ? await proposeTermination(world.mira, contract, world.fablab, []) : null;
  await finish(app, world, state, { contract, pledgeId });
  const last = isOpen ? null : await terminationsOf(app, contract.ref);
  return { contract, pledgeId, amended, ending: ending ?? (last?.terminations.length ? last : null) };
}

function proposedTerms(state: string): Record<string, unknown> {
  return state === 'lapsed' ? { ...OTHER, deadline: '2026-03-03' } : OTHER;
}

async function finish(
  app: TestApp,
  world: ContractWorld,
  state: string,
  { contract, pledgeId }: Pick<ContractCell, 'contract' | 'pledgeId'>,
): Promise<void> {
  if (state === 'withdrawn') await withdraw(world, contract);
  if (state === 'lapsed') {
    app.clock.advance({ days: 2 });
    await app.worker?.get(LapseContracts).run();
    app.clock.advance({ days: -2 });
  }
  if (state === 'completed' || state === 'terminated') await pay(world.mira, pledgeId, 300_000);
  if (state === 'completed') await repay(world.mira, pledgeId, 300_000);
  if (state === 'terminated') {
    const plan = { instalments: 2, firstDueOn: '2027-01-31', everyMonths: 1 };
    const due = [line(pledgeId, { due: 300_000, plan })];
    await acceptTerminationByAll(world, await proposeTermination(world.mira, contract, world.fablab, due));
  }
}

async function withdraw(world: ContractWorld, contract: BuiltContract): Promise<void> {
  const input = { idempotencyKey: randomUUID(), contractId: contract.id, reason: 'No wood.' };
  await world.mira.client.get(WITHDRAW, { input });
}

/** A pledge in one state, with a payment and a repayment where it can have them. */
export async function pledgeIn(
  app: TestApp,
  world: ContractWorld,
  state: string,
): Promise<{ readonly pledgeId: string; readonly paymentId: string; readonly repaymentId: string }> {
  const contract = await openContract(world);
  const { id: pledgeId } = await pledge(world.noor, contract, world.north, 200_000);
  if (state === 'withdrawn') {
    const input = { idempotencyKey: randomUUID(), pledgeId };
    await world.noor.client.get(WITHDRAW_PLEDGE, { input });
  }
  if (state === 'voided') await withdraw(world, contract);
  if (state === 'active' || state === 'fulfilled') {
    await acceptByAll(world, contract);
    // The second supporter's promise stays open, so that the contract outlives the first pledge.
    await pledge(world.sven, contract, world.south, 100_000);
    await pay(world.mira, pledgeId, 150_000);
    if (state === 'fulfilled') await pay(world.mira, pledgeId, 50_000);
    await repay(world.mira, pledgeId, state === 'fulfilled' ? 200_000 : 10_000);
    // The latest payment is less than what is owed, so that it can be taken back.
    if (state === 'active') await pay(world.mira, pledgeId, 20_000);
  }
  const found = (await owed(app.client(), contract.ref)).pledges.find(({ id }) => id === pledgeId);
  return {
    pledgeId,
    paymentId: found?.payments.at(-1)?.id ?? NOWHERE,
    repaymentId: repaymentOf(found)?.id ?? NOWHERE,
  };
}

function repaymentOf(found: OwedPledge | undefined): { readonly id: string } | undefined {
  return found?.obligation.events.find(({ kind }) => kind === 'repayment');
}

/** A need in one state. */
export async function needIn(world: ContractWorld, state: string): Promise<string> {
  const { id } = await postNeed(world.noor, world.north);
  if (state === 'open') return id;
  await answerNeed(world.mira, id, world.fablab);
  if (state === 'closed')
    await world.noor.client.get(CLOSE_NEED, { input: { needId: id, reason: 'We were given some.' } });
  if (state !== 'inContract' && state !== 'met') return id;
  const input = { idempotencyKey: randomUUID(), ...termsInput(world), needId: id };
  const { draftContract: draft } = await world.mira.client.get<{ draftContract: BuiltContract }>(DRAFT, {
    input,
  });
  const opening = { idempotencyKey: randomUUID(), contractId: draft.id, draftRevision: draft.draftRevision };
  const { openContract: contract } = await world.mira.client.get<{ openContract: BuiltContract }>(OPEN, {
    input: opening,
  });
  if (state === 'inContract') return id;
  await acceptByAll(world, contract);
  const made = await pledge(world.noor, contract, world.north, 300_000);
  await pay(world.mira, made.id, 300_000);
  await repay(world.mira, made.id, 300_000);
  return id;
}
