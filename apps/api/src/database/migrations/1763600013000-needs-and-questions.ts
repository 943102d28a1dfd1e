import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Needs and the answers to them, the question thread of a contract, and templates that fablabs have made their own. */
export class NeedsAndQuestions1763600013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(NEEDS);
    await runner.query(QUESTIONS);
    await runner.query(STEPS);
    await runner.query(TEMPLATES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE contracting.contract_template, contracting.question_step, contracting.question,
        contracting.contract_origin, contracting.need_answer, contracting.need;
      DROP FUNCTION contracting.take_question_step, contracting.guard_question, contracting.question_step_allowed,
        contracting.guard_need_answer, contracting.guard_need;
    `);
  }
}

const NEEDS = `
  CREATE TABLE contracting.need (
    id uuid NOT NULL CONSTRAINT need_pkey PRIMARY KEY,
    community_id uuid NOT NULL CONSTRAINT need_community_fkey REFERENCES identity.community (id),
    revision integer NOT NULL,
    title text NOT NULL,
    purpose text NOT NULL,
    -- In the words of those who need it: people say «about five» before anybody can say «5 pcs».
    quantity text NOT NULL,
    wanted_by date,
    place text NOT NULL,
    brings text[] NOT NULL,
    posted_by uuid NOT NULL CONSTRAINT need_posted_by_fkey REFERENCES identity.person (id),
    posted_at timestamptz NOT NULL,
    closed_at timestamptz,
    close_reason text,
    CONSTRAINT need_revision_positive CHECK (revision > 0),
    CONSTRAINT need_title_length CHECK (char_length(title) BETWEEN 1 AND 160),
    CONSTRAINT need_purpose_length CHECK (char_length(purpose) BETWEEN 1 AND 2000),
    CONSTRAINT need_quantity_length CHECK (char_length(quantity) BETWEEN 1 AND 120),
    CONSTRAINT need_place_length CHECK (char_length(place) BETWEEN 1 AND 120),
    CONSTRAINT need_brings_known CHECK (brings <@ ARRAY['money', 'hours', 'material']),
    CONSTRAINT need_closed_with_reason CHECK ((closed_at IS NULL) = (close_reason IS NULL)
      AND (close_reason IS NULL OR char_length(close_reason) BETWEEN 1 AND 2000))
  );
  CREATE INDEX need_by_community ON contracting.need (community_id, id);

  -- Every answer is kept; the one with the highest number is the fablab's current one.
  CREATE TABLE contracting.need_answer (
    id uuid NOT NULL CONSTRAINT need_answer_pkey PRIMARY KEY,
    need_id uuid NOT NULL CONSTRAINT need_answer_need_fkey REFERENCES contracting.need (id),
    fablab_id uuid NOT NULL CONSTRAINT need_answer_fablab_fkey REFERENCES identity.community (id),
    number integer NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    condition text,
    need_revision integer NOT NULL,
    answered_by uuid NOT NULL CONSTRAINT need_answer_answered_by_fkey REFERENCES identity.person (id),
    answered_at timestamptz NOT NULL,
    CONSTRAINT need_answer_number_key UNIQUE (need_id, fablab_id, number),
    CONSTRAINT need_answer_need_key UNIQUE (id, need_id),
    CONSTRAINT need_answer_number_positive CHECK (number > 0),
    CONSTRAINT need_answer_kind_known CHECK (kind IN ('can', 'canWith', 'cannot')),
    CONSTRAINT need_answer_reason_length CHECK (char_length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT need_answer_condition_given CHECK ((kind = 'canWith') = (condition IS NOT NULL)
      AND (condition IS NULL OR char_length(condition) BETWEEN 1 AND 2000))
  );

  -- From which need, and from which answer to it, a contract started.
  CREATE TABLE contracting.contract_origin (
    contract_id uuid NOT NULL CONSTRAINT contract_origin_pkey PRIMARY KEY
      CONSTRAINT contract_origin_contract_fkey REFERENCES contracting.contract (id),
    need_id uuid NOT NULL CONSTRAINT contract_origin_need_fkey REFERENCES contracting.need (id),
    answer_id uuid NOT NULL,
    CONSTRAINT contract_origin_answer_fkey FOREIGN KEY (answer_id, need_id)
      REFERENCES contracting.need_answer (id, need_id)
  );
  CREATE INDEX contract_origin_by_need ON contracting.contract_origin (need_id);

  ${['need_answer', 'contract_origin']
    .map(
      (table) => `
  CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON contracting.${table}
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();`,
    )
    .join('')}
  ${['need', 'need_answer', 'contract_origin']
    .map(
      (table) => `
  CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON contracting.${table}
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();`,
    )
    .join('')}
  CREATE TRIGGER need_no_delete BEFORE DELETE ON contracting.need
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

  CREATE FUNCTION contracting.guard_need() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.closed_at IS NOT NULL THEN PERFORM contracting.refuse('need_stays_closed'); END IF;
    IF (NEW.id, NEW.community_id, NEW.posted_by, NEW.posted_at)
       IS DISTINCT FROM (OLD.id, OLD.community_id, OLD.posted_by, OLD.posted_at) THEN
      PERFORM contracting.refuse('need_fixed');
    END IF;
    -- An answer names the revision that it speaks of, so no wording may change under it.
    IF (NEW.title, NEW.purpose, NEW.quantity, NEW.wanted_by, NEW.place, NEW.brings)
       IS DISTINCT FROM (OLD.title, OLD.purpose, OLD.quantity, OLD.wanted_by, OLD.place, OLD.brings)
       AND NEW.revision <> OLD.revision + 1 THEN
      PERFORM contracting.refuse('need_revision_counted');
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER need_guard BEFORE UPDATE ON contracting.need
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_need();

  CREATE FUNCTION contracting.guard_need_answer() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM 1 FROM contracting.need
      WHERE id = NEW.need_id AND closed_at IS NULL AND revision = NEW.need_revision FOR NO KEY UPDATE;
    IF NOT FOUND THEN PERFORM contracting.refuse('need_answer_while_open'); END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER need_answer_guard BEFORE INSERT ON contracting.need_answer
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_need_answer();
`;

const QUESTIONS = `
  CREATE TABLE contracting.question (
    id uuid NOT NULL CONSTRAINT question_pkey PRIMARY KEY,
    contract_id uuid NOT NULL CONSTRAINT question_contract_fkey REFERENCES contracting.contract (id),
    number integer NOT NULL,
    community_id uuid NOT NULL CONSTRAINT question_community_fkey REFERENCES identity.community (id),
    is_private boolean NOT NULL,
    state text NOT NULL,
    -- As published when it was asked: a later change of the setting moves no date that somebody relies on.
    answer_days integer NOT NULL,
    asked_at timestamptz NOT NULL,
    answered_at timestamptz,
    objected_by uuid CONSTRAINT question_objected_by_fkey REFERENCES identity.community (id),
    CONSTRAINT question_number_key UNIQUE (contract_id, number),
    CONSTRAINT question_number_positive CHECK (number > 0),
    CONSTRAINT question_state_known CHECK (state IN ('asked', 'answered', 'objected', 'mediation', 'closed')),
    CONSTRAINT question_answer_days_range CHECK (answer_days BETWEEN 1 AND 365),
    CONSTRAINT question_answered CHECK ((state <> 'asked' OR answered_at IS NULL)
      AND (state <> 'answered' OR answered_at IS NOT NULL)),
    CONSTRAINT question_objected CHECK ((objected_by IS NOT NULL) = (state IN ('objected', 'mediation', 'closed'))),
    -- Nobody is bound by a draft, so its thread holds no dispute.
    CONSTRAINT question_private_undisputed CHECK (NOT is_private OR state IN ('asked', 'answered'))
  );

  -- What was said, by which community, when. The first step is the question itself.
  CREATE TABLE contracting.question_step (
    question_id uuid NOT NULL CONSTRAINT question_step_question_fkey REFERENCES contracting.question (id),
    number integer NOT NULL,
    kind text NOT NULL,
    community_id uuid NOT NULL CONSTRAINT question_step_community_fkey REFERENCES identity.community (id),
    person_id uuid NOT NULL CONSTRAINT question_step_person_fkey REFERENCES identity.person (id),
    text text NOT NULL,
    -- For mediation: who was called, as the contract names them, and when the sides meet.
    mediator text,
    meets_on date,
    taken_at timestamptz NOT NULL,
    CONSTRAINT question_step_pkey PRIMARY KEY (question_id, number),
    CONSTRAINT question_step_kind_key UNIQUE (question_id, kind),
    CONSTRAINT question_step_number_positive CHECK (number > 0),
    CONSTRAINT question_step_kind_known CHECK (kind IN ('asked', 'answered', 'objected', 'mediation', 'closed')),
    CONSTRAINT question_step_asked_first CHECK ((number = 1) = (kind = 'asked')),
    CONSTRAINT question_step_text_length CHECK (char_length(text) BETWEEN 1 AND 2000),
    CONSTRAINT question_step_mediation CHECK ((mediator IS NOT NULL) = (kind = 'mediation')
      AND (meets_on IS NULL OR kind = 'mediation'))
  );
`;

const STEPS = `
  CREATE TRIGGER question_step_append_only BEFORE UPDATE OR DELETE ON contracting.question_step
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER question_step_no_truncate BEFORE TRUNCATE ON contracting.question_step
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER question_no_truncate BEFORE TRUNCATE ON contracting.question
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER question_no_delete BEFORE DELETE ON contracting.question
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

  -- The transition table of libs/contracting/src/domain/question.ts; a test compares the two.
  CREATE FUNCTION contracting.question_step_allowed(was text, becomes text) RETURNS boolean
    LANGUAGE sql IMMUTABLE RETURN (was, becomes) IN (
      ('asked', 'answered'), ('asked', 'objected'), ('answered', 'objected'),
      ('objected', 'mediation'), ('objected', 'closed'), ('mediation', 'closed'));

  CREATE FUNCTION contracting.guard_question() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    contract contracting.contract;
  BEGIN
    IF TG_OP = 'INSERT' THEN
      SELECT * INTO contract FROM contracting.contract WHERE id = NEW.contract_id FOR NO KEY UPDATE;
      IF NEW.state <> 'asked' THEN PERFORM contracting.refuse('question_begins_asked'); END IF;
      IF NEW.is_private <> (contract.state = 'draft') THEN PERFORM contracting.refuse('question_private_in_draft'); END IF;
      RETURN NEW;
    END IF;
    -- A question of the negotiation never becomes public, and nothing of a question changes but by its steps.
    IF (NEW.id, NEW.contract_id, NEW.number, NEW.community_id, NEW.is_private, NEW.answer_days, NEW.asked_at)
       IS DISTINCT FROM (OLD.id, OLD.contract_id, OLD.number, OLD.community_id, OLD.is_private, OLD.answer_days,
        OLD.asked_at) THEN
      PERFORM contracting.refuse('question_fixed');
    END IF;
    IF pg_trigger_depth() < 2 THEN PERFORM contracting.refuse('question_state_derived'); END IF;
    IF NOT contracting.question_step_allowed(OLD.state, NEW.state) THEN
      PERFORM contracting.refuse('question_transition');
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER question_guard BEFORE INSERT OR UPDATE ON contracting.question
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_question();

  CREATE FUNCTION contracting.take_question_step() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE contracting.question SET state = NEW.kind,
      answered_at = CASE NEW.kind WHEN 'answered' THEN NEW.taken_at ELSE answered_at END,
      objected_by = CASE NEW.kind WHEN 'objected' THEN NEW.community_id ELSE objected_by END
      WHERE id = NEW.question_id;
    RETURN NULL;
  END $$;
  CREATE TRIGGER question_step_taken AFTER INSERT ON contracting.question_step
    FOR EACH ROW WHEN (NEW.kind <> 'asked') EXECUTE FUNCTION contracting.take_question_step();
`;

const TEMPLATES = `
  -- Only what a fablab made its own: a template that nobody changed is read from the code.
  CREATE TABLE contracting.contract_template (
    fablab_id uuid NOT NULL CONSTRAINT contract_template_fablab_fkey REFERENCES identity.community (id),
    key text NOT NULL,
    revision integer NOT NULL,
    content jsonb NOT NULL,
    changed_by uuid NOT NULL CONSTRAINT contract_template_changed_by_fkey REFERENCES identity.person (id),
    changed_at timestamptz NOT NULL,
    CONSTRAINT contract_template_pkey PRIMARY KEY (fablab_id, key),
    CONSTRAINT contract_template_key_form CHECK (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT contract_template_revision_positive CHECK (revision > 0)
  );
`;
