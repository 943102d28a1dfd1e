import { randomUUID } from 'node:crypto';
import {
  PLEDGE,
  acceptByAll,
  eur,
  openContract,
  type BuiltContract,
  type ContractWorld,
} from './contract.builder.js';
import type { BuiltPerson } from './identity.builder.js';
import { OWED } from './obligation.builder.js';

export const DELIVER = `mutation ($input: RecordDeliveryInput!) { recordDelivery(input: $input) { deliveries { id line quantity isAccepted } } }`;
export const ANSWER = `mutation ($input: AnswerDeliveryInput!) { answerDelivery(input: $input) { state } }`;

export function productLine(
  world: ContractWorld,
  receiverId: string,
  tier: string,
  quantity: number,
  price: number,
): Record<string, unknown> {
  return {
    productVersionId: world.version.id,
    dueOn: '2026-09-30',
    receiverId,
    tier,
    quantity,
    unitPrice: eur(price),
  };
}

/** Three premium trailers for North and two free ones for South, with one offer. */
export async function openWithOffer(
  world: ContractWorld,
  offer: Record<string, unknown>,
): Promise<BuiltContract> {
  const contract = await openContract(world, {
    threshold: null,
    thresholds: [{ kind: 'money', amount: eur(100) }],
    repaymentTerms: null,
    offers: [{ words: 'As agreed.', ...offer }],
    deliverables: [
      productLine(world, world.north.id, 'premium', 3, 45_000),
      productLine(world, world.south.id, 'free', 2, 0),
    ],
  });
  await acceptByAll(world, contract);
  return contract;
}

export async function pledgeAs(
  world: ContractWorld,
  contract: BuiltContract,
  instrument: string,
  amountMinor: number,
): Promise<string> {
  const input = {
    idempotencyKey: randomUUID(),
    contractId: contract.id,
    communityId: world.north.id,
    amount: eur(amountMinor),
    instrument,
  };
  return (await world.noor.client.get<{ makePledge: { id: string } }>(PLEDGE, { input })).makePledge.id;
}

export interface Delivered {
  readonly recordDelivery: { readonly deliveries: readonly { readonly id: string }[] };
}

export function deliveryInput(contract: BuiltContract, position: number, quantity: number) {
  return {
    input: {
      idempotencyKey: randomUUID(),
      contractId: contract.id,
      line: position,
      quantity,
      deliveredOn: '2026-03-01',
    },
  };
}

/** The fablab delivers, and the receiver answers. */
export async function deliver(
  world: ContractWorld,

  contract: BuiltContract,
  position: number,
  quantity: number,
  over: Record<string, unknown> = { isAccepted: true },
): Promise<string> {
  const { recordDelivery } = await world.mira.client.get<Delivered>(
    DELIVER,
    deliveryInput(contract, position, quantity),
  );
  const receiver: BuiltPerson = position === 1 ? world.noor : world.sven;
  const input = {
    idempotencyKey: randomUUID(),
    deliveryId: recordDelivery.deliveries.at(-1)?.id,
    ...over,
  };
  return (await receiver.client.get<{ answerDelivery: { state: string } }>(ANSWER, { input })).answerDelivery
    .state;
}

interface Read {
  readonly state: string;
  readonly viewerHasScrutiny: boolean;
  readonly scrutiny: readonly { readonly sentence: string }[];
  readonly currentRelease: { readonly canonicalJson: string };
}

export async function standing(
  world: ContractWorld,
  contract: BuiltContract,
): Promise<{
  readonly state: string;
  readonly scrutiny: boolean;
  readonly sentence: string | undefined;
}> {
  const found = (await world.noor.client.get<{ contract: Read }>(OWED, { ref: contract.ref })).contract;
  return {
    state: found.state,
    scrutiny: found.viewerHasScrutiny,
    sentence: found.scrutiny[0]?.sentence,
  };
}

export async function closedPledge(world: ContractWorld, contract: BuiltContract): Promise<unknown> {
  const found = (await world.noor.client.get<{ contract: Read }>(OWED, { ref: contract.ref })).contract;
  const document = JSON.parse(found.currentRelease.canonicalJson) as { closing?: { pledges: unknown[] } };
  return document.closing?.pledges[0];
}
