import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LIFE, MONEY, ACTIVATION } from './1763600005000-contracting.guards.js';

/**
 * Contracts, their releases and acceptances, pledges and payments. The life of a contract and invariant 4 (active
 * if and only if every party accepted the release in force and the threshold is pledged) are held here as well.
 */
export class Contracting1763600005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE SCHEMA contracting;`);
    await runner.query(CONTRACTS);
    await runner.query(RELEASES);
    await runner.query(PLEDGES);
    await runner.query(LIFE);
    await runner.query(MONEY);
    await runner.query(ACTIVATION);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA contracting CASCADE`);
  }
}

const CONTRACTS = `
  -- The next number of each year. Its row is locked until the draft is committed, so a failed one leaves no gap.
  CREATE TABLE contracting.ref_counter (
    year integer NOT NULL CONSTRAINT ref_counter_pkey PRIMARY KEY,
    last_number integer NOT NULL,
    CONSTRAINT ref_counter_positive CHECK (last_number > 0)
  );

  CREATE TABLE contracting.contract (
    id uuid NOT NULL CONSTRAINT contract_pkey PRIMARY KEY,
    ref text NOT NULL CONSTRAINT contract_ref_key UNIQUE,
    state text NOT NULL,
    fablab_id uuid NOT NULL CONSTRAINT contract_fablab_fkey REFERENCES identity.community (id),
    -- What the parties agreed, or negotiate. The columns below it are read from it, so they cannot differ.
    terms jsonb NOT NULL,
    title text NOT NULL GENERATED ALWAYS AS (terms->>'title') STORED,
    summary text NOT NULL GENERATED ALWAYS AS (terms->>'summary') STORED,
    currency text NOT NULL GENERATED ALWAYS AS (terms->>'currency') STORED,
    -- A day as text: the cast to date depends on a setting, so it cannot stand in a generated column.
    deadline text NOT NULL GENERATED ALWAYS AS (terms->>'deadline') STORED,
    threshold_minor bigint NOT NULL GENERATED ALWAYS AS ((terms->>'thresholdMinor')::bigint) STORED,
    draft_revision integer NOT NULL,
    current_release integer,
    drafted_by uuid NOT NULL CONSTRAINT contract_drafted_by_fkey REFERENCES identity.person (id),
    drafted_at timestamptz NOT NULL,
    opened_at timestamptz,
    activated_at timestamptz,
    ended_at timestamptz,
    -- Why it was withdrawn or terminated; public.
    end_reason text,
    CONSTRAINT contract_ref_form CHECK (ref ~ '^CSM-[0-9]{4}-[0-9]{4,}$'),
    CONSTRAINT contract_state_known CHECK (
      state IN ('draft', 'open', 'active', 'completed', 'withdrawn', 'lapsed', 'terminated')),
    CONSTRAINT contract_title_length CHECK (char_length(title) BETWEEN 1 AND 160),
    CONSTRAINT contract_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT contract_deadline_form CHECK (deadline ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    CONSTRAINT contract_threshold_range CHECK (threshold_minor >= 0),
    CONSTRAINT contract_draft_revision_positive CHECK (draft_revision > 0),
    CONSTRAINT contract_published CHECK ((current_release IS NULL) = (opened_at IS NULL)
      AND (state <> 'draft' OR opened_at IS NULL) AND (state IN ('draft', 'withdrawn') OR opened_at IS NOT NULL)),
    CONSTRAINT contract_activated CHECK ((activated_at IS NOT NULL) = (state IN ('active', 'completed', 'terminated'))),
    CONSTRAINT contract_ended CHECK (
      (ended_at IS NOT NULL) = (state IN ('completed', 'withdrawn', 'lapsed', 'terminated'))),
    CONSTRAINT contract_end_reason_given CHECK (
      state NOT IN ('withdrawn', 'terminated') OR char_length(end_reason) BETWEEN 1 AND 2000)
  );
  -- The public list: newest first, drafts left out.
  CREATE INDEX contract_public ON contracting.contract (id) WHERE opened_at IS NOT NULL;
  CREATE INDEX contract_by_fablab ON contracting.contract (fablab_id, id);

  CREATE TABLE contracting.contract_party (
    contract_id uuid NOT NULL CONSTRAINT contract_party_contract_fkey REFERENCES contracting.contract (id),
    community_id uuid NOT NULL CONSTRAINT contract_party_community_fkey REFERENCES identity.community (id),
    side text NOT NULL,
    CONSTRAINT contract_party_pkey PRIMARY KEY (contract_id, community_id),
    CONSTRAINT contract_party_side_known CHECK (side IN ('manufacturing', 'receiving'))
  );
  CREATE UNIQUE INDEX contract_party_one_fablab ON contracting.contract_party (contract_id) WHERE side = 'manufacturing';
  CREATE INDEX contract_party_by_community ON contracting.contract_party (community_id, contract_id);

  -- Every change of a draft is kept.
  CREATE TABLE contracting.draft_change (
    contract_id uuid NOT NULL CONSTRAINT draft_change_contract_fkey REFERENCES contracting.contract (id),
    revision integer NOT NULL,
    terms jsonb NOT NULL,
    changed_by uuid NOT NULL CONSTRAINT draft_change_changed_by_fkey REFERENCES identity.person (id),
    changed_at timestamptz NOT NULL,
    CONSTRAINT draft_change_pkey PRIMARY KEY (contract_id, revision),
    CONSTRAINT draft_change_revision_positive CHECK (revision > 0)
  );
`;

const RELEASES = `
  CREATE TABLE contracting.release (
    contract_id uuid NOT NULL CONSTRAINT release_contract_fkey REFERENCES contracting.contract (id),
    number integer NOT NULL,
    sha256 text NOT NULL,
    canonical_json text NOT NULL,
    published_by uuid NOT NULL CONSTRAINT release_published_by_fkey REFERENCES identity.person (id),
    published_at timestamptz NOT NULL,
    CONSTRAINT release_pkey PRIMARY KEY (contract_id, number),
    CONSTRAINT release_sha256_key UNIQUE (contract_id, number, sha256),
    CONSTRAINT release_number_positive CHECK (number > 0),
    -- The hash is that of the very text beside it: not even its owner can store another.
    CONSTRAINT release_sha256_of_text CHECK (sha256 = encode(sha256(convert_to(canonical_json, 'UTF8')), 'hex'))
  );
  ALTER TABLE contracting.contract ADD CONSTRAINT contract_current_release_fkey
    FOREIGN KEY (id, current_release) REFERENCES contracting.release (contract_id, number);

  CREATE TABLE contracting.acceptance (
    id uuid NOT NULL CONSTRAINT acceptance_pkey PRIMARY KEY,
    contract_id uuid NOT NULL,
    release_number integer NOT NULL,
    release_sha256 text NOT NULL,
    community_id uuid NOT NULL,
    person_id uuid NOT NULL CONSTRAINT acceptance_person_fkey REFERENCES identity.person (id),
    role text NOT NULL,
    accepted_at timestamptz NOT NULL,
    CONSTRAINT acceptance_once UNIQUE (contract_id, release_number, community_id),
    CONSTRAINT acceptance_release_fkey FOREIGN KEY (contract_id, release_number, release_sha256)
      REFERENCES contracting.release (contract_id, number, sha256),
    CONSTRAINT acceptance_party_fkey FOREIGN KEY (contract_id, community_id)
      REFERENCES contracting.contract_party (contract_id, community_id),
    CONSTRAINT acceptance_role_known CHECK (role = 'coordinator')
  );
`;

const PLEDGES = `
  CREATE TABLE contracting.pledge (
    id uuid NOT NULL CONSTRAINT pledge_pkey PRIMARY KEY,
    contract_id uuid NOT NULL,
    community_id uuid NOT NULL,
    instrument text NOT NULL,
    amount_minor bigint NOT NULL,
    currency char(3) NOT NULL,
    state text NOT NULL,
    -- Counted from the payments by their trigger.
    received_minor bigint NOT NULL,
    -- Pending from the pledge on; ended once, by posting (it binds) or voiding.
    transfer_id uuid NOT NULL CONSTRAINT pledge_transfer_key UNIQUE
      CONSTRAINT pledge_transfer_fkey REFERENCES ledger.transfer (id),
    ending_transfer_id uuid CONSTRAINT pledge_ending_transfer_key UNIQUE
      CONSTRAINT pledge_ending_transfer_fkey REFERENCES ledger.transfer (id),
    pledged_by uuid NOT NULL CONSTRAINT pledge_pledged_by_fkey REFERENCES identity.person (id),
    pledged_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT pledge_currency_key UNIQUE (id, currency),
    CONSTRAINT pledge_party_fkey FOREIGN KEY (contract_id, community_id)
      REFERENCES contracting.contract_party (contract_id, community_id),
    CONSTRAINT pledge_instrument_known CHECK (instrument IN ('loan')),
    CONSTRAINT pledge_amount_positive CHECK (amount_minor > 0),
    CONSTRAINT pledge_state_known CHECK (state IN ('pledged', 'withdrawn', 'voided', 'active', 'fulfilled')),
    CONSTRAINT pledge_transfer_ended CHECK ((state = 'pledged') = (ending_transfer_id IS NULL)),
    CONSTRAINT pledge_ended CHECK ((ended_at IS NOT NULL) = (state IN ('withdrawn', 'voided', 'fulfilled'))),
    CONSTRAINT pledge_received_range CHECK (received_minor >= 0),
    CONSTRAINT pledge_received_when_binding CHECK (received_minor = 0 OR state IN ('active', 'fulfilled'))
  );
  CREATE INDEX pledge_by_contract ON contracting.pledge (contract_id);

  CREATE TABLE contracting.payment (
    id uuid NOT NULL CONSTRAINT payment_pkey PRIMARY KEY,
    pledge_id uuid NOT NULL,
    amount_minor bigint NOT NULL,
    currency char(3) NOT NULL,
    value_date date NOT NULL,
    transfer_id uuid NOT NULL CONSTRAINT payment_transfer_key UNIQUE
      CONSTRAINT payment_transfer_fkey REFERENCES ledger.transfer (id),
    recorded_by uuid NOT NULL CONSTRAINT payment_recorded_by_fkey REFERENCES identity.person (id),
    recorded_at timestamptz NOT NULL,
    CONSTRAINT payment_pledge_fkey FOREIGN KEY (pledge_id, currency) REFERENCES contracting.pledge (id, currency),
    CONSTRAINT payment_amount_positive CHECK (amount_minor > 0)
  );
  CREATE INDEX payment_by_pledge ON contracting.payment (pledge_id, id);
`;
