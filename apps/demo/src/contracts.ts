import { randomUUID } from 'node:crypto';
import type { Character } from './people.js';

export interface ContractTerms {
  readonly fablabId: string;
  readonly receivingCommunityIds: readonly string[];
  readonly title: string;
  readonly summary: string;
  readonly deadline: string;
  readonly thresholdMinor: string;
  readonly deliverables: readonly Deliverable[];
  readonly milestones: readonly { name: string; dueOn: string }[];
}

interface Deliverable {
  readonly productVersionId: string;
  readonly receiverId: string;
  readonly tier: 'free' | 'fair' | 'premium';
  readonly quantity: number;
  readonly unitPriceMinor: string;
  readonly dueOn: string;
}

export interface DraftedContract {
  readonly id: string;
  readonly ref: string;
  readonly draftRevision: number;
}

const euros = (amountMinor: string): { amountMinor: string; currency: string } => ({
  amountMinor,
  currency: 'EUR',
});

export async function draftContract(coordinator: Character, terms: ContractTerms): Promise<DraftedContract> {
  const { thresholdMinor, deliverables, ...rest } = terms;
  const answer = await coordinator.client.get<{ draftContract: DraftedContract }>(
    `mutation ($input: DraftContractInput!) { draftContract(input: $input) { id ref draftRevision } }`,
    {
      input: {
        ...rest,
        idempotencyKey: randomUUID(),
        currency: 'EUR',
        threshold: euros(thresholdMinor),
        deliverables: deliverables.map(({ unitPriceMinor, ...line }) => ({
          ...line,
          unitPrice: euros(unitPriceMinor),
        })),
        repayment: {
          instalments: 12,
          firstDueOn: monthAfter(lastDelivery(deliverables)),
          everyMonths: 1,
          interestBasisPointsPerYear: 0,
        },
        repaymentTerms:
          'The principal without interest, in twelve equal monthly instalments from delivery on.',
        endCondition: 'Scrutiny by a supporter ends when its loan is repaid.',
        mediator: 'Circle of mediators of the regional network',
      },
    },
  );
  return answer.draftContract;
}

/** The day on which the last of what was promised is handed over. */
function lastDelivery(deliverables: readonly Deliverable[]): string {
  return deliverables
    .map(({ dueOn }) => dueOn)
    .sort()
    .at(-1) as string;
}

/** The same day of the next month; the last one of a month that is too short for it. */
function monthAfter(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10);
}

export interface OpenedContract {
  readonly id: string;
  readonly ref: string;
  readonly releaseNumber: number;
  readonly releaseSha256: string;
}

export async function openContract(coordinator: Character, draft: DraftedContract): Promise<OpenedContract> {
  const { openContract } = await coordinator.client.get<{
    openContract: { currentRelease: { number: number; sha256: string } };
  }>(
    `mutation ($input: OpenContractInput!) { openContract(input: $input) { currentRelease { number sha256 } } }`,
    {
      input: { idempotencyKey: randomUUID(), contractId: draft.id, draftRevision: draft.draftRevision },
    },
  );
  const { number, sha256 } = openContract.currentRelease;
  return { id: draft.id, ref: draft.ref, releaseNumber: number, releaseSha256: sha256 };
}

export async function accept(who: Character, communityId: string, contract: OpenedContract): Promise<void> {
  const { id: contractId, releaseNumber, releaseSha256 } = contract;
  await who.client.get(`mutation ($input: AcceptReleaseInput!) { acceptRelease(input: $input) { id } }`, {
    input: { idempotencyKey: randomUUID(), contractId, communityId, releaseNumber, releaseSha256 },
  });
}

export async function pledge(
  who: Character,
  communityId: string,
  contractId: string,
  minor: string,
): Promise<string> {
  const { makePledge } = await who.client.get<{ makePledge: { id: string } }>(
    `mutation ($input: MakePledgeInput!) { makePledge(input: $input) { id } }`,
    { input: { idempotencyKey: randomUUID(), contractId, communityId, amount: euros(minor) } },
  );
  return makePledge.id;
}

export async function recordPayment(
  who: Character,
  pledgeId: string,
  minor: string,
  valueDate: string,
): Promise<void> {
  await who.client.get(`mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { id } }`, {
    input: { idempotencyKey: randomUUID(), pledgeId, amount: euros(minor), valueDate },
  });
}
