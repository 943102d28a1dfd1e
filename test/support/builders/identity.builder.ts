import { randomBytes } from 'node:crypto';
import type { Role } from '#platform';
import type { TestApp } from '../test-app.js';
import type { TestClient } from '../test-client.js';

/** Somebody with an account, signed in with a browser of their own. */
export interface BuiltPerson {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly client: TestClient;
}

export interface BuiltCommunity {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

export const BUILT_PASSWORD = 'a birch beside the gate';

const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) { id } }`;
const CREATE_COMMUNITY = `mutation ($input: CreateCommunityInput!) { createCommunity(input: $input) { id slug name } }`;
const INVITE = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { link } }`;
const ACCEPT = `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { id } }`;

/** Signs somebody up; every call makes another person. */
export async function buildPerson(app: TestApp, displayName = 'Ada'): Promise<BuiltPerson> {
  const client = app.client();
  const name = displayName.toLowerCase().replace(/[^a-z]/g, '');
  const email = `${name}.${randomBytes(6).toString('hex')}@example.org`;
  const input = { email, password: BUILT_PASSWORD, displayName };
  const { signUp } = await client.get<{ signUp: { id: string } }>(SIGN_UP, { input });
  return { id: signUp.id, email, password: BUILT_PASSWORD, displayName, client };
}

/** Makes a community, a receiving one unless said otherwise, which the person coordinates. */
export async function buildCommunity(
  coordinator: BuiltPerson,
  wanted: Partial<{ name: string; slug: string; receives: boolean; manufactures: boolean }> = {},
): Promise<BuiltCommunity> {
  const manufactures = wanted.manufactures ?? false;
  const name = wanted.name ?? (manufactures ? 'Fablab' : 'Village');
  const input = { receives: !manufactures, ...wanted, name, manufactures };
  const answer = await coordinator.client.get<{ createCommunity: BuiltCommunity }>(CREATE_COMMUNITY, {
    input,
  });
  return answer.createCommunity;
}

/** A community that makes things. */
export function buildFablab(coordinator: BuiltPerson, name = 'Fablab'): Promise<BuiltCommunity> {
  return buildCommunity(coordinator, { name, manufactures: true });
}

/** @returns the secret part of the invitation's link */
export async function inviteMember(
  coordinator: BuiltPerson,
  community: BuiltCommunity,
  email: string,
  roles: readonly Role[],
): Promise<string> {
  const input = { communityId: community.id, email, roles };
  const { inviteMember: invitation } = await coordinator.client.get<{ inviteMember: { link: string } }>(
    INVITE,
    {
      input,
    },
  );
  return invitation.link.slice(invitation.link.lastIndexOf('/') + 1);
}

/** Invites an existing person, who accepts. */
export async function joinCommunity(
  coordinator: BuiltPerson,
  community: BuiltCommunity,
  person: BuiltPerson,
  roles: readonly Role[] = ['member'],
): Promise<void> {
  const token = await inviteMember(coordinator, community, person.email, roles);
  await person.client.get(ACCEPT, { input: { token } });
}

/** Signs a new person up and makes them a member. */
export async function buildMember(
  app: TestApp,
  coordinator: BuiltPerson,
  community: BuiltCommunity,
  roles: readonly Role[] = ['member'],
  displayName = 'Ben',
): Promise<BuiltPerson> {
  const person = await buildPerson(app, displayName);
  await joinCommunity(coordinator, community, person, roles);
  return person;
}
