import { randomUUID } from 'node:crypto';
import type { TestApp } from '../test-app.js';
import { eur, type BuiltContract, type ContractWorld } from './contract.builder.js';
import type { BuiltCommunity, BuiltPerson } from './identity.builder.js';

export interface BuiltTermination {
  readonly number: number;
  readonly state: string;
  readonly sha256: string;
  readonly canonicalJson: string;
  readonly answers: { readonly community: { readonly name: string }; readonly acceptedAt: string | null }[];
}

export interface EndedContract extends BuiltContract {
  readonly endReason: string | null;
  readonly terminations: BuiltTermination[];
}

const ENDED = `id ref state draftRevision endReason currentRelease { number sha256 }
  terminations { number state sha256 canonicalJson reason endReason decidedAt proposedBy { name } endedBy { name }
    questionNumber answers { community { name } acceptedAt role person { displayName } }
    settlement { pledgeId owed { amountMinor } repaid { amountMinor } forgiven { amountMinor } due { amountMinor }
      plan { instalments firstDueOn everyMonths } isChanged } }`;
const mutation = (name: string, input: string) =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${ENDED} } }`;
export const PROPOSE_TERMINATION = mutation('proposeTermination', 'ProposeTerminationInput');
export const ACCEPT_TERMINATION = mutation('acceptTermination', 'AcceptTerminationInput');
export const DECLINE_TERMINATION = mutation('declineTermination', 'EndTerminationInput');
export const WITHDRAW_TERMINATION = mutation('withdrawTermination', 'EndTerminationInput');
export const TERMINATIONS = `query ($ref: String!) { contract(ref: $ref) { ${ENDED} } }`;

export interface LineParts {
  readonly repaid?: number;
  readonly forgiven?: number;
  readonly due?: number;
  readonly plan?: { readonly instalments: number; readonly firstDueOn: string; readonly everyMonths: number };
}

/** One line of a settlement, as the API takes it. */
export function line(pledgeId: string, { plan, ...parts }: LineParts): Record<string, unknown> {
  const amounts = Object.entries(parts).map(([name, amountMinor]) => [name, eur(amountMinor)]);
  return { pledgeId, ...Object.fromEntries(amounts), ...(plan && { plan }) };
}

/** What `proposeTermination` takes. */
export function terminationInput(
  contract: BuiltContract,
  community: BuiltCommunity,
  settlement: readonly Record<string, unknown>[],
  over: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    idempotencyKey: randomUUID(),
    contractId: contract.id,
    communityId: community.id,
    releaseNumber: contract.currentRelease?.number ?? 0,
    reason: 'The saw burned down, and no other can be had.',
    settlement,
    ...over,
  };
}

export async function proposeTermination(
  person: BuiltPerson,
  contract: BuiltContract,
  community: BuiltCommunity,
  settlement: readonly Record<string, unknown>[],
  over: Record<string, unknown> = {},
): Promise<EndedContract> {
  const input = terminationInput(contract, community, settlement, over);
  return (await person.client.get<{ proposeTermination: EndedContract }>(PROPOSE_TERMINATION, { input }))
    .proposeTermination;
}

/** What the decisions about the newest proposal take. */
export function decisionInput(
  contract: EndedContract,
  community: BuiltCommunity,
  over: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    idempotencyKey: randomUUID(),
    contractId: contract.id,
    communityId: community.id,
    number: contract.terminations.at(-1)?.number ?? 0,
    ...over,
  };
}

export function acceptTerminationInput(
  contract: EndedContract,
  community: BuiltCommunity,
  over: Record<string, unknown> = {},
): Record<string, unknown> {
  return decisionInput(contract, community, { sha256: contract.terminations.at(-1)?.sha256 ?? '', ...over });
}

export async function acceptTermination(
  person: BuiltPerson,
  contract: EndedContract,
  community: BuiltCommunity,
): Promise<EndedContract> {
  const input = acceptTerminationInput(contract, community);
  return (await person.client.get<{ acceptTermination: EndedContract }>(ACCEPT_TERMINATION, { input }))
    .acceptTermination;
}

export async function acceptTerminationByAll(
  world: ContractWorld,
  contract: EndedContract,
): Promise<EndedContract> {
  await acceptTermination(world.mira, contract, world.fablab);
  await acceptTermination(world.noor, contract, world.north);
  return acceptTermination(world.sven, contract, world.south);
}

export async function terminationsOf(app: TestApp, ref: string): Promise<EndedContract> {
  return (await app.client().get<{ contract: EndedContract }>(TERMINATIONS, { ref })).contract;
}
