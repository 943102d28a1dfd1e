import { randomUUID } from 'node:crypto';
import type { TestApp } from '../test-app.js';
import {
  buildProduct,
  buildVersion,
  insertWorkCentres,
  operation,
  type BuiltVersion,
} from './catalogue.builder.js';
import {
  buildCommunity,
  buildFablab,
  buildPerson,
  type BuiltCommunity,
  type BuiltPerson,
} from './identity.builder.js';

/** A fablab with a product version, and two receiving communities: enough for a contract. */
export interface ContractWorld {
  /** Coordinates the fablab. */
  readonly mira: BuiltPerson;
  readonly fablab: BuiltCommunity;
  readonly version: BuiltVersion;
  /** Coordinates the first receiving community. */
  readonly noor: BuiltPerson;
  readonly north: BuiltCommunity;
  /** Coordinates the second one. */
  readonly sven: BuiltPerson;
  readonly south: BuiltCommunity;
}

export interface BuiltContract {
  readonly id: string;
  readonly ref: string;
  readonly state: string;
  readonly draftRevision: number;
  readonly currentRelease: { readonly number: number; readonly sha256: string } | null;
}

export interface BuiltPledge {
  readonly id: string;
  readonly state: string;
}

const CONTRACT = `id ref state draftRevision currentRelease { number sha256 }`;
export const DRAFT = `mutation ($input: DraftContractInput!) { draftContract(input: $input) { ${CONTRACT} } }`;
export const UPDATE = `mutation ($input: UpdateDraftInput!) { updateDraft(input: $input) { ${CONTRACT} } }`;
export const OPEN = `mutation ($input: OpenContractInput!) { openContract(input: $input) { ${CONTRACT} } }`;
export const ACCEPT = `mutation ($input: AcceptReleaseInput!) { acceptRelease(input: $input) { ${CONTRACT} } }`;
export const WITHDRAW = `mutation ($input: WithdrawContractInput!) { withdrawContract(input: $input) { ${CONTRACT} } }`;
export const PLEDGE = `mutation ($input: MakePledgeInput!) { makePledge(input: $input) { id state } }`;
export const WITHDRAW_PLEDGE = `mutation ($input: WithdrawPledgeInput!) { withdrawPledge(input: $input) { id state } }`;
export const PAY = `mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { id state received { amountMinor } } }`;

export async function buildContractWorld(app: TestApp): Promise<ContractWorld> {
  const mira = await buildPerson(app, 'Mira');
  const fablab = await buildFablab(mira, 'Oakmoor Fablab');
  const [saw = ''] = await insertWorkCentres(app, fablab, ['Saw']);
  const product = await buildProduct(mira, fablab, 'Cargo trailer');
  const version = await buildVersion(mira, product, [operation('Saw the frame', saw)]);
  const noor = await buildPerson(app, 'Noor');
  const sven = await buildPerson(app, 'Sven');
  const north = await buildCommunity(noor, { name: 'North Village' });
  const south = await buildCommunity(sven, { name: 'South Village' });
  return { mira, fablab, version, noor, north, sven, south };
}

export const eur = (amountMinor: number) => ({ amountMinor: String(amountMinor), currency: 'EUR' });

/** Terms as `draftContract` takes them: 3,000.00 EUR from two villages for five trailers. */
export function termsInput(
  world: ContractWorld,
  over: Record<string, unknown> = {},
): Record<string, unknown> {
  const line = { productVersionId: world.version.id, dueOn: '2026-09-30' };
  return {
    fablabId: world.fablab.id,
    receivingCommunityIds: [world.north.id, world.south.id],
    title: 'Cargo trailers for two villages',
    summary: 'Five trailers, one of them free.',
    currency: 'EUR',
    deadline: '2026-06-30',
    threshold: eur(300_000),
    deliverables: [
      { ...line, receiverId: world.north.id, tier: 'fair', quantity: 4, unitPrice: eur(45_000) },
      { ...line, receiverId: world.south.id, tier: 'free', quantity: 1, unitPrice: eur(0) },
    ],
    repaymentTerms: 'Ten equal instalments from January 2027 on, without interest.',
    endCondition: 'The loans are repaid and the trailers are delivered.',
    mediator: 'The arbitration board of the makers’ network',
    milestones: [{ name: 'Prototype inspected', dueOn: '2026-07-31' }],
    ...over,
  };
}

export async function draftContract(
  world: ContractWorld,
  over: Record<string, unknown> = {},
): Promise<BuiltContract> {
  const input = { idempotencyKey: randomUUID(), ...termsInput(world, over) };
  return (await world.mira.client.get<{ draftContract: BuiltContract }>(DRAFT, { input })).draftContract;
}

export async function openContract(
  world: ContractWorld,
  over: Record<string, unknown> = {},
): Promise<BuiltContract> {
  const { id, draftRevision } = await draftContract(world, over);
  const input = { idempotencyKey: randomUUID(), contractId: id, draftRevision };
  return (await world.mira.client.get<{ openContract: BuiltContract }>(OPEN, { input })).openContract;
}

/** What `acceptRelease` takes, for the release in force. */
export function acceptInput(
  contract: BuiltContract,
  community: BuiltCommunity,
  over: Record<string, unknown> = {},
) {
  return {
    idempotencyKey: randomUUID(),
    contractId: contract.id,
    communityId: community.id,
    releaseNumber: contract.currentRelease?.number ?? 0,
    releaseSha256: contract.currentRelease?.sha256 ?? '',
    ...over,
  };
}

export function pledgeInput(contract: BuiltContract, community: BuiltCommunity, amountMinor: number) {
  return {
    idempotencyKey: randomUUID(),
    contractId: contract.id,
    communityId: community.id,
    amount: eur(amountMinor),
  };
}

export async function accept(
  person: BuiltPerson,
  contract: BuiltContract,
  community: BuiltCommunity,
): Promise<string> {
  const input = acceptInput(contract, community);
  return (await person.client.get<{ acceptRelease: BuiltContract }>(ACCEPT, { input })).acceptRelease.state;
}

export async function acceptByAll(world: ContractWorld, contract: BuiltContract): Promise<void> {
  await accept(world.mira, contract, world.fablab);
  await accept(world.noor, contract, world.north);
  await accept(world.sven, contract, world.south);
}

export async function pledge(
  person: BuiltPerson,
  contract: BuiltContract,
  community: BuiltCommunity,
  amountMinor: number,
): Promise<BuiltPledge> {
  const input = pledgeInput(contract, community, amountMinor);
  return (await person.client.get<{ makePledge: BuiltPledge }>(PLEDGE, { input })).makePledge;
}

/** An active contract, with one pledge that met the threshold. */
export async function activeContract(
  world: ContractWorld,
  over: Record<string, unknown> = {},
): Promise<{ readonly contract: BuiltContract; readonly pledge: BuiltPledge }> {
  const contract = await openContract(world, over);
  await acceptByAll(world, contract);
  return { contract, pledge: await pledge(world.noor, contract, world.north, 300_000) };
}
