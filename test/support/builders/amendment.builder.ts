import { randomUUID } from 'node:crypto';
import type { BuiltCommunity, BuiltPerson } from './identity.builder.js';
import { termsInput, type BuiltContract, type ContractWorld } from './contract.builder.js';

export interface BuiltRelease {
  readonly number: number;
  readonly sha256: string;
  readonly status: string;
}

export interface AmendedContract extends BuiltContract {
  readonly proposedRelease: BuiltRelease | null;
}

const AMENDED = `id ref state draftRevision currentRelease { number sha256 } proposedRelease { number sha256 status }`;
export const PROPOSE = `mutation ($input: ProposeAmendmentInput!) { proposeAmendment(input: $input) { ${AMENDED} } }`;
export const ACCEPT_AMENDMENT = `mutation ($input: AcceptAmendmentInput!) { acceptAmendment(input: $input) { ${AMENDED} } }`;
export const DECLINE = `mutation ($input: DeclineAmendmentInput!) { declineAmendment(input: $input) { ${AMENDED} } }`;

/** What `proposeAmendment` takes: the terms of the world's contract with what is to be different. */
export function proposeInput(
  world: ContractWorld,
  contract: BuiltContract,
  terms: Record<string, unknown>,
  over: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    idempotencyKey: randomUUID(),
    contractId: contract.id,
    communityId: world.fablab.id,
    releaseNumber: contract.currentRelease?.number ?? 0,
    reason: 'The wood comes later.',
    ...termsInput(world, terms),
    ...over,
  };
}

/** The fablab proposes other terms. */
export async function propose(
  world: ContractWorld,
  contract: BuiltContract,
  terms: Record<string, unknown>,
): Promise<AmendedContract> {
  const input = proposeInput(world, contract, terms);
  return (await world.mira.client.get<{ proposeAmendment: AmendedContract }>(PROPOSE, { input }))
    .proposeAmendment;
}

/** What `acceptAmendment` takes, for the release that is proposed. */
export function acceptAmendmentInput(
  contract: AmendedContract,
  community: BuiltCommunity,
  over: Record<string, unknown> = {},
) {
  return {
    idempotencyKey: randomUUID(),
    contractId: contract.id,
    communityId: community.id,
    releaseNumber: contract.proposedRelease?.number ?? 0,
    releaseSha256: contract.proposedRelease?.sha256 ?? '',
    ...over,
  };
}

export function declineInput(contract: AmendedContract, community: BuiltCommunity, over = {}) {
  const { releaseSha256: _hash, ...place } = acceptAmendmentInput(contract, community);
  return { ...place, reason: 'We need them in September.', ...over };
}

export async function acceptAmendment(
  person: BuiltPerson,
  contract: AmendedContract,
  community: BuiltCommunity,
): Promise<AmendedContract> {
  const input = acceptAmendmentInput(contract, community);
  return (await person.client.get<{ acceptAmendment: AmendedContract }>(ACCEPT_AMENDMENT, { input }))
    .acceptAmendment;
}
