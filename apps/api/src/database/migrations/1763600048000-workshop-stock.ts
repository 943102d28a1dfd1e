import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What lies on the shelves: items, and movements that are never changed; what is on hand is their sum, and never less than nothing. */
export class WorkshopStock1763600048000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workshop.stock_item (
        id uuid CONSTRAINT stock_item_pkey PRIMARY KEY,
        fablab_id uuid NOT NULL CONSTRAINT stock_item_fablab_fkey REFERENCES identity.community (id),
        name text NOT NULL CONSTRAINT stock_item_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
        unit text NOT NULL CONSTRAINT stock_item_unit_length CHECK (char_length(unit) BETWEEN 1 AND 20),
        on_hand_milli bigint NOT NULL DEFAULT 0 CONSTRAINT stock_item_on_hand_range CHECK (on_hand_milli >= 0),
        created_at timestamptz NOT NULL
      );
      -- Bills of materials name an item and its unit: these two find it.
      CREATE UNIQUE INDEX stock_item_name_key ON workshop.stock_item (fablab_id, lower(name), unit);

      CREATE TABLE workshop.stock_movement (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT stock_movement_pkey PRIMARY KEY,
        item_id uuid NOT NULL CONSTRAINT stock_movement_item_fkey REFERENCES workshop.stock_item (id),
        kind text NOT NULL CONSTRAINT stock_movement_kind CHECK (kind IN ('receipt', 'issue', 'count')),
        -- What it adds: below zero for an issue, and either for a count, which sets what is on hand.
        quantity_milli bigint NOT NULL,
        note text CONSTRAINT stock_movement_note_length CHECK (char_length(note) BETWEEN 1 AND 300),
        person_id uuid NOT NULL CONSTRAINT stock_movement_person_fkey REFERENCES identity.person (id),
        happened_at timestamptz NOT NULL,
        CONSTRAINT stock_movement_sign CHECK (
          CASE kind WHEN 'receipt' THEN quantity_milli > 0 WHEN 'issue' THEN quantity_milli < 0 ELSE true END)
      );
      CREATE INDEX stock_movement_item ON workshop.stock_movement (item_id, id);

      CREATE FUNCTION workshop.add_to_stock() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE workshop.stock_item SET on_hand_milli = on_hand_milli + NEW.quantity_milli WHERE id = NEW.item_id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER stock_movement_counts AFTER INSERT ON workshop.stock_movement
        FOR EACH ROW EXECUTE FUNCTION workshop.add_to_stock();
      CREATE TRIGGER stock_movement_append_only BEFORE UPDATE OR DELETE ON workshop.stock_movement
        FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
      CREATE TRIGGER stock_movement_append_only_whole BEFORE TRUNCATE ON workshop.stock_movement
        EXECUTE FUNCTION platform.refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE workshop.stock_movement, workshop.stock_item;
      DROP FUNCTION workshop.add_to_stock();
    `);
  }
}
