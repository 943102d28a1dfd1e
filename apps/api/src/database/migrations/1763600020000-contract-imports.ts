import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tables that a fablab's treasurer imports, and pledges that they propose. An import does nothing by itself: what it
 * made stands in the tables of the deeds, and is linked here row by row (docs/adr/0010-imports.md).
 */
export class ContractImports1763600020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(IMPORTS);
    await runner.query(PROPOSALS);
    await runner.query(DEEDS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE contracting.import_deed, contracting.pledge_proposal, contracting.import;
      DROP FUNCTION contracting.guard_import(), contracting.guard_proposal(), contracting.import_step_allowed(text, text);
    `);
  }
}

const IMPORTS = `
  CREATE TABLE contracting.import (
    id uuid NOT NULL CONSTRAINT import_pkey PRIMARY KEY,
    fablab_id uuid NOT NULL CONSTRAINT import_fablab_fkey REFERENCES identity.community (id),
    file_name text NOT NULL,
    -- The table as it was uploaded; forgotten when the import is discarded.
    content text,
    sha256 text NOT NULL,
    state text NOT NULL,
    uploaded_by uuid NOT NULL CONSTRAINT import_uploaded_by_fkey REFERENCES identity.person (id),
    uploaded_at timestamptz NOT NULL,
    applied_by uuid CONSTRAINT import_applied_by_fkey REFERENCES identity.person (id),
    applied_at timestamptz,
    undone_by uuid CONSTRAINT import_undone_by_fkey REFERENCES identity.person (id),
    undone_at timestamptz,
    -- Public with every reversal.
    undo_reason text,
    CONSTRAINT import_file_name_length CHECK (char_length(file_name) BETWEEN 1 AND 200),
    CONSTRAINT import_content_length CHECK (octet_length(content) <= 2100000),
    CONSTRAINT import_sha256_form CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT import_state_known CHECK (state IN ('uploaded', 'applied', 'undone', 'discarded')),
    CONSTRAINT import_content_kept CHECK ((content IS NULL) = (state = 'discarded')),
    CONSTRAINT import_applied CHECK ((applied_at IS NOT NULL) = (state IN ('applied', 'undone'))
      AND (applied_at IS NULL) = (applied_by IS NULL)),
    CONSTRAINT import_undone CHECK ((undone_at IS NOT NULL) = (state = 'undone')
      AND num_nonnulls(undone_at, undone_by, undo_reason) IN (0, 3)),
    CONSTRAINT import_undo_reason_length CHECK (char_length(undo_reason) BETWEEN 1 AND 2000)
  );
  CREATE INDEX import_by_fablab ON contracting.import (fablab_id, id);

  -- The transition table of libs/contracting/src/imports/import.ts; a test compares the two.
  CREATE FUNCTION contracting.import_step_allowed(was text, becomes text) RETURNS boolean
    LANGUAGE sql IMMUTABLE RETURN (was, becomes) IN (
      ('uploaded', 'applied'), ('uploaded', 'discarded'), ('applied', 'undone'));

  CREATE FUNCTION contracting.guard_import() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT contracting.import_step_allowed(OLD.state, NEW.state) THEN PERFORM contracting.refuse('import_transition'); END IF;
    IF (NEW.id, NEW.fablab_id, NEW.file_name, NEW.sha256, NEW.uploaded_by, NEW.uploaded_at)
       IS DISTINCT FROM (OLD.id, OLD.fablab_id, OLD.file_name, OLD.sha256, OLD.uploaded_by, OLD.uploaded_at)
       OR (NEW.state <> 'discarded' AND NEW.content IS DISTINCT FROM OLD.content) THEN
      PERFORM contracting.refuse('import_upload_fixed');
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER import_guard BEFORE UPDATE ON contracting.import
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_import();
  CREATE TRIGGER import_no_delete BEFORE DELETE ON contracting.import
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER import_no_truncate BEFORE TRUNCATE ON contracting.import
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const PROPOSALS = `
  -- What a fablab says that somebody pledged. It counts for nothing until the supporter makes it a pledge.
  CREATE TABLE contracting.pledge_proposal (
    id uuid NOT NULL CONSTRAINT pledge_proposal_pkey PRIMARY KEY,
    contract_id uuid NOT NULL,
    community_id uuid NOT NULL,
    import_id uuid NOT NULL CONSTRAINT pledge_proposal_import_fkey REFERENCES contracting.import (id),
    amount_minor bigint NOT NULL,
    currency char(3) NOT NULL,
    state text NOT NULL,
    pledge_id uuid CONSTRAINT pledge_proposal_pledge_key UNIQUE
      CONSTRAINT pledge_proposal_pledge_fkey REFERENCES contracting.pledge (id),
    proposed_by uuid NOT NULL CONSTRAINT pledge_proposal_proposed_by_fkey REFERENCES identity.person (id),
    proposed_at timestamptz NOT NULL,
    ended_by uuid CONSTRAINT pledge_proposal_ended_by_fkey REFERENCES identity.person (id),
    ended_at timestamptz,
    CONSTRAINT pledge_proposal_party_fkey FOREIGN KEY (contract_id, community_id)
      REFERENCES contracting.contract_party (contract_id, community_id),
    CONSTRAINT pledge_proposal_amount_positive CHECK (amount_minor > 0),
    CONSTRAINT pledge_proposal_state_known CHECK (state IN ('proposed', 'confirmed', 'declined', 'withdrawn')),
    CONSTRAINT pledge_proposal_confirmed CHECK ((pledge_id IS NOT NULL) = (state = 'confirmed')),
    CONSTRAINT pledge_proposal_ended CHECK ((ended_at IS NULL) = (state = 'proposed')
      AND (ended_at IS NULL) = (ended_by IS NULL))
  );
  -- The same pledge is proposed once at a time.
  CREATE UNIQUE INDEX pledge_proposal_once ON contracting.pledge_proposal (contract_id, community_id, amount_minor)
    WHERE state = 'proposed';

  CREATE FUNCTION contracting.guard_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.state <> 'proposed'
       OR (NEW.id, NEW.contract_id, NEW.community_id, NEW.import_id, NEW.amount_minor, NEW.currency, NEW.proposed_by, NEW.proposed_at)
       IS DISTINCT FROM (OLD.id, OLD.contract_id, OLD.community_id, OLD.import_id, OLD.amount_minor, OLD.currency,
        OLD.proposed_by, OLD.proposed_at) THEN
      PERFORM contracting.refuse('pledge_proposal_fixed');
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER pledge_proposal_guard BEFORE UPDATE ON contracting.pledge_proposal
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_proposal();
  CREATE TRIGGER pledge_proposal_no_delete BEFORE DELETE ON contracting.pledge_proposal
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER pledge_proposal_no_truncate BEFORE TRUNCATE ON contracting.pledge_proposal
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const DEEDS = `
  -- What each row of an applied table made.
  CREATE TABLE contracting.import_deed (
    import_id uuid NOT NULL CONSTRAINT import_deed_import_fkey REFERENCES contracting.import (id),
    row_number integer NOT NULL,
    kind text NOT NULL,
    proposal_id uuid CONSTRAINT import_deed_proposal_key UNIQUE
      CONSTRAINT import_deed_proposal_fkey REFERENCES contracting.pledge_proposal (id),
    payment_id uuid CONSTRAINT import_deed_payment_key UNIQUE
      CONSTRAINT import_deed_payment_fkey REFERENCES contracting.payment (id),
    repayment_id uuid CONSTRAINT import_deed_repayment_key UNIQUE
      CONSTRAINT import_deed_repayment_fkey REFERENCES contracting.obligation_event (id),
    CONSTRAINT import_deed_pkey PRIMARY KEY (import_id, row_number, kind),
    CONSTRAINT import_deed_row_positive CHECK (row_number > 0),
    CONSTRAINT import_deed_made_one CHECK (CASE kind
      WHEN 'proposal' THEN proposal_id IS NOT NULL AND num_nonnulls(payment_id, repayment_id) = 0
      WHEN 'payment' THEN payment_id IS NOT NULL AND num_nonnulls(proposal_id, repayment_id) = 0
      WHEN 'repayment' THEN repayment_id IS NOT NULL AND num_nonnulls(proposal_id, payment_id) = 0
      ELSE false END)
  );
  CREATE TRIGGER import_deed_append_only BEFORE UPDATE OR DELETE ON contracting.import_deed
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER import_deed_no_truncate BEFORE TRUNCATE ON contracting.import_deed
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;
