import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Work orders, jobs with their precedence, and what happened to them. PostgreSQL holds the truth about a job;
 * the queue's tickets only point to it.
 *
 * `epoch` rises each time a job becomes ready, so that a ticket of an earlier time opens nothing; `fence` rises
 * with each claim, so that a maker whose lease ended cannot write over the next one's work.
 */
export class WorkshopJobs1763600006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ORDERS);
    await runner.query(JOBS);
    await runner.query(RECORDS);
    await runner.query(GUARDS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE workshop.time_log, workshop.job_event, workshop.job_note, workshop.job_predecessor, workshop.job, workshop.work_order;
      DROP FUNCTION workshop.guard_job_step(), workshop.guard_work_order_step();
      DROP SEQUENCE workshop.job_number, workshop.work_order_number;
    `);
  }
}

const ORDERS = `
  CREATE SEQUENCE workshop.work_order_number AS integer;
  CREATE SEQUENCE workshop.job_number AS integer;

  CREATE TABLE workshop.work_order (
    id uuid CONSTRAINT work_order_pkey PRIMARY KEY,
    number integer NOT NULL DEFAULT nextval('workshop.work_order_number') CONSTRAINT work_order_number_key UNIQUE,
    fablab_id uuid NOT NULL CONSTRAINT work_order_fablab_fkey REFERENCES identity.community (id),
    contract_id uuid,
    contract_ref text,
    -- Which deliverable of the contract this order makes; null for orders that no contract asked for.
    contract_line integer,
    product_version_id uuid NOT NULL,
    product_name text NOT NULL CONSTRAINT work_order_product_name_length CHECK (char_length(product_name) BETWEEN 1 AND 300),
    receiver_id uuid CONSTRAINT work_order_receiver_fkey REFERENCES identity.community (id),
    tier text NOT NULL CONSTRAINT work_order_tier CHECK (tier IN ('free', 'fair', 'premium')),
    quantity integer NOT NULL CONSTRAINT work_order_quantity_positive CHECK (quantity > 0),
    due_on date,
    state text NOT NULL CONSTRAINT work_order_state CHECK (state IN ('open', 'done', 'cancelled')),
    jobs_open integer NOT NULL CONSTRAINT work_order_jobs_open_range CHECK (jobs_open >= 0),
    created_at timestamptz NOT NULL,
    done_at timestamptz,
    -- The same activation told twice makes the same orders once.
    CONSTRAINT work_order_contract_line_key UNIQUE (contract_id, contract_line),
    CONSTRAINT work_order_contract_whole
      CHECK ((contract_id IS NULL) = (contract_ref IS NULL) AND (contract_id IS NULL) = (contract_line IS NULL)),
    CONSTRAINT work_order_done_when_jobs_are
      CHECK ((state = 'done') = (done_at IS NOT NULL) AND (state <> 'done' OR jobs_open = 0)),
    CONSTRAINT work_order_fablab_key UNIQUE (id, fablab_id)
  );
  CREATE INDEX work_order_contract_ref ON workshop.work_order (contract_ref);
  CREATE INDEX work_order_fablab ON workshop.work_order (fablab_id);
`;

const JOBS = `
  CREATE TABLE workshop.job (
    id uuid CONSTRAINT job_pkey PRIMARY KEY,
    number integer NOT NULL DEFAULT nextval('workshop.job_number') CONSTRAINT job_number_key UNIQUE,
    work_order_id uuid NOT NULL,
    fablab_id uuid NOT NULL,
    section_id uuid NOT NULL,
    work_centre_id uuid NOT NULL,
    lane_id uuid NOT NULL,
    position integer NOT NULL CONSTRAINT job_position_positive CHECK (position > 0),
    name text NOT NULL CONSTRAINT job_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
    instructions text,
    quantity integer NOT NULL CONSTRAINT job_quantity_positive CHECK (quantity > 0),
    planned_minutes integer NOT NULL CONSTRAINT job_planned_minutes_range CHECK (planned_minutes >= 0),
    -- The work order's, repeated because the queue's order is read from one index.
    due_on date,
    state text NOT NULL CONSTRAINT job_state
      CHECK (state IN ('waiting', 'ready', 'claimed', 'running', 'paused', 'done', 'scrapped', 'cancelled')),
    epoch integer NOT NULL CONSTRAINT job_epoch_range CHECK (epoch >= 0),
    fence integer NOT NULL CONSTRAINT job_fence_range CHECK (fence >= 0),
    predecessors_open integer NOT NULL CONSTRAINT job_predecessors_open_range CHECK (predecessors_open >= 0),
    ready_since timestamptz,
    claimed_by uuid CONSTRAINT job_claimed_by_fkey REFERENCES identity.person (id),
    claimed_at timestamptz,
    -- The holder's last sign of life: a lease that ends while a job runs counts time up to here.
    seen_at timestamptz,
    lease_ends_at timestamptz,
    started_at timestamptz,
    running_since timestamptz,
    worked_seconds integer NOT NULL DEFAULT 0 CONSTRAINT job_worked_seconds_range CHECK (worked_seconds >= 0),
    quantity_good integer NOT NULL DEFAULT 0 CONSTRAINT job_quantity_good_range CHECK (quantity_good >= 0),
    quantity_scrapped integer NOT NULL DEFAULT 0 CONSTRAINT job_quantity_scrapped_range CHECK (quantity_scrapped >= 0),
    done_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT job_work_order_fkey FOREIGN KEY (work_order_id, fablab_id) REFERENCES workshop.work_order (id, fablab_id),
    CONSTRAINT job_work_centre_fkey FOREIGN KEY (work_centre_id, fablab_id) REFERENCES workshop.work_centre (id, fablab_id),
    CONSTRAINT job_section_fkey FOREIGN KEY (work_centre_id, section_id) REFERENCES workshop.work_centre (id, section_id),
    CONSTRAINT job_lane_fkey FOREIGN KEY (lane_id, work_centre_id) REFERENCES workshop.lane (id, work_centre_id),
    CONSTRAINT job_position_key UNIQUE (work_order_id, position),
    CONSTRAINT job_work_order_key UNIQUE (id, work_order_id),
    -- Invariant 7: held by at most one maker, and by one exactly while it is in somebody's hands.
    CONSTRAINT job_held_by_one CHECK (
      (state IN ('claimed', 'running', 'paused')) = (claimed_by IS NOT NULL)
      AND (claimed_by IS NULL) = (claimed_at IS NULL)
      AND (claimed_by IS NULL) = (seen_at IS NULL)
      AND (claimed_by IS NULL) = (lease_ends_at IS NULL)
      AND (claimed_by IS NULL OR fence > 0)),
    CONSTRAINT job_runs_since CHECK ((state = 'running') = (running_since IS NOT NULL)),
    CONSTRAINT job_started CHECK (state NOT IN ('running', 'paused') OR started_at IS NOT NULL),
    CONSTRAINT job_ready_since CHECK (state <> 'ready' OR (ready_since IS NOT NULL AND epoch > 0)),
    CONSTRAINT job_waits_for_predecessors CHECK (
      CASE state WHEN 'waiting' THEN predecessors_open > 0 WHEN 'cancelled' THEN true ELSE predecessors_open = 0 END),
    CONSTRAINT job_quantities CHECK (quantity_good + quantity_scrapped <= quantity),
    CONSTRAINT job_done_whole CHECK (
      (state = 'done') = (done_at IS NOT NULL) AND (state <> 'done' OR quantity_good + quantity_scrapped = quantity))
  );
  -- The order of each lane's queue, and its head in one step however long the queue is.
  CREATE INDEX job_queue ON workshop.job (lane_id, due_on, ready_since, number) WHERE state = 'ready';
  CREATE INDEX job_board ON workshop.job (section_id, state);
  CREATE INDEX job_done_lately ON workshop.job (section_id, done_at) WHERE state = 'done';
  CREATE INDEX job_lease ON workshop.job (lease_ends_at) WHERE lease_ends_at IS NOT NULL;
  -- A maker holds one job in a section at a time, also when two devices ask at once.
  CREATE UNIQUE INDEX job_one_held_in_section ON workshop.job (claimed_by, section_id) WHERE claimed_by IS NOT NULL;

  CREATE TABLE workshop.job_predecessor (
    job_id uuid NOT NULL,
    predecessor_id uuid NOT NULL,
    work_order_id uuid NOT NULL,
    CONSTRAINT job_predecessor_pkey PRIMARY KEY (job_id, predecessor_id),
    CONSTRAINT job_predecessor_other CHECK (job_id <> predecessor_id),
    CONSTRAINT job_predecessor_job_fkey FOREIGN KEY (job_id, work_order_id) REFERENCES workshop.job (id, work_order_id),
    CONSTRAINT job_predecessor_predecessor_fkey
      FOREIGN KEY (predecessor_id, work_order_id) REFERENCES workshop.job (id, work_order_id)
  );
  CREATE INDEX job_predecessor_successors ON workshop.job_predecessor (predecessor_id);
`;

const RECORDS = `
  CREATE TABLE workshop.job_note (
    id uuid CONSTRAINT job_note_pkey PRIMARY KEY,
    job_id uuid NOT NULL CONSTRAINT job_note_job_fkey REFERENCES workshop.job (id),
    author_id uuid NOT NULL CONSTRAINT job_note_author_fkey REFERENCES identity.person (id),
    fence integer NOT NULL,
    text text NOT NULL CONSTRAINT job_note_text_length CHECK (char_length(text) BETWEEN 1 AND 2000),
    -- Written after the author's claim had ended: the note is kept, the rest of the action was refused.
    late boolean NOT NULL,
    written_at timestamptz NOT NULL
  );
  CREATE INDEX job_note_job ON workshop.job_note (job_id, written_at);

  CREATE TABLE workshop.job_event (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT job_event_pkey PRIMARY KEY,
    job_id uuid NOT NULL CONSTRAINT job_event_job_fkey REFERENCES workshop.job (id),
    from_state text,
    to_state text NOT NULL,
    cause text NOT NULL CONSTRAINT job_event_cause
      CHECK (cause IN ('ordered', 'maker', 'predecessors-done', 'lease-ended')),
    actor_id uuid CONSTRAINT job_event_actor_fkey REFERENCES identity.person (id),
    epoch integer NOT NULL,
    fence integer NOT NULL,
    happened_at timestamptz NOT NULL,
    CONSTRAINT job_event_maker_named CHECK (cause <> 'maker' OR actor_id IS NOT NULL)
  );
  CREATE INDEX job_event_job ON workshop.job_event (job_id, fence);

  CREATE TABLE workshop.time_log (
    id uuid CONSTRAINT time_log_pkey PRIMARY KEY,
    job_id uuid NOT NULL CONSTRAINT time_log_job_fkey REFERENCES workshop.job (id),
    person_id uuid NOT NULL CONSTRAINT time_log_person_fkey REFERENCES identity.person (id),
    fence integer NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL,
    seconds integer NOT NULL,
    CONSTRAINT time_log_in_order CHECK (ended_at >= started_at AND seconds >= 0)
  );
  CREATE INDEX time_log_job ON workshop.time_log (job_id);
`;

const GUARDS = `
  -- The transition table of libs/workshop/src/domain/job.ts, where no program can pass it by.
  CREATE FUNCTION workshop.guard_job_step() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.epoch < OLD.epoch OR NEW.fence < OLD.fence THEN
      RAISE EXCEPTION 'job %: epoch and fence never fall', OLD.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'job_counters_rise';
    END IF;
    IF NEW.state = OLD.state THEN
      IF NEW.claimed_by IS DISTINCT FROM OLD.claimed_by OR OLD.state IN ('done', 'scrapped', 'cancelled') THEN
        RAISE EXCEPTION 'job % is %: it changes hands by a claim only, and never once it has ended', OLD.id, OLD.state
          USING ERRCODE = 'restrict_violation', CONSTRAINT = 'job_legal_step';
      END IF;
      RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
      ('waiting', 'ready'), ('waiting', 'cancelled'),
      ('ready', 'claimed'), ('ready', 'cancelled'),
      ('claimed', 'running'), ('claimed', 'ready'),
      ('running', 'paused'), ('running', 'ready'), ('running', 'done'), ('running', 'scrapped'),
      ('paused', 'running'), ('paused', 'ready'), ('paused', 'done'), ('paused', 'scrapped')
    ) THEN
      RAISE EXCEPTION 'job % is %: it cannot become %', OLD.id, OLD.state, NEW.state
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'job_legal_step';
    END IF;
    IF (NEW.state = 'ready' AND NEW.epoch <= OLD.epoch) OR (NEW.state = 'claimed' AND NEW.fence <= OLD.fence) THEN
      RAISE EXCEPTION 'job %: becoming ready raises the epoch, a claim raises the fence', OLD.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'job_counters_rise';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER job_step BEFORE UPDATE ON workshop.job FOR EACH ROW EXECUTE FUNCTION workshop.guard_job_step();

  CREATE FUNCTION workshop.guard_work_order_step() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.state <> 'open' THEN
      RAISE EXCEPTION 'work order % is %: it has ended', OLD.id, OLD.state
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'work_order_ended';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER work_order_step BEFORE UPDATE ON workshop.work_order
    FOR EACH ROW EXECUTE FUNCTION workshop.guard_work_order_step();

  CREATE TRIGGER job_kept BEFORE DELETE ON workshop.job FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER job_kept_whole BEFORE TRUNCATE ON workshop.job EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER job_note_append_only BEFORE UPDATE OR DELETE ON workshop.job_note
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER job_note_append_only_whole BEFORE TRUNCATE ON workshop.job_note EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER job_event_append_only BEFORE UPDATE OR DELETE ON workshop.job_event
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER job_event_append_only_whole BEFORE TRUNCATE ON workshop.job_event EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER time_log_append_only BEFORE UPDATE OR DELETE ON workshop.time_log
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER time_log_append_only_whole BEFORE TRUNCATE ON workshop.time_log EXECUTE FUNCTION platform.refuse_change();
`;
