import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The rest of a job's life: handed over, blocked and lifted, split and merged, scrapped and made again, cancelled;
 * material used; and the days of an amended contract.
 */
export class WorkshopJobLife1763600045000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PARTS);
    await runner.query(BLOCKS);
    await runner.query(GUARDS);
  }

  async down(): Promise<void> {
    // What jobs went through since cannot be told in the tables of before.
    throw new Error('This migration is not undone: restore a backup instead.');
  }
}

const PARTS = `
  ALTER TABLE workshop.job
    -- An operation's batch may be divided: its parts are numbered, and their quantities sum to the order's.
    ADD COLUMN part integer NOT NULL DEFAULT 1 CONSTRAINT job_part_positive CHECK (part > 0),
    ADD COLUMN split_from uuid CONSTRAINT job_split_from_fkey REFERENCES workshop.job (id),
    ADD COLUMN merged_into uuid CONSTRAINT job_merged_into_fkey REFERENCES workshop.job (id),
    -- The job whose scrap this one makes good.
    ADD COLUMN rework_of uuid CONSTRAINT job_rework_of_fkey REFERENCES workshop.job (id),
    ADD COLUMN blocks_open integer NOT NULL DEFAULT 0 CONSTRAINT job_blocks_open_range CHECK (blocks_open >= 0),
    ADD COLUMN ended_reason text CONSTRAINT job_ended_reason_length CHECK (char_length(ended_reason) BETWEEN 1 AND 2000),
    DROP CONSTRAINT job_position_key,
    ADD CONSTRAINT job_position_key UNIQUE (work_order_id, position, part),
    DROP CONSTRAINT job_waits_for_predecessors,
    ADD CONSTRAINT job_waits_for_predecessors CHECK (
      CASE state WHEN 'waiting' THEN predecessors_open > 0 OR blocks_open > 0 WHEN 'cancelled' THEN true
        ELSE predecessors_open = 0 END),
    ADD CONSTRAINT job_blocked_rests CHECK (blocks_open = 0 OR state NOT IN ('ready', 'running', 'done')),
    ADD CONSTRAINT job_merged_is_cancelled CHECK (merged_into IS NULL OR (state = 'cancelled' AND merged_into <> id)),
    ADD CONSTRAINT job_scrapped_whole CHECK (state <> 'scrapped' OR (quantity_good + quantity_scrapped = quantity AND quantity_scrapped > 0)),
    ADD CONSTRAINT job_ended_with_reason CHECK (state <> 'scrapped' OR ended_reason IS NOT NULL);
  CREATE INDEX job_rework_of ON workshop.job (rework_of) WHERE rework_of IS NOT NULL;
  CREATE INDEX job_predecessor_of ON workshop.job_predecessor (predecessor_id);

  ALTER TABLE workshop.job_event
    -- Who holds the job after this step, where that is not who did it.
    ADD COLUMN holder_id uuid CONSTRAINT job_event_holder_fkey REFERENCES identity.person (id),
    DROP CONSTRAINT job_event_cause,
    ADD CONSTRAINT job_event_cause CHECK (cause IN ('ordered', 'maker', 'predecessors-done', 'lease-ended', 'contract-ended', 'pinned',
      'unpinned', 'planned', 'handed-over', 'blocked', 'lifted', 'split', 'merged', 'rework', 'cancelled', 'amended'));

  -- How many units an operation is for: of a part that goes into the product it is not the order's own quantity.
  ALTER TABLE workshop.job ADD COLUMN operation_quantity integer;
  CREATE FUNCTION workshop.remember_operation_quantity() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.operation_quantity := coalesce((SELECT coalesce(j.operation_quantity, o.quantity)
      FROM workshop.job j JOIN workshop.work_order o ON o.id = j.work_order_id
      WHERE j.work_order_id = NEW.work_order_id AND j.position = NEW.position AND j.rework_of IS NULL LIMIT 1), NEW.quantity);
    RETURN NEW;
  END $$;
  CREATE TRIGGER job_operation_quantity BEFORE INSERT ON workshop.job
    FOR EACH ROW EXECUTE FUNCTION workshop.remember_operation_quantity();

  -- Every unit of an operation is in exactly one of its parts; what is made again is counted apart.
  CREATE FUNCTION workshop.check_parts() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    -- Jobs from before it was remembered are for the order's quantity.
    wanted integer := coalesce(NEW.operation_quantity, (SELECT quantity FROM workshop.work_order WHERE id = NEW.work_order_id));
    made integer := (SELECT sum(quantity) FROM workshop.job WHERE work_order_id = NEW.work_order_id
      AND position = NEW.position AND merged_into IS NULL AND rework_of IS NULL);
  BEGIN
    IF NEW.rework_of IS NULL AND wanted IS DISTINCT FROM made THEN
      RAISE EXCEPTION 'operation % of work order % is for % units, its parts for %', NEW.position, NEW.work_order_id, wanted, made
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'job_parts_conserved';
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER job_parts_conserved AFTER INSERT OR UPDATE OF quantity, merged_into, rework_of, position ON workshop.job
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workshop.check_parts();
`;

const BLOCKS = `
  CREATE TABLE workshop.job_block (
    id uuid CONSTRAINT job_block_pkey PRIMARY KEY,
    job_id uuid NOT NULL CONSTRAINT job_block_job_fkey REFERENCES workshop.job (id),
    kind text NOT NULL CONSTRAINT job_block_kind CHECK (kind IN ('material', 'machine', 'question')),
    detail text NOT NULL CONSTRAINT job_block_detail_length CHECK (char_length(detail) BETWEEN 1 AND 500),
    raised_by uuid NOT NULL CONSTRAINT job_block_raised_by_fkey REFERENCES identity.person (id),
    raised_at timestamptz NOT NULL,
    -- Who can lift it, beside the coordinators.
    lifter_id uuid NOT NULL CONSTRAINT job_block_lifter_fkey REFERENCES identity.person (id),
    lifted_by uuid CONSTRAINT job_block_lifted_by_fkey REFERENCES identity.person (id),
    lifted_at timestamptz,
    answer text CONSTRAINT job_block_answer_length CHECK (char_length(answer) BETWEEN 1 AND 500),
    CONSTRAINT job_block_lifted_whole
      CHECK ((lifted_at IS NULL) = (lifted_by IS NULL) AND (answer IS NULL OR lifted_at IS NOT NULL)),
    CONSTRAINT job_block_lifted_later CHECK (lifted_at >= raised_at)
  );
  CREATE INDEX job_block_job ON workshop.job_block (job_id);

  CREATE TABLE workshop.job_material (
    id uuid CONSTRAINT job_material_pkey PRIMARY KEY,
    job_id uuid NOT NULL CONSTRAINT job_material_job_fkey REFERENCES workshop.job (id),
    person_id uuid NOT NULL CONSTRAINT job_material_person_fkey REFERENCES identity.person (id),
    fence integer NOT NULL,
    kind text NOT NULL CONSTRAINT job_material_kind CHECK (kind IN ('used', 'waste')),
    item text NOT NULL CONSTRAINT job_material_item_length CHECK (char_length(item) BETWEEN 1 AND 120),
    unit text NOT NULL CONSTRAINT job_material_unit_length CHECK (char_length(unit) BETWEEN 1 AND 20),
    quantity_milli bigint NOT NULL CONSTRAINT job_material_quantity_positive CHECK (quantity_milli > 0),
    logged_at timestamptz NOT NULL
  );
  CREATE INDEX job_material_job ON workshop.job_material (job_id);
  CREATE TRIGGER job_material_append_only BEFORE UPDATE OR DELETE ON workshop.job_material
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER job_material_append_only_whole BEFORE TRUNCATE ON workshop.job_material EXECUTE FUNCTION platform.refuse_change();

  -- A block is lifted once, and nothing else of it changes.
  CREATE FUNCTION workshop.guard_block() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.lifted_at IS NOT NULL OR NEW.lifted_at IS NULL
      OR (NEW.id, NEW.job_id, NEW.kind, NEW.detail, NEW.raised_by, NEW.raised_at, NEW.lifter_id)
        IS DISTINCT FROM (OLD.id, OLD.job_id, OLD.kind, OLD.detail, OLD.raised_by, OLD.raised_at, OLD.lifter_id) THEN
      RAISE EXCEPTION 'block % is lifted once, and nothing else of it changes', OLD.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'job_block_lifted_once';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER job_block_step BEFORE UPDATE ON workshop.job_block FOR EACH ROW EXECUTE FUNCTION workshop.guard_block();
  CREATE TRIGGER job_block_kept BEFORE DELETE ON workshop.job_block FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER job_block_kept_whole BEFORE TRUNCATE ON workshop.job_block EXECUTE FUNCTION platform.refuse_change();
`;

const GUARDS = `
  -- The transition table of libs/workshop/src/domain/job.ts, where no program can pass it by.
  CREATE OR REPLACE FUNCTION workshop.guard_job_step() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.epoch < OLD.epoch OR NEW.fence < OLD.fence THEN
      RAISE EXCEPTION 'job %: epoch and fence never fall', OLD.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'job_counters_rise';
    END IF;
    IF NEW.claimed_by IS DISTINCT FROM OLD.claimed_by AND NEW.claimed_by IS NOT NULL AND NEW.fence <= OLD.fence THEN
      RAISE EXCEPTION 'job %: who holds it holds it under a new fence', OLD.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'job_counters_rise';
    END IF;
    IF NEW.state = OLD.state THEN
      IF (NEW.claimed_by IS DISTINCT FROM OLD.claimed_by AND (NEW.state <> 'claimed' OR NEW.claimed_by IS NULL))
        OR OLD.state IN ('done', 'scrapped', 'cancelled') THEN
        RAISE EXCEPTION 'job % is %: it changes hands by a claim only, and never once it has ended', OLD.id, OLD.state
          USING ERRCODE = 'restrict_violation', CONSTRAINT = 'job_legal_step';
      END IF;
      RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
      ('waiting', 'ready'), ('waiting', 'cancelled'),
      ('ready', 'claimed'), ('ready', 'waiting'), ('ready', 'cancelled'),
      ('claimed', 'running'), ('claimed', 'ready'), ('claimed', 'waiting'), ('claimed', 'cancelled'),
      ('running', 'paused'), ('running', 'claimed'), ('running', 'ready'), ('running', 'done'), ('running', 'scrapped'), ('running', 'cancelled'),
      ('paused', 'running'), ('paused', 'claimed'), ('paused', 'ready'), ('paused', 'waiting'), ('paused', 'done'), ('paused', 'scrapped'), ('paused', 'cancelled')
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
`;
