import type { MigrationInterface, QueryRunner } from 'typeorm';

const IMMUTABLE = ['cost_sheet', 'cost_line', 'tier_plan', 'tier_offer'] as const;

/** What a unit of a version costs, openly, and in which forms it is offered. A change is a new number; nothing is edited. */
export class CostSheets1763600040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SHEETS);
    await runner.query(PLANS);
    for (const table of IMMUTABLE) {
      await runner.query(`
        CREATE TRIGGER ${table}_never_changes BEFORE UPDATE OR DELETE ON catalogue.${table}
          FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
        CREATE TRIGGER ${table}_never_truncated BEFORE TRUNCATE ON catalogue.${table}
          FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE catalogue.tier_offer, catalogue.tier_plan, catalogue.cost_line, catalogue.cost_sheet`,
    );
  }
}

const SHEETS = `
  CREATE TABLE catalogue.cost_sheet (
    id uuid NOT NULL CONSTRAINT cost_sheet_pkey PRIMARY KEY,
    product_version_id uuid NOT NULL
      CONSTRAINT cost_sheet_product_version_fkey REFERENCES catalogue.product_version (id),
    form text NOT NULL,
    currency char(3) NOT NULL,
    -- From 1 on; the highest one holds.
    number integer NOT NULL,
    -- The sum of its lines, held to them by the deferred trigger below.
    total_minor bigint NOT NULL,
    created_by uuid NOT NULL CONSTRAINT cost_sheet_created_by_fkey REFERENCES identity.person (id),
    created_at timestamptz NOT NULL,
    CONSTRAINT cost_sheet_number_key UNIQUE (product_version_id, form, currency, number),
    CONSTRAINT cost_sheet_form_known CHECK (form IN ('plans', 'kit', 'assembled')),
    CONSTRAINT cost_sheet_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT cost_sheet_number_positive CHECK (number > 0),
    CONSTRAINT cost_sheet_total_range CHECK (total_minor BETWEEN 0 AND 1000000000000000)
  );

  CREATE TABLE catalogue.cost_line (
    cost_sheet_id uuid NOT NULL CONSTRAINT cost_line_cost_sheet_fkey REFERENCES catalogue.cost_sheet (id),
    position integer NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    quantity_milli bigint NOT NULL,
    unit text NOT NULL,
    unit_price_minor bigint NOT NULL,
    -- Quantity times price, what is less than a minor unit rounded up.
    line_minor bigint NOT NULL
      GENERATED ALWAYS AS (ceil(quantity_milli::numeric * unit_price_minor / 1000)::bigint) STORED,
    CONSTRAINT cost_line_pkey PRIMARY KEY (cost_sheet_id, position),
    CONSTRAINT cost_line_position_range CHECK (position BETWEEN 1 AND 100),
    CONSTRAINT cost_line_kind_known CHECK (kind IN ('material', 'labour', 'machine', 'reserve', 'waste')),
    CONSTRAINT cost_line_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
    CONSTRAINT cost_line_quantity_range CHECK (quantity_milli BETWEEN 1 AND 1000000000000),
    CONSTRAINT cost_line_unit_length CHECK (char_length(unit) BETWEEN 1 AND 20),
    CONSTRAINT cost_line_unit_price_range CHECK (unit_price_minor BETWEEN 0 AND 1000000000000000)
  );

  -- TG_ARGV[0] names the column that holds the sheet's id.
  CREATE FUNCTION catalogue.cost_sheet_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    sheet uuid := (to_jsonb(NEW)->>TG_ARGV[0])::uuid;
  BEGIN
    IF (SELECT total_minor FROM catalogue.cost_sheet WHERE id = sheet) IS DISTINCT FROM
       (SELECT coalesce(sum(line_minor), 0)::bigint FROM catalogue.cost_line WHERE cost_sheet_id = sheet) THEN
      RAISE EXCEPTION 'cost sheet % does not add up to its lines', sheet
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER cost_sheet_adds_up AFTER INSERT ON catalogue.cost_sheet
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalogue.cost_sheet_adds_up('id');
  CREATE CONSTRAINT TRIGGER cost_line_adds_up AFTER INSERT ON catalogue.cost_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalogue.cost_sheet_adds_up('cost_sheet_id');
`;

const PLANS = `
  CREATE TABLE catalogue.tier_plan (
    id uuid NOT NULL CONSTRAINT tier_plan_pkey PRIMARY KEY,
    product_version_id uuid NOT NULL
      CONSTRAINT tier_plan_product_version_fkey REFERENCES catalogue.product_version (id),
    currency char(3) NOT NULL,
    -- From 1 on; the highest one holds.
    number integer NOT NULL,
    created_by uuid NOT NULL CONSTRAINT tier_plan_created_by_fkey REFERENCES identity.person (id),
    created_at timestamptz NOT NULL,
    CONSTRAINT tier_plan_number_key UNIQUE (product_version_id, currency, number),
    CONSTRAINT tier_plan_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT tier_plan_number_positive CHECK (number > 0)
  );

  CREATE TABLE catalogue.tier_offer (
    tier_plan_id uuid NOT NULL CONSTRAINT tier_offer_tier_plan_fkey REFERENCES catalogue.tier_plan (id),
    tier text NOT NULL,
    form text NOT NULL,
    distinction text NOT NULL,
    -- Of the premium tier.
    price_minor bigint,
    -- Of the fair tier: the least, and what is suggested.
    floor_minor bigint,
    suggested_minor bigint,
    CONSTRAINT tier_offer_pkey PRIMARY KEY (tier_plan_id, tier),
    CONSTRAINT tier_offer_form_known CHECK (form IN ('plans', 'kit', 'assembled')),
    CONSTRAINT tier_offer_distinction_length CHECK (char_length(distinction) BETWEEN 1 AND 2000),
    CONSTRAINT tier_offer_price_rule CHECK (CASE tier
      WHEN 'free' THEN num_nonnulls(price_minor, floor_minor, suggested_minor) = 0
      WHEN 'fair' THEN price_minor IS NULL AND floor_minor >= 0 AND suggested_minor >= greatest(floor_minor, 1)
      WHEN 'premium' THEN price_minor > 0 AND num_nonnulls(floor_minor, suggested_minor) = 0
      ELSE false END)
  );

  -- No version is offered without a free or a fair form; that the fair one is at cost needs the sheet, and is checked
  -- where the plan is read.
  CREATE FUNCTION catalogue.require_open_form() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM catalogue.tier_offer WHERE tier_plan_id = NEW.id AND tier IN ('free', 'fair')) THEN
      RAISE EXCEPTION 'tier plan % has neither a free nor a fair form', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER tier_plan_has_open_form AFTER INSERT ON catalogue.tier_plan
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalogue.require_open_form();
`;
