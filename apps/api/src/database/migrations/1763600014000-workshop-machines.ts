import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a coordinator sets up about places: who looks after a section, what an hour at a work centre costs, when it
 * is open, and its machines with their state. Codes are what the printed labels say; they are made from the id, so
 * that no label can lead to two things.
 */
export class WorkshopMachines1763600014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Times and days that must not overlap are refused by exclusion constraints, which compare ids with =.
    await runner.query(`CREATE EXTENSION IF NOT EXISTS btree_gist`);
    await runner.query(SETTINGS);
    await runner.query(CALENDARS);
    await runner.query(PLACES);
    await runner.query(MACHINES);
    await runner.query(GUARDS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE workshop.machine_event, workshop.machine;
      ALTER TABLE workshop.work_centre DROP COLUMN hourly_cost_minor, DROP COLUMN hourly_cost_currency,
        DROP COLUMN calendar_id, DROP COLUMN retired_at;
      ALTER TABLE workshop.section DROP COLUMN code, DROP COLUMN coordinator_id, DROP COLUMN retired_at;
      DROP TABLE workshop.calendar_exception_opening, workshop.calendar_exception, workshop.calendar_opening,
        workshop.calendar, workshop.fablab_setting;
      DROP FUNCTION workshop.guard_machine_step();
    `);
  }
}

const SETTINGS = `
  CREATE TABLE workshop.fablab_setting (
    fablab_id uuid CONSTRAINT fablab_setting_pkey PRIMARY KEY
      CONSTRAINT fablab_setting_fablab_fkey REFERENCES identity.community (id),
    -- An IANA name. PostgreSQL itself refuses one that it does not know, in this very expression.
    time_zone text NOT NULL CONSTRAINT fablab_setting_time_zone
      CHECK (timezone(time_zone, timestamp '2000-01-01 00:00') IS NOT NULL),
    currency char(3) NOT NULL CONSTRAINT fablab_setting_currency CHECK (currency ~ '^[A-Z]{3}$')
  );
`;

const CALENDARS = `
  CREATE TABLE workshop.calendar (
    id uuid CONSTRAINT calendar_pkey PRIMARY KEY,
    fablab_id uuid NOT NULL CONSTRAINT calendar_fablab_fkey REFERENCES identity.community (id),
    name text NOT NULL CONSTRAINT calendar_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
    created_at timestamptz NOT NULL,
    CONSTRAINT calendar_fablab_key UNIQUE (id, fablab_id)
  );
  CREATE UNIQUE INDEX calendar_name_key ON workshop.calendar (fablab_id, lower(name));

  -- Minutes since midnight on the wall of the fablab; Monday is 1.
  CREATE TABLE workshop.calendar_opening (
    calendar_id uuid NOT NULL CONSTRAINT calendar_opening_calendar_fkey REFERENCES workshop.calendar (id),
    weekday integer NOT NULL CONSTRAINT calendar_opening_weekday CHECK (weekday BETWEEN 1 AND 7),
    from_minute integer NOT NULL,
    to_minute integer NOT NULL,
    CONSTRAINT calendar_opening_pkey PRIMARY KEY (calendar_id, weekday, from_minute),
    CONSTRAINT calendar_opening_in_day CHECK (from_minute >= 0 AND to_minute <= 1440 AND from_minute < to_minute),
    CONSTRAINT calendar_opening_apart EXCLUDE USING gist
      (calendar_id WITH =, weekday WITH =, int4range(from_minute, to_minute) WITH &&)
  );

  CREATE TABLE workshop.calendar_exception (
    calendar_id uuid NOT NULL CONSTRAINT calendar_exception_calendar_fkey REFERENCES workshop.calendar (id),
    day date NOT NULL,
    reason text NOT NULL CONSTRAINT calendar_exception_reason_length CHECK (char_length(reason) BETWEEN 1 AND 120),
    CONSTRAINT calendar_exception_pkey PRIMARY KEY (calendar_id, day)
  );

  -- A day without a row here is closed for the whole day.
  CREATE TABLE workshop.calendar_exception_opening (
    calendar_id uuid NOT NULL,
    day date NOT NULL,
    from_minute integer NOT NULL,
    to_minute integer NOT NULL,
    CONSTRAINT calendar_exception_opening_pkey PRIMARY KEY (calendar_id, day, from_minute),
    CONSTRAINT calendar_exception_opening_day_fkey
      FOREIGN KEY (calendar_id, day) REFERENCES workshop.calendar_exception (calendar_id, day),
    CONSTRAINT calendar_exception_opening_in_day CHECK (from_minute >= 0 AND to_minute <= 1440 AND from_minute < to_minute),
    CONSTRAINT calendar_exception_opening_apart EXCLUDE USING gist
      (calendar_id WITH =, day WITH =, int4range(from_minute, to_minute) WITH &&)
  );
`;

const PLACES = `
  ALTER TABLE workshop.section
    ADD COLUMN code text GENERATED ALWAYS AS (upper(right(id::text, 10))) STORED
      CONSTRAINT section_code_key UNIQUE,
    ADD COLUMN coordinator_id uuid CONSTRAINT section_coordinator_fkey REFERENCES identity.person (id),
    ADD COLUMN retired_at timestamptz;

  ALTER TABLE workshop.work_centre
    ADD COLUMN hourly_cost_minor bigint CONSTRAINT work_centre_hourly_cost_range CHECK (hourly_cost_minor >= 0),
    ADD COLUMN hourly_cost_currency char(3)
      CONSTRAINT work_centre_hourly_cost_currency CHECK (hourly_cost_currency ~ '^[A-Z]{3}$'),
    -- Null: open at all times.
    ADD COLUMN calendar_id uuid,
    ADD COLUMN retired_at timestamptz,
    ADD CONSTRAINT work_centre_hourly_cost_whole CHECK ((hourly_cost_minor IS NULL) = (hourly_cost_currency IS NULL)),
    ADD CONSTRAINT work_centre_calendar_fkey
      FOREIGN KEY (calendar_id, fablab_id) REFERENCES workshop.calendar (id, fablab_id);
`;

const MACHINES = `
  CREATE TABLE workshop.machine (
    id uuid CONSTRAINT machine_pkey PRIMARY KEY,
    fablab_id uuid NOT NULL,
    work_centre_id uuid NOT NULL,
    name text NOT NULL CONSTRAINT machine_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
    code text GENERATED ALWAYS AS (upper(right(id::text, 10))) STORED CONSTRAINT machine_code_key UNIQUE,
    state text NOT NULL CONSTRAINT machine_state CHECK (state IN ('up', 'down', 'maintenance')),
    state_reason text CONSTRAINT machine_state_reason_length CHECK (char_length(state_reason) BETWEEN 1 AND 500),
    state_since timestamptz NOT NULL,
    inspected_on date,
    inspection_due_on date,
    retired_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT machine_work_centre_fkey FOREIGN KEY (work_centre_id, fablab_id) REFERENCES workshop.work_centre (id, fablab_id),
    CONSTRAINT machine_down_has_reason CHECK (state = 'up' OR state_reason IS NOT NULL),
    CONSTRAINT machine_inspection_in_order CHECK (inspection_due_on > inspected_on)
  );
  CREATE UNIQUE INDEX machine_name_key ON workshop.machine (work_centre_id, lower(name)) WHERE retired_at IS NULL;
  CREATE INDEX machine_fablab ON workshop.machine (fablab_id);

  CREATE TABLE workshop.machine_event (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT machine_event_pkey PRIMARY KEY,
    machine_id uuid NOT NULL CONSTRAINT machine_event_machine_fkey REFERENCES workshop.machine (id),
    from_state text NOT NULL,
    to_state text NOT NULL,
    reason text CONSTRAINT machine_event_reason_length CHECK (char_length(reason) BETWEEN 1 AND 500),
    person_id uuid NOT NULL CONSTRAINT machine_event_person_fkey REFERENCES identity.person (id),
    happened_at timestamptz NOT NULL
  );
  CREATE INDEX machine_event_machine ON workshop.machine_event (machine_id, id);
`;

const GUARDS = `
  -- The transition table of libs/workshop/src/domain/machine.ts. Nothing comes out of a retired machine.
  CREATE FUNCTION workshop.guard_machine_step() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.retired_at IS NOT NULL THEN
      RAISE EXCEPTION 'machine % is retired', OLD.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'machine_retired';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
      ('up', 'down'), ('up', 'maintenance'), ('down', 'up'), ('down', 'maintenance'), ('maintenance', 'up'), ('maintenance', 'down')
    ) THEN
      RAISE EXCEPTION 'machine % is %: it cannot become %', OLD.id, OLD.state, NEW.state
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'machine_legal_step';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER machine_step BEFORE UPDATE ON workshop.machine FOR EACH ROW EXECUTE FUNCTION workshop.guard_machine_step();
  CREATE TRIGGER machine_kept BEFORE DELETE ON workshop.machine FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER machine_kept_whole BEFORE TRUNCATE ON workshop.machine EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER machine_event_append_only BEFORE UPDATE OR DELETE ON workshop.machine_event
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER machine_event_append_only_whole BEFORE TRUNCATE ON workshop.machine_event EXECUTE FUNCTION platform.refuse_change();
`;
