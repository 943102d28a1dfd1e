import { graphql } from '~/generated';

export const VIEWER = graphql(`
  query Viewer {
    viewer {
      id
      displayName
      email
      memberships {
        id
        roles
        community {
          id
          slug
          name
          receives
          manufactures
        }
      }
    }
  }
`);

export const DEMO_PEOPLE = graphql(`
  query DemoPeople {
    demoPeople {
      id
      displayName
      role
      communityName
    }
  }
`);

export const SIGN_IN = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      id
      displayName
    }
  }
`);

export const SIGN_UP = graphql(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      id
      displayName
    }
  }
`);

export const SIGN_IN_AS_DEMO_PERSON = graphql(`
  mutation SignInAsDemoPerson($input: SignInAsDemoPersonInput!) {
    signInAsDemoPerson(input: $input) {
      id
      displayName
    }
  }
`);

export const SIGN_OUT = graphql(`
  mutation SignOut {
    signOut
  }
`);

export const INVITATION = graphql(`
  query Invitation($token: String!) {
    invitation(token: $token) {
      communityName
      roles
      email
      expiresAt
      state
    }
  }
`);

export const ACCEPT_INVITATION = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      id
      roles
      community {
        id
        slug
        name
      }
    }
  }
`);

export const COMMUNITY = graphql(`
  query Community($slug: String!) {
    community(slug: $slug) {
      id
      slug
      name
      description
      place
      receives
      manufactures
    }
  }
`);

/** Asked apart, because only fellow members may read it. */
export const MEMBERS = graphql(`
  query Members($slug: String!) {
    community(slug: $slug) {
      id
      members {
        id
        roles
        person {
          id
          displayName
        }
      }
    }
  }
`);

export const INVITATIONS = graphql(`
  query Invitations($slug: String!) {
    community(slug: $slug) {
      id
      invitations {
        id
        email
        roles
        expiresAt
        state
      }
    }
  }
`);

export const CREATE_COMMUNITY = graphql(`
  mutation CreateCommunity($input: CreateCommunityInput!) {
    createCommunity(input: $input) {
      id
      slug
      name
    }
  }
`);

export const INVITE_MEMBER = graphql(`
  mutation InviteMember($input: InviteMemberInput!) {
    inviteMember(input: $input) {
      id
      email
      roles
      link
      expiresAt
      state
    }
  }
`);

export const CHANGE_MEMBER_ROLES = graphql(`
  mutation ChangeMemberRoles($input: ChangeMemberRolesInput!) {
    changeMemberRoles(input: $input) {
      id
      roles
    }
  }
`);
