import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What comes of hours and goods that were pledged: received, given back, wanted no more, recorded wrongly. */
export class Contributions1763600043500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(EVENTS);
    await runner.query(COUNTING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE contracting.contribution_event; DROP FUNCTION contracting.count_contribution();`,
    );
  }
}

const EVENTS = `
  CREATE TABLE contracting.contribution_event (
    id uuid NOT NULL CONSTRAINT contribution_event_pkey PRIMARY KEY,
    pledge_id uuid NOT NULL CONSTRAINT contribution_event_pledge_fkey REFERENCES contracting.pledge (id),
    kind text NOT NULL,
    -- Thousandths of the pledge's unit.
    quantity_milli bigint NOT NULL,
    happened_on date NOT NULL,
    -- Public.
    reason text,
    -- Of hours: the stretch of work that the workshop logged, and how long it was. It counts once, whatever is delivered twice.
    time_log_id uuid CONSTRAINT contribution_event_time_log_once UNIQUE,
    seconds bigint,
    reverses_event_id uuid CONSTRAINT contribution_event_reversed_once UNIQUE,
    -- Null for hours: nobody records them, the work does.
    recorded_by uuid CONSTRAINT contribution_event_recorded_by_fkey REFERENCES identity.person (id),
    recorded_at timestamptz NOT NULL,
    CONSTRAINT contribution_event_pledge_key UNIQUE (id, pledge_id),
    CONSTRAINT contribution_event_reverses_fkey FOREIGN KEY (reverses_event_id, pledge_id)
      REFERENCES contracting.contribution_event (id, pledge_id),
    CONSTRAINT contribution_event_kind_known CHECK (kind IN ('received', 'returned', 'waived', 'reversal')),
    -- A stretch of less than a thousandth of an hour counts with those after it.
    CONSTRAINT contribution_event_quantity_range CHECK (quantity_milli BETWEEN
      CASE WHEN time_log_id IS NULL THEN 1 ELSE 0 END AND 1000000000000),
    CONSTRAINT contribution_event_reason_given CHECK (
      kind NOT IN ('waived', 'reversal') OR char_length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT contribution_event_reason_length CHECK (char_length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT contribution_event_of_work CHECK ((time_log_id IS NULL) = (seconds IS NULL) AND seconds > 0
      AND (time_log_id IS NULL OR kind = 'received')),
    CONSTRAINT contribution_event_recorder CHECK ((recorded_by IS NULL) = (time_log_id IS NOT NULL)),
    CONSTRAINT contribution_event_reverses_one CHECK ((kind = 'reversal') = (reverses_event_id IS NOT NULL))
  );
  CREATE INDEX contribution_event_by_pledge ON contracting.contribution_event (pledge_id, id);
  CREATE TRIGGER contribution_event_append_only BEFORE UPDATE OR DELETE ON contracting.contribution_event
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER contribution_event_no_truncate BEFORE TRUNCATE ON contracting.contribution_event
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const COUNTING = `
  -- The pledge's sums follow from its events. Hours come from logged time and from nothing else; goods never do.
  CREATE FUNCTION contracting.count_contribution() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    pledged contracting.pledge;
    reversed contracting.contribution_event;
  BEGIN
    PERFORM 1 FROM contracting.contract c JOIN contracting.pledge p ON p.contract_id = c.id
      WHERE p.id = NEW.pledge_id AND c.state = 'active' FOR NO KEY UPDATE OF c;
    IF NOT FOUND THEN PERFORM contracting.refuse('contribution_event_while_active'); END IF;
    SELECT * INTO pledged FROM contracting.pledge WHERE id = NEW.pledge_id;
    IF pledged.contribution = 'money'
       OR NEW.kind = 'received' AND (pledged.contribution = 'hours') <> (NEW.time_log_id IS NOT NULL)
       OR NEW.kind = 'returned' AND pledged.return_kind <> 'tool' THEN
      PERFORM contracting.refuse('contribution_event_of_pledge');
    END IF;
    IF NEW.kind = 'reversal' THEN
      SELECT * INTO reversed FROM contracting.contribution_event WHERE id = NEW.reverses_event_id;
      IF reversed.kind NOT IN ('received', 'returned') OR reversed.time_log_id IS NOT NULL
         OR reversed.quantity_milli <> NEW.quantity_milli THEN
        PERFORM contracting.refuse('contribution_event_mirrors_reversed');
      END IF;
    END IF;
    UPDATE contracting.pledge SET
      received_milli = received_milli + CASE WHEN NEW.kind = 'received' THEN NEW.quantity_milli
        WHEN reversed.kind = 'received' THEN -NEW.quantity_milli ELSE 0 END,
      returned_milli = returned_milli + CASE WHEN NEW.kind = 'returned' THEN NEW.quantity_milli
        WHEN reversed.kind = 'returned' THEN -NEW.quantity_milli ELSE 0 END,
      waived_milli = waived_milli + CASE WHEN NEW.kind = 'waived' THEN NEW.quantity_milli ELSE 0 END
      WHERE id = NEW.pledge_id AND (state = 'active' OR (state = 'fulfilled' AND NEW.kind = 'reversal'));
    IF NOT FOUND THEN PERFORM contracting.refuse('contribution_event_for_binding_pledge'); END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER contribution_event_counted AFTER INSERT ON contracting.contribution_event
    FOR EACH ROW EXECUTE FUNCTION contracting.count_contribution();
`;
