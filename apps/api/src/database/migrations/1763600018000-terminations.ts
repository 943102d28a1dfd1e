import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  AFTERWARDS,
  AGREEMENT,
  JOBS,
  countEvents,
  fixAccepted,
  jobSteps,
} from './1763600018000-terminations.guards.js';

/**
 * An active contract ends before its time, with a settlement that explains every open obligation and that everybody
 * concerned has accepted. What stays due stays an obligation, and keeps its scrutiny.
 */
export class Terminations1763600018000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PROPOSALS);
    await runner.query(LIFE);
    await runner.query(AGREEMENT);
    await runner.query(AFTERWARDS);
    await runner.query(JOBS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER contract_terminated ON contracting.contract;
      DROP TRIGGER pledge_after_termination ON contracting.pledge;
      DROP TRIGGER obligation_event_after_termination ON contracting.obligation_event;
      DROP TRIGGER obligation_event_outdates_termination ON contracting.obligation_event;
      DROP TRIGGER payment_outdates_termination ON contracting.payment;
      DROP TRIGGER contract_outdates_termination ON contracting.contract;
      DROP TRIGGER payment_before_termination ON contracting.payment;
      ALTER TABLE contracting.contract DROP CONSTRAINT contract_terminated_with_release;
      DROP TABLE contracting.termination_acceptance, contracting.termination_line, contracting.termination;
      DROP FUNCTION contracting.termination_step_allowed(text, text), contracting.guard_termination(),
        contracting.outdate_termination(), contracting.outdate_termination_of_pledge(),
        contracting.check_termination_agreed(), contracting.check_terminated(uuid),
        contracting.check_terminated_contract(), contracting.check_terminated_pledge(),
        contracting.guard_after_termination(), contracting.guard_payment_before_termination();
      ALTER TABLE workshop.job_event DROP CONSTRAINT job_event_cause;
      ALTER TABLE workshop.job_event ADD CONSTRAINT job_event_cause
        CHECK (cause IN ('ordered', 'maker', 'predecessors-done', 'lease-ended'));
      ${jobSteps('')}
      ${countEvents(`'active'`)}
      ${fixAccepted('(OLD.accepted_release, OLD.current_release) IS DISTINCT FROM (NEW.accepted_release, NEW.current_release)')}
    `);
  }
}

const PROPOSALS = `
  CREATE TABLE contracting.termination (
    contract_id uuid NOT NULL CONSTRAINT termination_contract_fkey REFERENCES contracting.contract (id),
    number integer NOT NULL,
    -- The release in force when it was proposed.
    ends integer NOT NULL,
    state text NOT NULL,
    sha256 text NOT NULL,
    canonical_json text NOT NULL,
    -- Public, as is the reason of a refusal.
    reason text NOT NULL,
    -- The dispute that ended so.
    question_id uuid CONSTRAINT termination_question_fkey REFERENCES contracting.question (id),
    -- Whose yes it takes.
    asked uuid[] NOT NULL,
    proposed_by_community uuid NOT NULL,
    proposed_by uuid NOT NULL CONSTRAINT termination_proposed_by_fkey REFERENCES identity.person (id),
    proposed_at timestamptz NOT NULL,
    ended_at timestamptz,
    -- Whose yes was the last one, or whose no it was; nobody's when the proposal became stale or was closed.
    ended_by_community uuid CONSTRAINT termination_ended_by_fkey REFERENCES identity.community (id),
    end_reason text,
    CONSTRAINT termination_pkey PRIMARY KEY (contract_id, number),
    CONSTRAINT termination_sha256_key UNIQUE (contract_id, number, sha256),
    CONSTRAINT termination_ends_fkey FOREIGN KEY (contract_id, ends) REFERENCES contracting.release (contract_id, number),
    CONSTRAINT termination_proposed_by_party_fkey FOREIGN KEY (contract_id, proposed_by_community)
      REFERENCES contracting.contract_party (contract_id, community_id),
    CONSTRAINT termination_number_positive CHECK (number > 0),
    CONSTRAINT termination_sha256_of_text CHECK (sha256 = encode(sha256(convert_to(canonical_json, 'UTF8')), 'hex')),
    CONSTRAINT termination_state_known CHECK (
      state IN ('proposed', 'agreed', 'declined', 'withdrawn', 'stale', 'closed')),
    CONSTRAINT termination_reason_length CHECK (char_length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT termination_asks_somebody CHECK (cardinality(asked) > 1),
    CONSTRAINT termination_ended CHECK ((ended_at IS NULL) = (state = 'proposed')),
    CONSTRAINT termination_ended_by CHECK (
      (ended_by_community IS NOT NULL) = (state IN ('agreed', 'declined', 'withdrawn'))),
    CONSTRAINT termination_end_reason_given CHECK ((state IN ('declined', 'withdrawn')) = (end_reason IS NOT NULL)
      AND (end_reason IS NULL OR char_length(end_reason) BETWEEN 1 AND 2000))
  );
  CREATE UNIQUE INDEX termination_one_proposed ON contracting.termination (contract_id) WHERE state = 'proposed';

  -- What becomes of each open obligation: nothing that is owed is lost between the three parts.
  CREATE TABLE contracting.termination_line (
    contract_id uuid NOT NULL,
    number integer NOT NULL,
    pledge_id uuid NOT NULL CONSTRAINT termination_line_pledge_fkey REFERENCES contracting.pledge (id),
    owed_minor bigint NOT NULL,
    repaid_minor bigint NOT NULL,
    forgiven_minor bigint NOT NULL,
    due_minor bigint NOT NULL,
    -- Of what stays due: instalments, firstDueOn, everyMonths.
    plan jsonb,
    -- The supporter is to get less, or to get it at other times: nobody can agree to that in its place.
    is_changed boolean NOT NULL,
    CONSTRAINT termination_line_pkey PRIMARY KEY (contract_id, number, pledge_id),
    CONSTRAINT termination_line_termination_fkey FOREIGN KEY (contract_id, number)
      REFERENCES contracting.termination (contract_id, number),
    CONSTRAINT termination_line_parts_positive CHECK (repaid_minor >= 0 AND forgiven_minor >= 0 AND due_minor >= 0),
    CONSTRAINT termination_line_parts_whole CHECK (
      owed_minor > 0 AND owed_minor = repaid_minor + forgiven_minor + due_minor),
    CONSTRAINT termination_line_plan_of_due CHECK ((plan IS NOT NULL) = (due_minor > 0)),
    CONSTRAINT termination_line_forgiving_changes CHECK (is_changed OR forgiven_minor = 0)
  );

  CREATE TABLE contracting.termination_acceptance (
    id uuid NOT NULL CONSTRAINT termination_acceptance_pkey PRIMARY KEY,
    contract_id uuid NOT NULL,
    number integer NOT NULL,
    sha256 text NOT NULL,
    community_id uuid NOT NULL CONSTRAINT termination_acceptance_community_fkey REFERENCES identity.community (id),
    person_id uuid NOT NULL CONSTRAINT termination_acceptance_person_fkey REFERENCES identity.person (id),
    role text NOT NULL,
    accepted_at timestamptz NOT NULL,
    CONSTRAINT termination_acceptance_once UNIQUE (contract_id, number, community_id),
    CONSTRAINT termination_acceptance_text_fkey FOREIGN KEY (contract_id, number, sha256)
      REFERENCES contracting.termination (contract_id, number, sha256),
    CONSTRAINT termination_acceptance_role_known CHECK (role = 'coordinator')
  );
  ${['termination_line', 'termination_acceptance']
    .map(
      (table) => `
  CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON contracting.${table}
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON contracting.${table}
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();`,
    )
    .join('')}
  CREATE TRIGGER termination_no_delete BEFORE DELETE ON contracting.termination
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER termination_no_truncate BEFORE TRUNCATE ON contracting.termination
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const LIFE = `
  -- The transition table of libs/contracting/src/domain/termination.ts; a test compares the two.
  CREATE FUNCTION contracting.termination_step_allowed(was text, becomes text) RETURNS boolean
    LANGUAGE sql IMMUTABLE RETURN was = 'proposed' AND becomes IN ('agreed', 'declined', 'withdrawn', 'stale', 'closed');

  CREATE FUNCTION contracting.guard_termination() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    contract contracting.contract;
  BEGIN
    IF TG_OP = 'INSERT' THEN
      SELECT * INTO contract FROM contracting.contract WHERE id = NEW.contract_id FOR NO KEY UPDATE;
      IF contract.state <> 'active' THEN PERFORM contracting.refuse('termination_while_active'); END IF;
      IF NEW.ends IS DISTINCT FROM contract.current_release THEN PERFORM contracting.refuse('termination_of_release_in_force'); END IF;
      IF NEW.state <> 'proposed' THEN PERFORM contracting.refuse('termination_begins_proposed'); END IF;
      RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND NOT contracting.termination_step_allowed(OLD.state, NEW.state) THEN
      PERFORM contracting.refuse('termination_transition');
    END IF;
    IF OLD.state <> 'proposed'
       OR (NEW.contract_id, NEW.number, NEW.ends, NEW.sha256, NEW.canonical_json, NEW.reason, NEW.question_id, NEW.asked,
           NEW.proposed_by_community, NEW.proposed_by, NEW.proposed_at)
       IS DISTINCT FROM (OLD.contract_id, OLD.number, OLD.ends, OLD.sha256, OLD.canonical_json, OLD.reason,
        OLD.question_id, OLD.asked, OLD.proposed_by_community, OLD.proposed_by, OLD.proposed_at) THEN
      PERFORM contracting.refuse('termination_fixed');
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER termination_guard BEFORE INSERT OR UPDATE ON contracting.termination
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_termination();

  -- What is owed, or agreed, is not what it was: a proposal that settles the past waits for no answer any more.
  CREATE FUNCTION contracting.outdate_termination() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE contracting.termination SET state = CASE WHEN NEW.ended_at IS NULL THEN 'stale' ELSE 'closed' END,
        ended_at = coalesce(NEW.ended_at, (SELECT a.ended_at FROM contracting.amendment a
          WHERE a.contract_id = NEW.id AND a.number = NEW.current_release))
      WHERE contract_id = NEW.id AND state = 'proposed';
    RETURN NULL;
  END $$;
  CREATE TRIGGER contract_outdates_termination AFTER UPDATE ON contracting.contract FOR EACH ROW
    WHEN (OLD.current_release IS DISTINCT FROM NEW.current_release OR OLD.ended_at IS DISTINCT FROM NEW.ended_at)
    EXECUTE FUNCTION contracting.outdate_termination();

  CREATE FUNCTION contracting.outdate_termination_of_pledge() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE contracting.termination t SET state = 'stale', ended_at = NEW.recorded_at
      FROM contracting.pledge p
      WHERE p.id = NEW.pledge_id AND t.contract_id = p.contract_id AND t.state = 'proposed';
    RETURN NULL;
  END $$;
  CREATE TRIGGER payment_outdates_termination AFTER INSERT ON contracting.payment
    FOR EACH ROW EXECUTE FUNCTION contracting.outdate_termination_of_pledge();
  CREATE TRIGGER obligation_event_outdates_termination AFTER INSERT ON contracting.obligation_event
    FOR EACH ROW EXECUTE FUNCTION contracting.outdate_termination_of_pledge();
`;
