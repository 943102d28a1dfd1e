import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an account's entries come to is kept every few hundred entries, so that a balance is the newest kept sum and
 * the entries after it, however many there are before it. Nobody waits for that: entries are insert-only as before,
 * and sums are kept later, of entries that cannot become more (docs/adr/0008-kept-sums.md).
 */
export class KeptSums1763600016000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(NUMBERS);
    await runner.query(MARKS);
    await runner.query(SUMS);
    await runner.query(KEEP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION ledger.keep_sums;
      DROP TABLE ledger.kept_sum, ledger.entry_mark;
      DROP FUNCTION ledger.recompute_kept_sum;
      DROP FUNCTION ledger.set_entry_mark;
      DROP TRIGGER entry_numbered ON ledger.entry;
      DROP FUNCTION ledger.number_entry;
      DROP INDEX ledger.entry_by_number;
      ALTER TABLE ledger.entry DROP COLUMN number;
      DROP SEQUENCE ledger.entry_number;
      CREATE INDEX entry_by_account ON ledger.entry (account_id, transfer_id, position) INCLUDE (layer, amount_minor);
    `);
  }
}

const NUMBERS = `
  -- One number at a time: a session that had some in stock would use them after others that are higher.
  CREATE SEQUENCE ledger.entry_number AS bigint CACHE 1;
  -- In the order of booking. What is there already gets its numbers in the order of the table.
  ALTER TABLE ledger.entry ADD COLUMN number bigint NOT NULL DEFAULT nextval('ledger.entry_number');
  ALTER TABLE ledger.entry ALTER COLUMN number DROP DEFAULT;
  ALTER SEQUENCE ledger.entry_number OWNED BY ledger.entry.number;
  -- An account's entries in that order, and sums of them without a visit to the table.
  DROP INDEX ledger.entry_by_account;
  CREATE UNIQUE INDEX entry_number_once ON ledger.entry (account_id, number) INCLUDE (layer, amount_minor);
  -- What is new since a number. Rows lie in the order of their numbers, so this index is almost nothing.
  CREATE INDEX entry_by_number ON ledger.entry USING brin (number) WITH (pages_per_range = 16, autosummarize = on);

  -- Nobody chooses a number. A transaction has its id before it has one, which ledger.set_entry_mark rests on.
  CREATE FUNCTION ledger.number_entry() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    writer xid8 := pg_current_xact_id();
  BEGIN
    NEW.number := nextval('ledger.entry_number');
    RETURN NEW;
  END $$;
  CREATE TRIGGER entry_numbered BEFORE INSERT ON ledger.entry
    FOR EACH ROW EXECUTE FUNCTION ledger.number_entry();
`;

const MARKS = `
  -- «Every number up to this one was given to a transaction that is older than this one.» Once all older ones have
  -- ended, no entry can turn up at or below the mark any more: it is settled.
  CREATE TABLE ledger.entry_mark (
    number bigint NOT NULL,
    -- The transaction that set it. After a restore into another cluster an old one says nothing, and new marks do.
    writer xid8 NOT NULL,
    -- Up to where sums had been kept by then.
    kept_through bigint NOT NULL,
    CONSTRAINT entry_mark_pkey PRIMARY KEY (number, writer),
    CONSTRAINT entry_mark_kept_order CHECK (kept_through BETWEEN 0 AND number)
  );

  -- Number and writer are found here, whatever was given: first the number is read, and then the transaction gets its
  -- id, so that every transaction that was given a number up to it has a lower id.
  CREATE FUNCTION ledger.set_entry_mark() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
      RAISE EXCEPTION 'a mark is the first thing that its transaction writes'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
    END IF;
    SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO NEW.number FROM ledger.entry_number;
    NEW.writer := pg_current_xact_id();
    RETURN NEW;
  END $$;
  CREATE TRIGGER entry_mark_first BEFORE INSERT ON ledger.entry_mark
    FOR EACH ROW EXECUTE FUNCTION ledger.set_entry_mark();
  CREATE TRIGGER entry_mark_append_only BEFORE UPDATE OR DELETE ON ledger.entry_mark
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER entry_mark_no_truncate BEFORE TRUNCATE ON ledger.entry_mark
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const SUMS = `
  -- What all entries of an account up to a number come to; debits above zero.
  CREATE TABLE ledger.kept_sum (
    account_id uuid NOT NULL CONSTRAINT kept_sum_account_fkey REFERENCES ledger.account (id),
    through_number bigint NOT NULL,
    posted_minor bigint NOT NULL,
    -- Of what is pending, less what was released.
    pending_minor bigint NOT NULL,
    CONSTRAINT kept_sum_pkey PRIMARY KEY (account_id, through_number)
  );

  -- The figures are recomputed here, whatever was given, and only of entries that are settled.
  CREATE FUNCTION ledger.recompute_kept_sum() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM ledger.entry_mark
                   WHERE number >= NEW.through_number AND writer < pg_snapshot_xmin(pg_current_snapshot())) THEN
      RAISE EXCEPTION 'entries up to % may still become more', NEW.through_number
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'kept_sum_settled';
    END IF;
    SELECT coalesce(before.posted_minor, 0) + coalesce(sum(e.amount_minor) FILTER (WHERE e.layer = 'posted'), 0),
           coalesce(before.pending_minor, 0) + coalesce(sum(e.amount_minor) FILTER (WHERE e.layer <> 'posted'), 0)
      INTO NEW.posted_minor, NEW.pending_minor
      FROM (SELECT 1) always
      LEFT JOIN LATERAL (
        SELECT through_number, posted_minor, pending_minor FROM ledger.kept_sum
        WHERE account_id = NEW.account_id AND through_number < NEW.through_number
        ORDER BY through_number DESC LIMIT 1
      ) before ON true
      LEFT JOIN ledger.entry e ON e.account_id = NEW.account_id
        AND e.number > coalesce(before.through_number, 0) AND e.number <= NEW.through_number
      GROUP BY before.posted_minor, before.pending_minor;
    RETURN NEW;
  END $$;
  CREATE TRIGGER kept_sum_recomputed BEFORE INSERT ON ledger.kept_sum
    FOR EACH ROW EXECUTE FUNCTION ledger.recompute_kept_sum();
  CREATE TRIGGER kept_sum_append_only BEFORE UPDATE OR DELETE ON ledger.kept_sum
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER kept_sum_no_truncate BEFORE TRUNCATE ON ledger.kept_sum
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const KEEP = `
  -- Keeps a sum at every so many entries of an account, up to the newest settled mark, and sets the next mark. The
  -- first thing in its transaction. Several may run at once: each figure follows from the entries alone.
  -- Returns how many sums were kept.
  CREATE FUNCTION ledger.keep_sums(every integer) RETURNS bigint LANGUAGE plpgsql AS $$
  DECLARE
    settled bigint;
    kept bigint;
    latest bigint;
    written bigint := 0;
    at_account uuid;
    at_number bigint;
  BEGIN
    SELECT coalesce(max(number) FILTER (WHERE writer < pg_snapshot_xmin(pg_current_snapshot())), 0),
           coalesce(max(kept_through), 0), coalesce(max(number), 0)
      INTO settled, kept, latest
      FROM (SELECT * FROM ledger.entry_mark ORDER BY number DESC, writer DESC LIMIT 100) newest;
    settled := greatest(settled, kept);
    IF settled > kept OR (SELECT is_called AND last_value >= latest + every FROM ledger.entry_number) THEN
      INSERT INTO ledger.entry_mark (kept_through) VALUES (settled);
    END IF;
    -- In order of number within each account, so that each sum begins where the one before it ended.
    FOR at_account, at_number IN
      SELECT due.account_id, due.number
      FROM (SELECT DISTINCT account_id FROM ledger.entry WHERE number > kept AND number <= settled) touched
      CROSS JOIN LATERAL (
        SELECT e.account_id, e.number, row_number() OVER (ORDER BY e.number) AS n FROM ledger.entry e
        WHERE e.account_id = touched.account_id AND e.number <= settled
          AND e.number > coalesce((SELECT max(k.through_number) FROM ledger.kept_sum k WHERE k.account_id = touched.account_id), 0)
      ) due
      WHERE due.n % every = 0 ORDER BY due.account_id, due.number
    LOOP
      INSERT INTO ledger.kept_sum (account_id, through_number) VALUES (at_account, at_number)
        ON CONFLICT ON CONSTRAINT kept_sum_pkey DO NOTHING;
      written := written + 1;
    END LOOP;
    RETURN written;
  END $$;
`;
