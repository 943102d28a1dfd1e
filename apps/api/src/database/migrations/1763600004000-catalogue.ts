import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables whose rows never change: a contract pins a version, and a job follows its routing. */
const IMMUTABLE = ['product_version', 'bom_line', 'operation', 'operation_predecessor'] as const;

/** Products and their versions, each with a bill of materials and a routing. */
export class Catalogue1763600004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA catalogue;

      CREATE TABLE catalogue.product (
        id uuid NOT NULL CONSTRAINT product_pkey PRIMARY KEY,
        fablab_id uuid NOT NULL CONSTRAINT product_fablab_fkey REFERENCES identity.community (id),
        slug text NOT NULL,
        name text NOT NULL,
        description text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT product_slug_key UNIQUE (fablab_id, slug),
        -- For references that keep product and fablab together.
        CONSTRAINT product_id_fablab_key UNIQUE (id, fablab_id),
        CONSTRAINT product_slug_form CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(slug) <= 60),
        CONSTRAINT product_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
        CONSTRAINT product_description_length CHECK (char_length(description) <= 2000)
      );
      -- The public list is read in this order, page by page.
      CREATE INDEX product_by_name ON catalogue.product (name, id);
      CREATE INDEX product_by_fablab_and_name ON catalogue.product (fablab_id, name, id);

      CREATE TABLE catalogue.product_version (
        id uuid NOT NULL CONSTRAINT product_version_pkey PRIMARY KEY,
        product_id uuid NOT NULL,
        fablab_id uuid NOT NULL,
        label text NOT NULL,
        licence text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT product_version_label_key UNIQUE (product_id, label),
        CONSTRAINT product_version_id_fablab_key UNIQUE (id, fablab_id),
        CONSTRAINT product_version_product_fkey
          FOREIGN KEY (product_id, fablab_id) REFERENCES catalogue.product (id, fablab_id),
        CONSTRAINT product_version_label_length CHECK (char_length(label) BETWEEN 1 AND 120),
        CONSTRAINT product_version_licence_length CHECK (char_length(licence) BETWEEN 1 AND 120)
      );

      CREATE TABLE catalogue.bom_line (
        product_version_id uuid NOT NULL
          CONSTRAINT bom_line_product_version_fkey REFERENCES catalogue.product_version (id),
        position integer NOT NULL,
        item text NOT NULL,
        -- For one unit of the product.
        quantity_milli bigint NOT NULL,
        unit text NOT NULL,
        CONSTRAINT bom_line_pkey PRIMARY KEY (product_version_id, position),
        CONSTRAINT bom_line_position_range CHECK (position BETWEEN 1 AND 300),
        CONSTRAINT bom_line_item_length CHECK (char_length(item) BETWEEN 1 AND 120),
        CONSTRAINT bom_line_quantity_range CHECK (quantity_milli BETWEEN 1 AND 1000000000000),
        CONSTRAINT bom_line_unit_length CHECK (char_length(unit) BETWEEN 1 AND 20)
      );

      CREATE TABLE catalogue.operation (
        id uuid NOT NULL CONSTRAINT operation_pkey PRIMARY KEY,
        product_version_id uuid NOT NULL,
        fablab_id uuid NOT NULL,
        position integer NOT NULL,
        name text NOT NULL,
        work_centre_id uuid NOT NULL,
        setup_minutes integer NOT NULL,
        unit_minutes integer NOT NULL,
        instructions text,
        CONSTRAINT operation_position_key UNIQUE (product_version_id, position),
        -- The fablab stands in both, so that a routing never leads to the work centre of another fablab.
        CONSTRAINT operation_product_version_fkey
          FOREIGN KEY (product_version_id, fablab_id) REFERENCES catalogue.product_version (id, fablab_id),
        CONSTRAINT operation_work_centre_fkey
          FOREIGN KEY (work_centre_id, fablab_id) REFERENCES workshop.work_centre (id, fablab_id),
        CONSTRAINT operation_position_range CHECK (position BETWEEN 1 AND 100),
        CONSTRAINT operation_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
        CONSTRAINT operation_setup_minutes_range CHECK (setup_minutes BETWEEN 0 AND 100000),
        CONSTRAINT operation_unit_minutes_range CHECK (unit_minutes BETWEEN 0 AND 100000),
        CONSTRAINT operation_takes_time CHECK (setup_minutes + unit_minutes > 0),
        CONSTRAINT operation_instructions_length CHECK (char_length(instructions) BETWEEN 1 AND 2000)
      );
      CREATE INDEX operation_by_work_centre ON catalogue.operation (work_centre_id);

      CREATE TABLE catalogue.operation_predecessor (
        product_version_id uuid NOT NULL,
        position integer NOT NULL,
        after_position integer NOT NULL,
        CONSTRAINT operation_predecessor_pkey PRIMARY KEY (product_version_id, position, after_position),
        CONSTRAINT operation_predecessor_operation_fkey
          FOREIGN KEY (product_version_id, position) REFERENCES catalogue.operation (product_version_id, position),
        CONSTRAINT operation_predecessor_after_fkey
          FOREIGN KEY (product_version_id, after_position) REFERENCES catalogue.operation (product_version_id, position),
        CONSTRAINT operation_predecessor_other CHECK (position <> after_position)
      );

      -- A version is sealed when its transaction commits: a part that comes later is refused, as is a change.
      CREATE FUNCTION catalogue.refuse_late_part() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT EXISTS (SELECT 1 FROM catalogue.product_version
                       WHERE id = NEW.product_version_id AND xmin = pg_current_xact_id()::xid) THEN
          RAISE EXCEPTION 'product version % is sealed: a later % is refused', NEW.product_version_id, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
        END IF;
        RETURN NEW;
      END $$;

      CREATE FUNCTION catalogue.require_operation() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT EXISTS (SELECT 1 FROM catalogue.operation WHERE product_version_id = NEW.id) THEN
          RAISE EXCEPTION 'product version % has no operation', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
        END IF;
        RETURN NULL;
      END $$;

      CREATE CONSTRAINT TRIGGER product_version_has_operation AFTER INSERT ON catalogue.product_version
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalogue.require_operation();
    `);
    for (const table of IMMUTABLE) await runner.query(immutable(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA catalogue CASCADE`);
  }
}

function immutable(table: (typeof IMMUTABLE)[number]): string {
  const sealed = `
    CREATE TRIGGER ${table}_sealed BEFORE INSERT ON catalogue.${table}
      FOR EACH ROW EXECUTE FUNCTION catalogue.refuse_late_part();`;
  return `
    CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON catalogue.${table}
      FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
    CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON catalogue.${table}
      FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
    ${table === 'product_version' ? '' : sealed}`;
}
