import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The rest of a contract's life: it lapses after its deadline's day and not before, and its terms change only by a
 * release that every party has accepted. What was there before keeps its own triggers; these stand beside them.
 */
export class ContractLife1763600012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LAPSE);
    await runner.query(AMENDMENTS);
    await runner.query(AGREEMENT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER contract_lapse_guard ON contracting.contract;
      DROP TRIGGER contract_release_agreed ON contracting.contract;
      DROP TRIGGER contract_work_guard ON contracting.contract;
      DROP TRIGGER contract_end_closes_amendment ON contracting.contract;
      DROP INDEX contracting.contract_open_by_deadline;
      DROP TABLE contracting.amendment;
      DROP FUNCTION contracting.guard_lapse(), contracting.guard_amendment(), contracting.amendment_step_allowed(text, text),
        contracting.guard_work(), contracting.terms_of_work(jsonb), contracting.check_release_agreed(),
        contracting.check_amendment_agreed(), contracting.close_amendment();
    `);
  }
}

const LAPSE = `
  -- What the sweeper asks for every minute.
  CREATE INDEX contract_open_by_deadline ON contracting.contract (deadline, id) WHERE state = 'open';

  CREATE FUNCTION contracting.guard_lapse() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    -- The deadline's day counts whole, in UTC. A generated column is not there yet in a trigger before the row.
    IF to_char(NEW.ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') <= NEW.terms->>'deadline' THEN
      PERFORM contracting.refuse('contract_lapse_due');
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER contract_lapse_guard BEFORE UPDATE ON contracting.contract FOR EACH ROW
    WHEN (NEW.state = 'lapsed' AND OLD.state <> 'lapsed') EXECUTE FUNCTION contracting.guard_lapse();
`;

const AMENDMENTS = `
  -- A release that is proposed in the place of the one in force. Its text stands in contracting.release.
  CREATE TABLE contracting.amendment (
    contract_id uuid NOT NULL,
    number integer NOT NULL,
    amends integer NOT NULL,
    state text NOT NULL,
    terms jsonb NOT NULL,
    -- Public, as is the reason of a refusal.
    reason text NOT NULL,
    proposed_by_community uuid NOT NULL,
    proposed_by uuid NOT NULL CONSTRAINT amendment_proposed_by_fkey REFERENCES identity.person (id),
    proposed_at timestamptz NOT NULL,
    ended_at timestamptz,
    -- Whose yes was the last one, or whose no it was; nobody's when the contract ended first.
    ended_by_community uuid,
    end_reason text,
    CONSTRAINT amendment_pkey PRIMARY KEY (contract_id, number),
    CONSTRAINT amendment_release_fkey FOREIGN KEY (contract_id, number)
      REFERENCES contracting.release (contract_id, number),
    CONSTRAINT amendment_amends_fkey FOREIGN KEY (contract_id, amends)
      REFERENCES contracting.release (contract_id, number),
    CONSTRAINT amendment_proposed_by_party_fkey FOREIGN KEY (contract_id, proposed_by_community)
      REFERENCES contracting.contract_party (contract_id, community_id),
    CONSTRAINT amendment_ended_by_party_fkey FOREIGN KEY (contract_id, ended_by_community)
      REFERENCES contracting.contract_party (contract_id, community_id),
    CONSTRAINT amendment_amends_earlier CHECK (amends < number),
    CONSTRAINT amendment_state_known CHECK (state IN ('proposed', 'accepted', 'declined', 'closed')),
    CONSTRAINT amendment_reason_length CHECK (char_length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT amendment_ended CHECK ((ended_at IS NULL) = (state = 'proposed')),
    CONSTRAINT amendment_ended_by CHECK ((ended_by_community IS NOT NULL) = (state IN ('accepted', 'declined'))),
    CONSTRAINT amendment_end_reason_given CHECK ((state = 'declined') = (end_reason IS NOT NULL)
      AND (end_reason IS NULL OR char_length(end_reason) BETWEEN 1 AND 2000))
  );
  CREATE UNIQUE INDEX amendment_one_proposed ON contracting.amendment (contract_id) WHERE state = 'proposed';

  -- The transition table of libs/contracting/src/domain/amendment.ts; a test compares the two.
  CREATE FUNCTION contracting.amendment_step_allowed(was text, becomes text) RETURNS boolean
    LANGUAGE sql IMMUTABLE RETURN (was, becomes) IN (
      ('proposed', 'accepted'), ('proposed', 'declined'), ('proposed', 'closed'));

  CREATE FUNCTION contracting.guard_amendment() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    contract contracting.contract;
  BEGIN
    IF TG_OP = 'INSERT' THEN
      SELECT * INTO contract FROM contracting.contract WHERE id = NEW.contract_id FOR NO KEY UPDATE;
      IF contract.state NOT IN ('open', 'active') THEN PERFORM contracting.refuse('amendment_while_published'); END IF;
      IF NEW.amends IS DISTINCT FROM contract.current_release THEN PERFORM contracting.refuse('amendment_of_release_in_force'); END IF;
      IF NEW.state <> 'proposed' THEN PERFORM contracting.refuse('amendment_begins_proposed'); END IF;
      RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND NOT contracting.amendment_step_allowed(OLD.state, NEW.state) THEN
      PERFORM contracting.refuse('amendment_transition');
    END IF;
    IF OLD.state <> 'proposed'
       OR (NEW.contract_id, NEW.number, NEW.amends, NEW.terms, NEW.reason, NEW.proposed_by_community, NEW.proposed_by, NEW.proposed_at)
       IS DISTINCT FROM (OLD.contract_id, OLD.number, OLD.amends, OLD.terms, OLD.reason, OLD.proposed_by_community,
        OLD.proposed_by, OLD.proposed_at) THEN
      PERFORM contracting.refuse('amendment_fixed');
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER amendment_guard BEFORE INSERT OR UPDATE ON contracting.amendment
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_amendment();
  CREATE TRIGGER amendment_no_delete BEFORE DELETE ON contracting.amendment
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER amendment_no_truncate BEFORE TRUNCATE ON contracting.amendment
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

  -- Whatever ends a contract leaves no proposal waiting for an answer.
  CREATE FUNCTION contracting.close_amendment() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE contracting.amendment SET state = 'closed', ended_at = NEW.ended_at
      WHERE contract_id = NEW.id AND state = 'proposed';
    RETURN NULL;
  END $$;
  CREATE TRIGGER contract_end_closes_amendment AFTER UPDATE ON contracting.contract FOR EACH ROW
    WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION contracting.close_amendment();
`;

const AGREEMENT = `
  -- What work orders were made from, and what pledges bind to: everything but days, texts and milestones.
  CREATE FUNCTION contracting.terms_of_work(terms jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE RETURN jsonb_build_object(
    'parties', (SELECT jsonb_agg(party ORDER BY party) FROM jsonb_array_elements_text(terms->'receivingCommunityIds') AS party),
    'currency', terms->'currency', 'deadline', terms->'deadline', 'threshold', terms->'thresholdMinor',
    'repayment', terms->'repayment',
    'deliverables', (SELECT jsonb_agg(line - 'dueOn' ORDER BY position)
      FROM jsonb_array_elements(terms->'deliverables') WITH ORDINALITY AS lines (line, position)));

  CREATE FUNCTION contracting.guard_work() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF contracting.terms_of_work(NEW.terms) <> contracting.terms_of_work(OLD.terms) THEN
      PERFORM contracting.refuse('contract_work_agreed');
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER contract_work_guard BEFORE UPDATE ON contracting.contract FOR EACH ROW
    WHEN (OLD.state NOT IN ('draft', 'open') AND NEW.terms <> OLD.terms) EXECUTE FUNCTION contracting.guard_work();

  -- A release comes into force in the place of another one only when every party has accepted it, with its very
  -- terms. A contract that ends may publish its closing release without being asked again.
  CREATE FUNCTION contracting.check_release_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT EXISTS (SELECT FROM contracting.amendment
                   WHERE contract_id = NEW.id AND number = NEW.current_release AND state = 'accepted' AND terms = NEW.terms)
       OR EXISTS (SELECT FROM contracting.contract_party p
                  WHERE p.contract_id = NEW.id AND NOT EXISTS (
                    SELECT FROM contracting.acceptance a WHERE a.contract_id = p.contract_id
                      AND a.community_id = p.community_id AND a.release_number = NEW.current_release)) THEN
      PERFORM contracting.refuse('contract_release_agreed');
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER contract_release_agreed AFTER UPDATE ON contracting.contract
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.current_release IS NOT NULL AND NEW.current_release IS DISTINCT FROM OLD.current_release
      AND NEW.state IN ('open', 'active'))
    EXECUTE FUNCTION contracting.check_release_agreed();

  -- And an accepted amendment is in force at the end of the transaction that accepted it.
  CREATE FUNCTION contracting.check_amendment_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT EXISTS (SELECT FROM contracting.contract WHERE id = NEW.contract_id AND current_release = NEW.number) THEN
      PERFORM contracting.refuse('amendment_in_force');
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER amendment_in_force AFTER UPDATE ON contracting.amendment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state = 'accepted') EXECUTE FUNCTION contracting.check_amendment_agreed();
`;
