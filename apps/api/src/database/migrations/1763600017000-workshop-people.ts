import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who may work when: learners and teachers among those who hold a qualification, withdrawals, visiting makers and
 * their stays, weekly hours and absences.
 */
export class WorkshopPeople1763600017000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(GRANTS);
    await runner.query(STAYS);
    await runner.query(HOURS);
    await runner.query(FUNCTIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION workshop.holds(uuid, uuid, date), workshop.may_work(uuid, uuid, date), workshop.local_day(uuid, timestamptz);
      DROP TABLE workshop.maker_absence, workshop.maker_hours, workshop.stay_item, workshop.stay, workshop.onboarding_item,
        workshop.maker;
      ALTER TABLE workshop.maker_qualification DROP COLUMN level, DROP COLUMN supervisor_id, DROP COLUMN may_teach,
        DROP COLUMN withdrawn_by, DROP COLUMN withdrawn_reason;
    `);
  }
}

const GRANTS = `
  -- The day is the fablab's own, which may be a day behind that of UTC.
  ALTER TABLE workshop.maker_qualification
    DROP CONSTRAINT maker_qualification_expiry_later,
    ADD CONSTRAINT maker_qualification_expiry_later
      CHECK (expires_on IS NULL OR expires_on >= (granted_at AT TIME ZONE 'UTC')::date - 1);
  ALTER TABLE workshop.maker_qualification
    ADD COLUMN level text NOT NULL DEFAULT 'full' CONSTRAINT maker_qualification_level CHECK (level IN ('full', 'learner')),
    -- In whose presence a learner works.
    ADD COLUMN supervisor_id uuid CONSTRAINT maker_qualification_supervisor_fkey REFERENCES identity.person (id),
    -- Teachers grant this qualification to others, and may be supervisors.
    ADD COLUMN may_teach boolean NOT NULL DEFAULT false,
    ADD COLUMN withdrawn_by uuid CONSTRAINT maker_qualification_withdrawer_fkey REFERENCES identity.person (id),
    ADD COLUMN withdrawn_reason text
      CONSTRAINT maker_qualification_withdrawn_reason_length CHECK (char_length(withdrawn_reason) BETWEEN 1 AND 500),
    ADD CONSTRAINT maker_qualification_learner_supervised CHECK ((level = 'learner') = (supervisor_id IS NOT NULL)),
    ADD CONSTRAINT maker_qualification_supervisor_other CHECK (supervisor_id <> person_id),
    ADD CONSTRAINT maker_qualification_learner_teaches_not CHECK (level = 'full' OR NOT may_teach),
    ADD CONSTRAINT maker_qualification_withdrawn_whole CHECK (
      (withdrawn_by IS NULL) = (withdrawn_reason IS NULL) AND (withdrawn_by IS NULL OR superseded_at IS NOT NULL));
`;

const STAYS = `
  -- Only those of whom there is something to say; a maker without a row is a resident.
  CREATE TABLE workshop.maker (
    fablab_id uuid NOT NULL CONSTRAINT maker_fablab_fkey REFERENCES identity.community (id),
    person_id uuid NOT NULL CONSTRAINT maker_person_fkey REFERENCES identity.person (id),
    -- Visitors take jobs on the days of their stays only.
    visiting boolean NOT NULL,
    CONSTRAINT maker_pkey PRIMARY KEY (fablab_id, person_id)
  );

  -- What is gone through with everyone who comes.
  CREATE TABLE workshop.onboarding_item (
    fablab_id uuid NOT NULL CONSTRAINT onboarding_item_fablab_fkey REFERENCES identity.community (id),
    position integer NOT NULL CONSTRAINT onboarding_item_position CHECK (position BETWEEN 1 AND 50),
    text text NOT NULL CONSTRAINT onboarding_item_text_length CHECK (char_length(text) BETWEEN 1 AND 300),
    CONSTRAINT onboarding_item_pkey PRIMARY KEY (fablab_id, position)
  );

  CREATE TABLE workshop.stay (
    id uuid CONSTRAINT stay_pkey PRIMARY KEY,
    fablab_id uuid NOT NULL,
    person_id uuid NOT NULL,
    host_id uuid NOT NULL CONSTRAINT stay_host_fkey REFERENCES identity.person (id),
    from_day date NOT NULL,
    to_day date NOT NULL,
    skills text CONSTRAINT stay_skills_length CHECK (char_length(skills) BETWEEN 1 AND 2000),
    created_at timestamptz NOT NULL,
    cancelled_at timestamptz,
    CONSTRAINT stay_maker_fkey FOREIGN KEY (fablab_id, person_id) REFERENCES workshop.maker (fablab_id, person_id),
    CONSTRAINT stay_in_order CHECK (from_day <= to_day),
    CONSTRAINT stay_host_other CHECK (host_id <> person_id),
    CONSTRAINT stay_apart EXCLUDE USING gist
      (fablab_id WITH =, person_id WITH =, daterange(from_day, to_day, '[]') WITH &&) WHERE (cancelled_at IS NULL)
  );
  CREATE INDEX stay_fablab ON workshop.stay (fablab_id, to_day);

  -- The fablab's list as it was when the stay was entered.
  CREATE TABLE workshop.stay_item (
    stay_id uuid NOT NULL CONSTRAINT stay_item_stay_fkey REFERENCES workshop.stay (id),
    position integer NOT NULL,
    text text NOT NULL CONSTRAINT stay_item_text_length CHECK (char_length(text) BETWEEN 1 AND 300),
    ticked_by uuid CONSTRAINT stay_item_ticker_fkey REFERENCES identity.person (id),
    ticked_at timestamptz,
    CONSTRAINT stay_item_pkey PRIMARY KEY (stay_id, position),
    CONSTRAINT stay_item_ticked_whole CHECK ((ticked_by IS NULL) = (ticked_at IS NULL))
  );
`;

const HOURS = `
  CREATE TABLE workshop.maker_hours (
    fablab_id uuid NOT NULL CONSTRAINT maker_hours_fablab_fkey REFERENCES identity.community (id),
    person_id uuid NOT NULL CONSTRAINT maker_hours_person_fkey REFERENCES identity.person (id),
    weekday integer NOT NULL CONSTRAINT maker_hours_weekday CHECK (weekday BETWEEN 1 AND 7),
    from_minute integer NOT NULL,
    to_minute integer NOT NULL,
    CONSTRAINT maker_hours_pkey PRIMARY KEY (fablab_id, person_id, weekday, from_minute),
    CONSTRAINT maker_hours_in_day CHECK (from_minute >= 0 AND to_minute <= 1440 AND from_minute < to_minute),
    CONSTRAINT maker_hours_apart EXCLUDE USING gist
      (fablab_id WITH =, person_id WITH =, weekday WITH =, int4range(from_minute, to_minute) WITH &&)
  );

  -- No reason is asked for: why somebody is away is their own affair.
  CREATE TABLE workshop.maker_absence (
    id uuid CONSTRAINT maker_absence_pkey PRIMARY KEY,
    fablab_id uuid NOT NULL CONSTRAINT maker_absence_fablab_fkey REFERENCES identity.community (id),
    person_id uuid NOT NULL CONSTRAINT maker_absence_person_fkey REFERENCES identity.person (id),
    from_day date NOT NULL,
    to_day date NOT NULL,
    CONSTRAINT maker_absence_in_order CHECK (from_day <= to_day),
    CONSTRAINT maker_absence_apart EXCLUDE USING gist
      (fablab_id WITH =, person_id WITH =, daterange(from_day, to_day, '[]') WITH &&)
  );
`;

const FUNCTIONS = `
  CREATE FUNCTION workshop.local_day(fablab uuid, instant timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (instant AT TIME ZONE coalesce(
      (SELECT time_zone FROM workshop.fablab_setting WHERE fablab_id = fablab), 'UTC'))::date
  $$;

  -- A learner's grant counts while its supervisor's own does: one that is full, of a teacher, and has not expired.
  CREATE FUNCTION workshop.holds(person uuid, qualification uuid, today date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
      SELECT 1 FROM workshop.maker_qualification AS held
      WHERE held.person_id = person AND held.qualification_id = qualification AND held.superseded_at IS NULL
        AND (held.expires_on IS NULL OR held.expires_on >= today)
        AND (held.level = 'full' OR EXISTS (
          SELECT 1 FROM workshop.maker_qualification AS teacher
          WHERE teacher.person_id = held.supervisor_id AND teacher.qualification_id = qualification
            AND teacher.superseded_at IS NULL AND teacher.may_teach
            AND (teacher.expires_on IS NULL OR teacher.expires_on >= today))))
  $$;

  -- Residents may at any time, visitors on the days of their stays.
  CREATE FUNCTION workshop.may_work(person uuid, fablab uuid, today date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (SELECT 1 FROM workshop.maker WHERE fablab_id = fablab AND person_id = person AND visiting)
      OR EXISTS (SELECT 1 FROM workshop.stay WHERE fablab_id = fablab AND person_id = person AND cancelled_at IS NULL
                 AND today BETWEEN from_day AND to_day)
  $$;
`;
