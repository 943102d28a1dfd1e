import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, communities, memberships, invitations, sessions, and tries at signing in. */
export class Identity1763600001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA identity;

      CREATE TABLE identity.person (
        id uuid NOT NULL CONSTRAINT person_pkey PRIMARY KEY,
        -- Stored in lower case, so that one address is one account however it is typed.
        email text NOT NULL CONSTRAINT person_email_key UNIQUE,
        display_name text NOT NULL,
        password_hash text NOT NULL,
        -- What this person is in the demo story; NULL for everybody else.
        demo_role text,
        created_at timestamptz NOT NULL,
        CONSTRAINT person_email_form CHECK (email ~ '^[^\\s@A-Z]+@[^\\s@A-Z]+$' AND char_length(email) <= 254),
        CONSTRAINT person_display_name_length CHECK (char_length(display_name) BETWEEN 1 AND 120),
        CONSTRAINT person_password_hash_form CHECK (password_hash LIKE '$argon2id$%'),
        CONSTRAINT person_demo_role_length CHECK (char_length(demo_role) BETWEEN 1 AND 120)
      );
      CREATE INDEX person_demo ON identity.person (created_at) WHERE demo_role IS NOT NULL;

      CREATE TABLE identity.community (
        id uuid NOT NULL CONSTRAINT community_pkey PRIMARY KEY,
        slug text NOT NULL CONSTRAINT community_slug_key UNIQUE,
        name text NOT NULL,
        description text NOT NULL,
        place text,
        receives boolean NOT NULL,
        manufactures boolean NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT community_slug_form CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(slug) <= 60),
        CONSTRAINT community_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
        CONSTRAINT community_description_length CHECK (char_length(description) <= 2000),
        CONSTRAINT community_place_length CHECK (char_length(place) BETWEEN 1 AND 120),
        CONSTRAINT community_purpose CHECK (receives OR manufactures)
      );
      -- The public list is read in this order, page by page.
      CREATE INDEX community_by_name ON identity.community (name, id);

      CREATE TABLE identity.membership (
        id uuid NOT NULL CONSTRAINT membership_pkey PRIMARY KEY,
        community_id uuid NOT NULL CONSTRAINT membership_community_fkey REFERENCES identity.community (id),
        person_id uuid NOT NULL CONSTRAINT membership_person_fkey REFERENCES identity.person (id),
        roles text[] NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT membership_once UNIQUE (community_id, person_id),
        CONSTRAINT membership_roles_known CHECK (roles <@ ARRAY['member', 'coordinator', 'treasurer', 'maker']),
        CONSTRAINT membership_roles_given CHECK ('member' = ANY (roles))
      );
      CREATE INDEX membership_by_person ON identity.membership (person_id);

      CREATE TABLE identity.invitation (
        id uuid NOT NULL CONSTRAINT invitation_pkey PRIMARY KEY,
        community_id uuid NOT NULL CONSTRAINT invitation_community_fkey REFERENCES identity.community (id),
        -- Only the hash: who reads this table cannot use the links.
        token_hash bytea NOT NULL CONSTRAINT invitation_token_hash_key UNIQUE,
        email text NOT NULL,
        roles text[] NOT NULL,
        state text NOT NULL,
        invited_by uuid NOT NULL CONSTRAINT invitation_invited_by_fkey REFERENCES identity.person (id),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        accepted_by uuid CONSTRAINT invitation_accepted_by_fkey REFERENCES identity.person (id),
        accepted_at timestamptz,
        CONSTRAINT invitation_token_hash_length CHECK (octet_length(token_hash) = 32),
        CONSTRAINT invitation_email_form CHECK (email ~ '^[^\\s@A-Z]+@[^\\s@A-Z]+$' AND char_length(email) <= 254),
        CONSTRAINT invitation_roles_known CHECK (roles <@ ARRAY['member', 'coordinator', 'treasurer', 'maker']),
        CONSTRAINT invitation_roles_given CHECK ('member' = ANY (roles)),
        CONSTRAINT invitation_state_known CHECK (state IN ('open', 'accepted', 'replaced')),
        CONSTRAINT invitation_accepted_by_somebody
          CHECK ((state = 'accepted') = (accepted_by IS NOT NULL) AND (state = 'accepted') = (accepted_at IS NOT NULL)),
        CONSTRAINT invitation_expires_later CHECK (expires_at > created_at)
      );
      -- Inviting somebody again replaces the earlier link.
      CREATE UNIQUE INDEX invitation_open_once ON identity.invitation (community_id, email) WHERE state = 'open';
      CREATE INDEX invitation_by_community ON identity.invitation (community_id, created_at);

      CREATE TABLE identity.session (
        token_hash bytea NOT NULL CONSTRAINT session_pkey PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT session_person_fkey REFERENCES identity.person (id) ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT session_token_hash_length CHECK (octet_length(token_hash) = 32),
        CONSTRAINT session_expires_later CHECK (expires_at > created_at)
      );
      CREATE INDEX session_by_person ON identity.session (person_id);

      -- Tries that failed or still run. Rows live for a quarter of an hour, and name nobody.
      CREATE TABLE identity.sign_in_attempt (
        id uuid NOT NULL CONSTRAINT sign_in_attempt_pkey PRIMARY KEY,
        email_hash bytea NOT NULL,
        address_hash bytea NOT NULL,
        attempted_at timestamptz NOT NULL,
        CONSTRAINT sign_in_attempt_email_hash_length CHECK (octet_length(email_hash) = 32),
        CONSTRAINT sign_in_attempt_address_hash_length CHECK (octet_length(address_hash) = 32)
      );
      CREATE INDEX sign_in_attempt_by_email ON identity.sign_in_attempt (email_hash, attempted_at);
      CREATE INDEX sign_in_attempt_by_address ON identity.sign_in_attempt (address_hash, attempted_at);
      CREATE INDEX sign_in_attempt_by_age ON identity.sign_in_attempt (attempted_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA identity CASCADE`);
  }
}
