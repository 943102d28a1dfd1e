import { randomBytes } from 'node:crypto';
import { GraphqlClient } from './graphql-client.js';

/** Someone in the story: invented, and signed in through a browser of their own. */
export interface Character {
  readonly id: string;
  readonly client: GraphqlClient;
}

export interface CastMember {
  readonly name: string;
  /** Words for the one-click sign-in, which shows the community beside them. */
  readonly role: string;
}

/** Everybody in the story, by the name that the story calls them. */
export const CAST = {
  ines: { name: 'Ines Almeida', role: 'Coordinator' },
  ruth: { name: 'Ruth Okafor', role: 'Treasurer' },
  tomas: { name: 'Tomás Novák', role: 'Maker in woodworking' },
  aiko: { name: 'Aiko Brandt', role: 'Maker in metalworking' },
  marta: { name: 'Marta Lindqvist', role: 'Coordinator' },
  jonas: { name: 'Jonas Petrov', role: 'Treasurer' },
  pilar: { name: 'Pilar Costa', role: 'Coordinator' },
} as const satisfies Record<string, CastMember>;

export type Cast = Readonly<Record<keyof typeof CAST, Character>>;

/** Signs a person up. The password is random and forgotten: the demo signs people in by one click. */
async function signUp(url: string, key: string, { name, role }: CastMember): Promise<Character> {
  const client = new GraphqlClient(url);
  const { signUp } = await client.get<{ signUp: { id: string } }>(
    `mutation ($input: SignUpInput!) { signUp(input: $input) { id } }`,
    {
      input: {
        email: `${key}@demo.invalid`,
        password: randomBytes(18).toString('base64url'),
        displayName: name,
        demoRole: role,
      },
    },
  );
  return { id: signUp.id, client };
}

/** One after the other, so that the one-click sign-in lists them in the order of the cast. */
export async function signUpCast(url: string): Promise<Cast> {
  const cast: Record<string, Character> = {};
  for (const [key, member] of Object.entries(CAST)) cast[key] = await signUp(url, key, member);
  return cast as unknown as Cast;
}

export interface CommunityInput {
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly place: string;
  readonly receives: boolean;
  readonly manufactures: boolean;
}

export async function createCommunity(founder: Character, input: CommunityInput): Promise<string> {
  const { createCommunity } = await founder.client.get<{ createCommunity: { id: string } }>(
    `mutation ($input: CreateCommunityInput!) { createCommunity(input: $input) { id } }`,
    { input },
  );
  return createCommunity.id;
}

/** Invites by mail address, as the app does, and accepts with the token of the link. */
export async function invite(
  host: Character,
  guest: Character,
  guestKey: keyof typeof CAST,
  communityId: string,
  roles: readonly string[],
): Promise<void> {
  const { inviteMember } = await host.client.get<{ inviteMember: { link: string } }>(
    `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { link } }`,
    { input: { communityId, email: `${guestKey}@demo.invalid`, roles } },
  );
  const token = inviteMember.link.split('/').at(-1);
  await guest.client.get(
    `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { id } }`,
    {
      input: { token },
    },
  );
}
