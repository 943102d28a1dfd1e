import { randomUUID } from 'node:crypto';
import type { Id } from '#kernel';
import { UnitOfWork } from '#platform';
import type { TestApp } from '../test-app.js';
import { buildProduct, buildVersion, operation, type OperationInput } from './catalogue.builder.js';
import type { BuiltCommunity, BuiltPerson } from './identity.builder.js';

export interface BuiltSection {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

export interface BuiltWorkCentre {
  readonly id: string;
  readonly name: string;
}

export interface BuiltQualification {
  readonly id: string;
  readonly name: string;
}

/** A job as a maker's client holds it. */
export interface TakenJob {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly state: string;
  readonly quantity: number;
  readonly claim: { readonly fence: number; readonly mine: boolean } | null;
}

export const TAKE_NEXT = `mutation ($input: TakeNextJobInput!) {
  takeNextJob(input: $input) { reason job { id number name state quantity claim { fence mine } } }
}`;

export async function buildSection(
  coordinator: BuiltPerson,
  fablab: BuiltCommunity,
  name = 'Woodworking',
): Promise<BuiltSection> {
  const query = `mutation ($input: CreateSectionInput!) { createSection(input: $input) { id slug name } }`;
  const variables = { input: { fablabId: fablab.id, name } };
  return (await coordinator.client.get<{ createSection: BuiltSection }>(query, variables)).createSection;
}

export async function buildWorkCentre(
  coordinator: BuiltPerson,
  section: BuiltSection,
  name = 'Bench',
  required: readonly BuiltQualification[] = [],
): Promise<BuiltWorkCentre> {
  const query = `mutation ($input: CreateWorkCentreInput!) { createWorkCentre(input: $input) { id name } }`;
  const requiredQualificationIds = required.map((qualification) => qualification.id);
  const variables = { input: { sectionId: section.id, name, capacity: 2, requiredQualificationIds } };
  return (await coordinator.client.get<{ createWorkCentre: BuiltWorkCentre }>(query, variables))
    .createWorkCentre;
}

export async function buildQualification(
  coordinator: BuiltPerson,
  fablab: BuiltCommunity,
  name = 'Table saw safety',
  kind = 'safety',
): Promise<BuiltQualification> {
  const query = `mutation ($input: CreateQualificationInput!) { createQualification(input: $input) { id name } }`;
  const variables = { input: { fablabId: fablab.id, name, kind } };
  return (await coordinator.client.get<{ createQualification: BuiltQualification }>(query, variables))
    .createQualification;
}

export async function grant(
  coordinator: BuiltPerson,
  maker: Pick<BuiltPerson, 'id'>,
  qualification: BuiltQualification,
  expiresOn: string | null = null,
): Promise<void> {
  const query = `mutation ($input: GrantQualificationInput!) { grantQualification(input: $input) { id } }`;
  const input = { personId: maker.id, qualificationId: qualification.id, expiresOn };
  await coordinator.client.get(query, { input });
}

/** One line of an active contract: what is to be made, and by when. */
export interface OrderWanted {
  readonly quantity?: number;
  readonly dueOn?: string | null;
  readonly tier?: 'free' | 'fair' | 'premium';
}

/** Tells the system, as contracting does, that a contract became active, and waits until its jobs are there. */
export async function activateContract(
  app: TestApp,
  fablab: BuiltCommunity,
  versionId: string,
  orders: readonly OrderWanted[],
  ref = `CSM-2026-${Math.floor(Math.random() * 9000 + 1000)}`,
): Promise<string> {
  const lines = orders.map((order, index) => ({
    position: index + 1,
    productVersionId: versionId as Id<'productVersion'>,
    receiverId: fablab.id as Id<'community'>,
    tier: order.tier ?? 'fair',
    quantity: order.quantity ?? 2,
    dueOn: order.dueOn === undefined ? '2026-05-01' : order.dueOn,
  }));
  const payload = { contractId: randomUUID(), ref, fablabId: fablab.id, lines };
  await app.app.get(UnitOfWork).run(async (tx) => {
    tx.publish({ type: 'contracting.contract-activated', payload });
  });
  await app.settle();
  return ref;
}

/** A version of a new product with the given routing. */
export async function buildRouting(
  coordinator: BuiltPerson,
  fablab: BuiltCommunity,
  routing: readonly OperationInput[],
  productName = 'Bench',
): Promise<string> {
  const product = await buildProduct(coordinator, fablab, productName);
  return (await buildVersion(coordinator, product, routing)).id;
}

/** As many ready jobs as wanted, all at one work centre. */
export async function buildReadyJobs(
  app: TestApp,
  coordinator: BuiltPerson,
  fablab: BuiltCommunity,
  centre: BuiltWorkCentre,
  count: number,
): Promise<void> {
  const versionId = await buildRouting(
    coordinator,
    fablab,
    [operation('Cut', centre.id)],
    `Shelf ${randomUUID()}`,
  );
  const orders = Array.from({ length: count }, () => ({}));
  await activateContract(app, fablab, versionId, orders);
}

/** Presses “take next”. */
export async function takeNext(
  maker: Pick<BuiltPerson, 'client'>,
  section: BuiltSection,
  idempotencyKey: string = randomUUID(),
): Promise<{ job: TakenJob | null; reason: string }> {
  const answer = await maker.client.get<{ takeNextJob: { job: TakenJob | null; reason: string } }>(
    TAKE_NEXT,
    {
      input: { idempotencyKey, sectionId: section.id },
    },
  );
  return answer.takeNextJob;
}

/** The document of one of the actions on a held job, such as `startJob`. */
export function actionDocument(mutation: string): string {
  const input = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  return `mutation ($input: ${input}!) {
    ${mutation}(input: $input) {
      id number name state quantity quantityGood quantityScrapped reason
      claim { fence mine workedSeconds runningSince leaseEndsAt } notes { text authorName late }
    }
  }`;
}

/** Does one action on a held job and returns the job as it is afterwards. */
export async function act<Job = TakenJob>(
  maker: Pick<BuiltPerson, 'client'>,
  mutation: string,
  job: { readonly id: string; readonly claim: { readonly fence: number } | null },
  more: Record<string, unknown> = {},
): Promise<Job> {
  const input = { idempotencyKey: randomUUID(), jobId: job.id, fence: job.claim?.fence ?? 1, ...more };
  const answer = await maker.client.get<Record<string, Job>>(actionDocument(mutation), { input });
  return answer[mutation] as Job;
}
