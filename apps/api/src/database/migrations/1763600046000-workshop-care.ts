import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Care, cleaning, teaching and documentation are jobs like any other: a work order of a kind, without a product, and
 * one job in the lane of a work centre. Care plans make such orders again and again.
 */
export class WorkshopCare1763600046000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workshop.work_order
        ADD COLUMN kind text NOT NULL DEFAULT 'production' CONSTRAINT work_order_kind
          CHECK (kind IN ('production', 'care', 'cleaning', 'teaching', 'documentation')),
        ALTER COLUMN product_version_id DROP NOT NULL,
        ADD CONSTRAINT work_order_makes_a_product CHECK ((kind = 'production') = (product_version_id IS NOT NULL)),
        -- What a house does for itself, no contract pays as a deliverable.
        ADD CONSTRAINT work_order_house_without_contract CHECK (kind = 'production' OR contract_id IS NULL);

      CREATE TABLE workshop.care_plan (
        id uuid CONSTRAINT care_plan_pkey PRIMARY KEY,
        fablab_id uuid NOT NULL,
        work_centre_id uuid NOT NULL,
        kind text NOT NULL CONSTRAINT care_plan_kind CHECK (kind IN ('care', 'cleaning', 'teaching', 'documentation')),
        name text NOT NULL CONSTRAINT care_plan_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
        instructions text CONSTRAINT care_plan_instructions_length CHECK (char_length(instructions) BETWEEN 1 AND 2000),
        minutes integer NOT NULL CONSTRAINT care_plan_minutes_range CHECK (minutes BETWEEN 1 AND 100000),
        every_days integer NOT NULL CONSTRAINT care_plan_every_days_range CHECK (every_days BETWEEN 1 AND 3660),
        -- The day on which the next job is due; the job is made lead_days before.
        next_on date NOT NULL,
        lead_days integer NOT NULL CONSTRAINT care_plan_lead_days_range CHECK (lead_days BETWEEN 0 AND 365),
        created_at timestamptz NOT NULL,
        ended_at timestamptz,
        CONSTRAINT care_plan_work_centre_fkey FOREIGN KEY (work_centre_id, fablab_id) REFERENCES workshop.work_centre (id, fablab_id)
      );
      CREATE INDEX care_plan_fablab ON workshop.care_plan (fablab_id);
      CREATE INDEX care_plan_next ON workshop.care_plan ((next_on - lead_days)) WHERE ended_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE workshop.care_plan;
      ALTER TABLE workshop.work_order DROP CONSTRAINT work_order_makes_a_product,
        DROP CONSTRAINT work_order_house_without_contract, DROP COLUMN kind;
    `);
  }
}
