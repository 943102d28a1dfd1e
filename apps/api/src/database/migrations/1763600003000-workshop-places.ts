import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where work is done and who may do it: sections, work centres with their lanes, qualifications and who holds
 * them. The catalogue's routings refer to `work_centre (id, fablab_id)`, so this comes before them.
 */
export class WorkshopPlaces1763600003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA workshop;

      CREATE TABLE workshop.section (
        id uuid CONSTRAINT section_pkey PRIMARY KEY,
        fablab_id uuid NOT NULL CONSTRAINT section_fablab_fkey REFERENCES identity.community (id),
        slug text NOT NULL CONSTRAINT section_slug_form CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(slug) <= 60),
        name text NOT NULL CONSTRAINT section_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
        created_at timestamptz NOT NULL,
        CONSTRAINT section_slug_key UNIQUE (fablab_id, slug),
        CONSTRAINT section_fablab_key UNIQUE (id, fablab_id)
      );

      CREATE TABLE workshop.work_centre (
        id uuid CONSTRAINT work_centre_pkey PRIMARY KEY,
        fablab_id uuid NOT NULL,
        section_id uuid NOT NULL,
        name text NOT NULL CONSTRAINT work_centre_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
        capacity integer NOT NULL CONSTRAINT work_centre_capacity_range CHECK (capacity BETWEEN 1 AND 1000),
        created_at timestamptz NOT NULL,
        CONSTRAINT work_centre_section_fkey FOREIGN KEY (section_id, fablab_id) REFERENCES workshop.section (id, fablab_id),
        -- Others refer to both columns, so that a routing can name work centres of its own fablab only.
        CONSTRAINT work_centre_fablab_key UNIQUE (id, fablab_id),
        CONSTRAINT work_centre_section_key UNIQUE (id, section_id)
      );
      CREATE UNIQUE INDEX work_centre_name_key ON workshop.work_centre (section_id, lower(name));

      -- A lane is what a BullMQ queue stands for: jobs of one work centre that ask the same of a maker.
      -- Today each work centre has one; a second one is a row, and no change of the jobs' columns.
      CREATE TABLE workshop.lane (
        id uuid CONSTRAINT lane_pkey PRIMARY KEY,
        work_centre_id uuid NOT NULL CONSTRAINT lane_work_centre_fkey REFERENCES workshop.work_centre (id),
        created_at timestamptz NOT NULL,
        CONSTRAINT lane_work_centre_key UNIQUE (id, work_centre_id)
      );
      CREATE INDEX lane_work_centre ON workshop.lane (work_centre_id);

      CREATE TABLE workshop.qualification (
        id uuid CONSTRAINT qualification_pkey PRIMARY KEY,
        fablab_id uuid NOT NULL CONSTRAINT qualification_fablab_fkey REFERENCES identity.community (id),
        name text NOT NULL CONSTRAINT qualification_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
        kind text NOT NULL CONSTRAINT qualification_kind CHECK (kind IN ('safety', 'competency', 'optional')),
        created_at timestamptz NOT NULL,
        CONSTRAINT qualification_fablab_key UNIQUE (id, fablab_id)
      );
      CREATE UNIQUE INDEX qualification_name_key ON workshop.qualification (fablab_id, lower(name));

      CREATE TABLE workshop.work_centre_qualification (
        work_centre_id uuid NOT NULL,
        qualification_id uuid NOT NULL,
        fablab_id uuid NOT NULL,
        CONSTRAINT work_centre_qualification_pkey PRIMARY KEY (work_centre_id, qualification_id),
        CONSTRAINT work_centre_qualification_work_centre_fkey
          FOREIGN KEY (work_centre_id, fablab_id) REFERENCES workshop.work_centre (id, fablab_id),
        CONSTRAINT work_centre_qualification_qualification_fkey
          FOREIGN KEY (qualification_id, fablab_id) REFERENCES workshop.qualification (id, fablab_id)
      );
      CREATE INDEX work_centre_qualification_qualification ON workshop.work_centre_qualification (qualification_id);

      CREATE TABLE workshop.maker_qualification (
        id uuid CONSTRAINT maker_qualification_pkey PRIMARY KEY,
        fablab_id uuid NOT NULL,
        qualification_id uuid NOT NULL,
        person_id uuid NOT NULL CONSTRAINT maker_qualification_person_fkey REFERENCES identity.person (id),
        granted_by uuid NOT NULL CONSTRAINT maker_qualification_granter_fkey REFERENCES identity.person (id),
        granted_at timestamptz NOT NULL,
        -- The last day on which it counts; null: for good.
        expires_on date,
        superseded_at timestamptz,
        CONSTRAINT maker_qualification_qualification_fkey
          FOREIGN KEY (qualification_id, fablab_id) REFERENCES workshop.qualification (id, fablab_id),
        CONSTRAINT maker_qualification_expiry_later CHECK (expires_on IS NULL OR expires_on >= (granted_at AT TIME ZONE 'UTC')::date),
        CONSTRAINT maker_qualification_superseded_later CHECK (superseded_at IS NULL OR superseded_at >= granted_at)
      );
      -- A renewal supersedes the grant before it, which stays to be read: one grant counts at any time.
      CREATE UNIQUE INDEX maker_qualification_current_key
        ON workshop.maker_qualification (person_id, qualification_id) WHERE superseded_at IS NULL;
      CREATE INDEX maker_qualification_fablab ON workshop.maker_qualification (fablab_id);
      CREATE INDEX maker_qualification_qualification ON workshop.maker_qualification (qualification_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA workshop CASCADE`);
  }
}
