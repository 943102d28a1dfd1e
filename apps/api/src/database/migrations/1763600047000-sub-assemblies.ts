import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A line of a bill of materials may be a sub-assembly: a version that is made first. Versions never change and are
 * written after those they refer to, so that references cannot go round.
 */
export class SubAssemblies1763600047000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE catalogue.bom_line
        ADD COLUMN part_version_id uuid CONSTRAINT bom_line_part_version_fkey REFERENCES catalogue.product_version (id),
        ADD CONSTRAINT bom_line_part_other CHECK (part_version_id <> product_version_id),
        -- Half a frame is not made.
        ADD CONSTRAINT bom_line_part_whole CHECK (part_version_id IS NULL OR quantity_milli % 1000 = 0);
      CREATE INDEX bom_line_part_version ON catalogue.bom_line (part_version_id) WHERE part_version_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE catalogue.bom_line DROP CONSTRAINT bom_line_part_other, DROP CONSTRAINT bom_line_part_whole,
        DROP COLUMN part_version_id;
    `);
  }
}
