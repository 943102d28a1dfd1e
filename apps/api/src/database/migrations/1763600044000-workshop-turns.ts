import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whose turn it is in a lane: the plan's start, a coordinator's pin, and the bound for free-tier jobs.
 *
 * The bound (invariant 8) is kept by `claim_job`, through which every claim from a lane goes. While a free-tier job
 * is ready, the claims of its lane take turns under the lane's advisory lock and are counted; while none is, they
 * share the lock and do not wait for each other. A free-tier job that becomes ready takes the lock alone, so that no
 * claim can overlook it.
 */
export class WorkshopTurns1763600044000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(FREE_READY);
    await runner.query(CLAIM);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION workshop.claim_job, workshop.next_in_lane, workshop.free_bound_of;
      DROP TRIGGER job_free_ready ON workshop.job;
      DROP TRIGGER job_tier_of_order ON workshop.job;
      DROP FUNCTION workshop.announce_free_ready(), workshop.copy_tier_of_order(), workshop.lane_lock_key;
      DROP INDEX workshop.job_queue, workshop.job_queue_free;
      ALTER TABLE workshop.job DROP COLUMN priority, DROP COLUMN tier, DROP COLUMN planned_start,
        DROP COLUMN pinned_at, DROP COLUMN pinned_by, DROP COLUMN pin_reason;
      ALTER TABLE workshop.lane DROP COLUMN claims_since_free;
      DROP TABLE workshop.fablab_rule;
      ALTER TABLE workshop.job_event DROP CONSTRAINT job_event_cause, ADD CONSTRAINT job_event_cause
        CHECK (cause IN ('ordered', 'maker', 'predecessors-done', 'lease-ended', 'contract-ended'));
      DROP FUNCTION workshop.job_priority;
      CREATE INDEX job_queue ON workshop.job (lane_id, due_on, ready_since, number) WHERE state = 'ready';
    `);
  }
}

const COLUMNS = `
  CREATE TABLE workshop.fablab_rule (
    fablab_id uuid CONSTRAINT fablab_rule_pkey PRIMARY KEY CONSTRAINT fablab_rule_fablab_fkey REFERENCES identity.community (id),
    -- How many other claims there are at most between two free-tier claims in a lane where one is ready.
    free_bound integer NOT NULL CONSTRAINT fablab_rule_free_bound_range CHECK (free_bound BETWEEN 0 AND 50),
    set_by uuid NOT NULL CONSTRAINT fablab_rule_set_by_fkey REFERENCES identity.person (id),
    set_at timestamptz NOT NULL
  );
  CREATE FUNCTION workshop.free_bound_of(fablab uuid) RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT free_bound FROM workshop.fablab_rule WHERE fablab_id = fablab), 3)
  $$;

  ALTER TABLE workshop.lane ADD COLUMN claims_since_free integer NOT NULL DEFAULT 0
    CONSTRAINT lane_claims_since_free_range CHECK (claims_since_free >= 0);

  -- ticketPriority of libs/workshop/src/domain/order.ts; a test compares the two.
  CREATE FUNCTION workshop.job_priority(pinned_at timestamptz, planned_start timestamptz, due_on date) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
      WHEN pinned_at IS NOT NULL THEN 1
      WHEN planned_start IS NULL AND due_on IS NULL THEN 2097152
      ELSE least(greatest(floor(extract(epoch FROM
        coalesce(planned_start AT TIME ZONE 'UTC', due_on::timestamp) - timestamp '2020-01-01') / 900), 2), 2097151)::integer
    END
  $$;

  ALTER TABLE workshop.job
    ADD COLUMN tier text CONSTRAINT job_tier CHECK (tier IN ('free', 'fair', 'premium')),
    ADD COLUMN planned_start timestamptz,
    ADD COLUMN pinned_at timestamptz,
    ADD COLUMN pinned_by uuid CONSTRAINT job_pinned_by_fkey REFERENCES identity.person (id),
    ADD COLUMN pin_reason text CONSTRAINT job_pin_reason_length CHECK (char_length(pin_reason) BETWEEN 1 AND 300),
    -- Nothing reorders by hand but a pin, and a pin has a name and a reason.
    ADD CONSTRAINT job_pin_explained
      CHECK ((pinned_at IS NULL) = (pinned_by IS NULL) AND (pinned_at IS NULL) = (pin_reason IS NULL)),
    ADD COLUMN priority integer NOT NULL
      GENERATED ALWAYS AS (workshop.job_priority(pinned_at, planned_start, due_on)) STORED;
  UPDATE workshop.job SET tier = (SELECT tier FROM workshop.work_order WHERE id = work_order_id)
    WHERE state NOT IN ('done', 'scrapped', 'cancelled');

  ALTER TABLE workshop.job_event DROP CONSTRAINT job_event_cause, ADD CONSTRAINT job_event_cause
    CHECK (cause IN ('ordered', 'maker', 'predecessors-done', 'lease-ended', 'contract-ended', 'pinned', 'unpinned', 'planned'));

  DROP INDEX workshop.job_queue;
  CREATE INDEX job_queue ON workshop.job (lane_id, priority, ready_since, number) WHERE state = 'ready';
  CREATE INDEX job_queue_free ON workshop.job (lane_id, priority, ready_since, number) WHERE state = 'ready' AND tier = 'free';

  -- The work order's tier, repeated because a lane's turn is read from one index; whoever inserts cannot get it wrong.
  CREATE FUNCTION workshop.copy_tier_of_order() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.tier := (SELECT tier FROM workshop.work_order WHERE id = NEW.work_order_id);
    RETURN NEW;
  END $$;
  CREATE TRIGGER job_tier_of_order BEFORE INSERT OR UPDATE OF tier, work_order_id ON workshop.job
    FOR EACH ROW EXECUTE FUNCTION workshop.copy_tier_of_order();
`;

const FREE_READY = `
  CREATE FUNCTION workshop.lane_lock_key(lane uuid) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hashtextextended('workshop.lane ' || lane::text, 0)
  $$;

  -- Waits until the claims that are under way in this lane have ended: none of them could have seen this job.
  CREATE FUNCTION workshop.announce_free_ready() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock(workshop.lane_lock_key(NEW.lane_id));
    RETURN NULL;
  END $$;
  CREATE TRIGGER job_free_ready AFTER INSERT OR UPDATE OF state ON workshop.job
    FOR EACH ROW WHEN (NEW.state = 'ready' AND NEW.tier = 'free') EXECUTE FUNCTION workshop.announce_free_ready();
`;

const CLAIM = `
  CREATE FUNCTION workshop.next_in_lane(lane uuid, free_only boolean) RETURNS uuid LANGUAGE plpgsql AS $$
  DECLARE found_id uuid;
  BEGIN
    IF NOT free_only THEN
      -- Who else claims at this moment holds the row: the next one is as good, and nobody waits.
      SELECT id INTO found_id FROM workshop.job WHERE lane_id = lane AND state = 'ready'
        ORDER BY priority, ready_since, number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;
      RETURN found_id;
    END IF;
    -- A row that is held may stay ready, and then it is due: waited for, and looked for again when it was not.
    WHILE EXISTS (SELECT FROM workshop.job WHERE lane_id = lane AND state = 'ready' AND tier = 'free') LOOP
      SELECT id INTO found_id FROM workshop.job WHERE lane_id = lane AND state = 'ready' AND tier = 'free'
        ORDER BY priority, ready_since, number LIMIT 1 FOR NO KEY UPDATE;
      EXIT WHEN FOUND;
    END LOOP;
    RETURN found_id;
  END $$;

  -- Claims the wanted job if it is ready under the wanted epoch; without one, the first of the lane. Where a
  -- free-tier job is due it is claimed instead ("redirected"). No row when there is nothing to claim.
  CREATE FUNCTION workshop.claim_job(here uuid, wanted uuid, wanted_epoch integer, maker uuid, at timestamptz, lease_end timestamptz)
  RETURNS TABLE (claimed workshop.job, redirected boolean) LANGUAGE plpgsql AS $$
  DECLARE
    in_turn boolean;
    free_ready boolean := false;
    target uuid := wanted;
    instead boolean := false;
    taken workshop.job;
  BEGIN
    IF wanted IS NOT NULL AND NOT EXISTS (
      SELECT FROM workshop.job WHERE id = wanted AND lane_id = here AND epoch = wanted_epoch AND state = 'ready') THEN
      RETURN;
    END IF;
    in_turn := EXISTS (SELECT FROM workshop.job WHERE lane_id = here AND state = 'ready' AND tier = 'free');
    IF NOT in_turn THEN
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(workshop.lane_lock_key(here));
        IF EXISTS (SELECT FROM workshop.job WHERE lane_id = here AND state = 'ready' AND tier = 'free') THEN
          -- Rolls back to the beginning of this block, which gives the shared lock back.
          RAISE EXCEPTION 'a free-tier job became ready' USING ERRCODE = 'CW001';
        END IF;
      EXCEPTION WHEN SQLSTATE 'CW001' THEN
        in_turn := true;
      END;
    END IF;
    IF in_turn THEN
      PERFORM pg_advisory_xact_lock(workshop.lane_lock_key(here));
      free_ready := EXISTS (SELECT FROM workshop.job WHERE lane_id = here AND state = 'ready' AND tier = 'free');
      IF free_ready AND (
        SELECT claims_since_free >= workshop.free_bound_of(work_centre.fablab_id) FROM workshop.lane
        JOIN workshop.work_centre ON work_centre.id = lane.work_centre_id WHERE lane.id = here
      ) AND (SELECT tier IS DISTINCT FROM 'free' FROM workshop.job WHERE id = wanted) IS NOT FALSE THEN
        target := workshop.next_in_lane(here, true);
        -- Those that were ready may be gone by now; then nothing was due, and the wanted job is as good as before.
        instead := target IS NOT NULL;
        free_ready := instead;
        target := coalesce(target, wanted);
      END IF;
    END IF;
    IF target IS NULL THEN
      target := workshop.next_in_lane(here, false);
    END IF;
    UPDATE workshop.job SET state = 'claimed', fence = fence + 1, claimed_by = maker, claimed_at = at, seen_at = at,
        lease_ends_at = lease_end
      WHERE id = target AND state = 'ready' AND (wanted IS NULL OR instead OR epoch = wanted_epoch) RETURNING * INTO taken;
    IF NOT FOUND THEN
      RETURN;
    END IF;
    IF in_turn AND (taken.tier = 'free' OR free_ready) THEN
      UPDATE workshop.lane SET claims_since_free = CASE taken.tier WHEN 'free' THEN 0 ELSE claims_since_free + 1 END
        WHERE id = here;
    END IF;
    INSERT INTO workshop.job_event (job_id, from_state, to_state, cause, actor_id, epoch, fence, happened_at)
      VALUES (taken.id, 'ready', 'claimed', 'maker', maker, taken.epoch, taken.fence, at);
    RETURN QUERY SELECT taken, coalesce(instead AND taken.id IS DISTINCT FROM wanted, false);
  END $$;
`;
