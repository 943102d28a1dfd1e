import { randomUUID } from 'node:crypto';
import type { TestClient } from '../test-client.js';
import type { BuiltCommunity, BuiltPerson } from './identity.builder.js';

export interface BuiltNeed {
  readonly id: string;
}

/** A need as its page shows it. */
export interface ReadNeed {
  readonly state: string;
  readonly answers: readonly unknown[];
  readonly viewerCan: readonly string[];
}

export const POST_NEED = `mutation ($input: PostNeedInput!) { postNeed(input: $input) { id } }`;
export const UPDATE_NEED = `mutation ($input: UpdateNeedInput!) { updateNeed(input: $input) { id } }`;
export const CLOSE_NEED = `mutation ($input: CloseNeedInput!) { closeNeed(input: $input) { id } }`;
export const ANSWER_NEED = `mutation ($input: AnswerNeedInput!) { answerNeed(input: $input) { id } }`;
export const NEEDS = `query ($state: NeedState) { needs(first: 100, state: $state) { nodes { id } } }`;
export const NEED = `query ($id: ID!) { need(id: $id) {
  id state title purpose quantity wantedBy place brings revision closeReason community { name }
  answers { fablab { name } kind reason condition isCurrent } contracts { ref state } viewerCan } }`;

/** What `postNeed` takes: a need that brings hours, and no money. */
export function needInput(
  community: BuiltCommunity,
  over: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    idempotencyKey: randomUUID(),
    communityId: community.id,
    title: 'Three cargo trailers',
    purpose: 'To bring vegetables to the market.',
    quantity: 'about three',
    wantedBy: '2026-09-30',
    place: 'Riverside',
    brings: ['hours'],
    ...over,
  };
}

export async function postNeed(
  person: BuiltPerson,
  community: BuiltCommunity,
  over: Record<string, unknown> = {},
): Promise<BuiltNeed> {
  const input = needInput(community, over);
  return (await person.client.get<{ postNeed: BuiltNeed }>(POST_NEED, { input })).postNeed;
}

/** What `answerNeed` takes: the fablab can. */
export function answerInput(
  needId: string,
  fablab: BuiltCommunity,
  over: Record<string, unknown> = {},
): Record<string, unknown> {
  const reason = 'We have made some before.';
  return { idempotencyKey: randomUUID(), needId, fablabId: fablab.id, kind: 'can', reason, ...over };
}

export async function answerNeed(
  person: BuiltPerson,
  needId: string,
  fablab: BuiltCommunity,
  over: Record<string, unknown> = {},
): Promise<void> {
  await person.client.get(ANSWER_NEED, { input: answerInput(needId, fablab, over) });
}

export async function readNeed(client: TestClient, id: string): Promise<ReadNeed> {
  const { need } = await client.get<{ need: ReadNeed | null }>(NEED, { id });
  if (!need) throw new Error(`There is no need ${id}.`);
  return need;
}
