import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The public log: leaves, their places, the hashes above them, and the heads that were signed. All of it is
 * append-only, and nothing is stored twice: what `npm run verify` fetches is put together from these very rows.
 */
export class PublicLog1763600043000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE SCHEMA IF NOT EXISTS registry`);
    await runner.query(LEAVES);
    await runner.query(TREE);
    await runner.query(HEADS);
    for (const table of APPEND_ONLY) await runner.query(appendOnly(table));
    await runner.query(RELEASES);
    await runner.query(LEDGER);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contracting.release DROP CONSTRAINT release_logged, DROP COLUMN log_kind;
      DROP INDEX ledger.transfer_by_booking;
      DROP SCHEMA registry CASCADE;
    `);
  }
}

const APPEND_ONLY = [
  'log_leaf',
  'log_document',
  'log_entry',
  'log_node',
  'log_checkpoint',
  'log_cosignature',
  'log_key',
];

function appendOnly(table: string): string {
  return `
    CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON registry.${table}
      FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
    CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON registry.${table}
      FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();`;
}

const LEAVES = `
  -- A leaf is its statement; the other columns are read from it, so they cannot say anything else.
  CREATE TABLE registry.log_leaf (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT log_leaf_pkey PRIMARY KEY,
    statement text NOT NULL,
    kind text NOT NULL GENERATED ALWAYS AS (statement::jsonb->>'kind') STORED,
    subject text NOT NULL GENERATED ALWAYS AS (statement::jsonb->>'subject') STORED,
    sha256 text NOT NULL GENERATED ALWAYS AS (statement::jsonb->>'sha256') STORED,
    CONSTRAINT log_leaf_once UNIQUE (kind, sha256),
    CONSTRAINT log_leaf_length CHECK (octet_length(statement) <= 4000),
    CONSTRAINT log_leaf_format CHECK (statement::jsonb->>'format' = 'commonwright.leaf/1'),
    CONSTRAINT log_leaf_kind_form CHECK (kind ~ '^[a-z]+(-[a-z]+)*$'),
    CONSTRAINT log_leaf_sha256_form CHECK (sha256 ~ '^[0-9a-f]{64}$')
  );
  -- Which days of a ledger have their digest.
  CREATE INDEX log_leaf_by_subject ON registry.log_leaf (kind, subject, id);

  -- What waits for its place. Ids are given before commits, so "after the last one" would pass some by.
  CREATE TABLE registry.log_waiting (
    leaf_id bigint NOT NULL CONSTRAINT log_waiting_pkey PRIMARY KEY
      CONSTRAINT log_waiting_leaf_fkey REFERENCES registry.log_leaf (id)
  );
  CREATE FUNCTION registry.await_place() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO registry.log_waiting (leaf_id) SELECT id FROM added;
    RETURN NULL;
  END $$;
  CREATE TRIGGER log_leaf_waits AFTER INSERT ON registry.log_leaf
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION registry.await_place();

  -- Documents that nobody else keeps: the rules about money.
  CREATE TABLE registry.log_document (
    sha256 text NOT NULL CONSTRAINT log_document_pkey PRIMARY KEY,
    canonical_json text NOT NULL,
    CONSTRAINT log_document_sha256_of_text CHECK (sha256 = encode(sha256(convert_to(canonical_json, 'UTF8')), 'hex'))
  );
`;

const TREE = `
  CREATE TABLE registry.log_entry (
    index bigint NOT NULL CONSTRAINT log_entry_pkey PRIMARY KEY,
    leaf_id bigint NOT NULL CONSTRAINT log_entry_leaf_key UNIQUE
      CONSTRAINT log_entry_leaf_fkey REFERENCES registry.log_leaf (id),
    CONSTRAINT log_entry_index_range CHECK (index >= 0)
  );
  CREATE FUNCTION registry.follow_entry() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.index = 0 OR EXISTS (SELECT FROM registry.log_entry WHERE index = NEW.index - 1) THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'entry % would leave a gap', NEW.index USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
  END $$;
  CREATE TRIGGER log_entry_without_gap BEFORE INSERT ON registry.log_entry
    FOR EACH ROW EXECUTE FUNCTION registry.follow_entry();

  -- The hashes that tiles consist of: leaves on level 0, above them the roots of 256 of the level below. A tile is 256
  -- rows in a row, and a partial tile is their beginning.
  CREATE TABLE registry.log_node (
    level smallint NOT NULL,
    index bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT log_node_pkey PRIMARY KEY (level, index),
    CONSTRAINT log_node_level_range CHECK (level BETWEEN 0 AND 63),
    CONSTRAINT log_node_index_range CHECK (index >= 0),
    CONSTRAINT log_node_hash_length CHECK (octet_length(hash) = 32)
  );
`;

const HEADS = `
  -- One signed head for each size: the primary key says so here, and the file beside the key says so after a restore.
  CREATE TABLE registry.log_checkpoint (
    size bigint NOT NULL CONSTRAINT log_checkpoint_pkey PRIMARY KEY,
    note text NOT NULL,
    published_at timestamptz NOT NULL,
    CONSTRAINT log_checkpoint_size_range CHECK (size >= 0),
    CONSTRAINT log_checkpoint_note_length CHECK (octet_length(note) BETWEEN 1 AND 20000)
  );

  -- Lines of witnesses for a published head.
  CREATE TABLE registry.log_cosignature (
    size bigint NOT NULL CONSTRAINT log_cosignature_checkpoint_fkey REFERENCES registry.log_checkpoint (size),
    witness text NOT NULL,
    line text NOT NULL,
    received_at timestamptz NOT NULL,
    CONSTRAINT log_cosignature_pkey PRIMARY KEY (size, witness),
    CONSTRAINT log_cosignature_line_form CHECK (line ~ '^\u2014 [^ ]+ [A-Za-z0-9+/]+={0,2}$')
  );

  -- The public keys under which heads were signed, for those who begin to follow the log.
  CREATE TABLE registry.log_key (
    vkey text NOT NULL CONSTRAINT log_key_pkey PRIMARY KEY,
    purpose text NOT NULL,
    first_used_at timestamptz NOT NULL,
    CONSTRAINT log_key_purpose_known CHECK (purpose IN ('log', 'witness'))
  );

  -- The last head of each log that this instance witnesses. It only ever grows.
  CREATE TABLE registry.witnessed_log (
    origin text NOT NULL CONSTRAINT witnessed_log_pkey PRIMARY KEY,
    size bigint NOT NULL,
    note text NOT NULL,
    seen_at timestamptz NOT NULL,
    CONSTRAINT witnessed_log_size_range CHECK (size >= 0)
  );
  CREATE FUNCTION registry.grow_only() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.origin = OLD.origin AND NEW.size >= OLD.size THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'a witnessed log never shrinks' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
  END $$;
  CREATE TRIGGER witnessed_log_grows BEFORE UPDATE ON registry.witnessed_log
    FOR EACH ROW EXECUTE FUNCTION registry.grow_only();
  CREATE TRIGGER witnessed_log_no_delete BEFORE DELETE ON registry.witnessed_log
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER witnessed_log_no_truncate BEFORE TRUNCATE ON registry.witnessed_log
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const RELEASES = `
  -- What was published before there was a log gets its leaves now, in the order of publication. The members stand in
  -- the order of RFC 8785, and nothing in them needs an escape.
  INSERT INTO registry.log_leaf (statement)
    SELECT format('{"format":"commonwright.leaf/1","kind":"release","number":%s,"publishedAt":"%s","sha256":"%s","subject":"%s"}',
             r.number, to_char(r.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), r.sha256, c.ref)
    FROM contracting.release r JOIN contracting.contract c ON c.id = r.contract_id
    ORDER BY r.published_at, c.ref, r.number;

  -- No release is committed without its leaf, whoever writes it.
  ALTER TABLE contracting.release ADD COLUMN log_kind text NOT NULL GENERATED ALWAYS AS ('release') STORED;
  ALTER TABLE contracting.release ADD CONSTRAINT release_logged FOREIGN KEY (log_kind, sha256)
    REFERENCES registry.log_leaf (kind, sha256) DEFERRABLE INITIALLY DEFERRED;
`;

const LEDGER = `
  -- A day's transfers for its digest. Rows come in order of time, so a few bytes for each block will do.
  CREATE INDEX transfer_by_booking ON ledger.transfer USING brin (booked_at) WITH (pages_per_range = 16, autosummarize = on);
`;
