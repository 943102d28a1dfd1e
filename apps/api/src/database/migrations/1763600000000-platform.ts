import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The outbox, the marks of its reactions, and idempotency keys. */
export class Platform1763600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA platform;

      CREATE TABLE platform.outbox (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT outbox_pkey PRIMARY KEY,
        type text NOT NULL CONSTRAINT outbox_type_form CHECK (type ~ '^[a-z]+\\.[a-z]+(-[a-z]+)*$'),
        payload jsonb NOT NULL CONSTRAINT outbox_payload_object CHECK (jsonb_typeof(payload) = 'object'),
        occurred_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        dispatched_at timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        last_error text
      );
      -- The relay asks for what waits, which is little beside what is done.
      CREATE INDEX outbox_waiting ON platform.outbox (id) WHERE dispatched_at IS NULL;

      CREATE TABLE platform.outbox_reaction (
        event_id bigint NOT NULL CONSTRAINT outbox_reaction_event_fkey REFERENCES platform.outbox (id) ON DELETE CASCADE,
        reaction text NOT NULL,
        reacted_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT outbox_reaction_pkey PRIMARY KEY (event_id, reaction)
      );

      CREATE TABLE platform.idempotency_key (
        actor text NOT NULL,
        key text NOT NULL CONSTRAINT idempotency_key_length CHECK (char_length(key) BETWEEN 8 AND 80),
        operation text NOT NULL,
        input_hash bytea NOT NULL CONSTRAINT idempotency_key_hash_length CHECK (octet_length(input_hash) = 32),
        result jsonb,
        created_at timestamptz NOT NULL,
        CONSTRAINT idempotency_key_pkey PRIMARY KEY (actor, key)
      );

      -- One function for every append-only table: named in each table's trigger, fired for the owner too.
      CREATE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '%.% is append-only: % refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
          USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA platform CASCADE`);
  }
}
