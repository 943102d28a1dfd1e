import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails to people, which kinds of them each person wants, and the secret that signs the links out of them. */
export class Mail1763600015000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity.mail (
        id uuid NOT NULL CONSTRAINT mail_pkey PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT mail_person_fkey REFERENCES identity.person (id) ON DELETE CASCADE,
        -- What gave rise to it: nobody is told twice of the same.
        occasion text NOT NULL,
        kind text NOT NULL,
        subject text NOT NULL,
        body text NOT NULL,
        path text NOT NULL,
        state text NOT NULL,
        created_at timestamptz NOT NULL,
        attempts integer NOT NULL,
        -- While a worker sends it, this lies some minutes ahead: who dies with it in hand gives it back.
        next_attempt_at timestamptz,
        sent_at timestamptz,
        last_error text,
        CONSTRAINT mail_once UNIQUE (person_id, occasion),
        CONSTRAINT mail_occasion_length CHECK (char_length(occasion) BETWEEN 1 AND 200),
        CONSTRAINT mail_kind_known CHECK (kind IN ('instalments', 'deadlines', 'questions', 'changes')),
        -- One line: a line break here could begin another header of the mail.
        CONSTRAINT mail_subject_form CHECK (char_length(subject) BETWEEN 1 AND 200 AND subject !~ '[[:cntrl:]]'),
        CONSTRAINT mail_body_length CHECK (char_length(body) BETWEEN 1 AND 10000),
        CONSTRAINT mail_path_form CHECK (path ~ '^/[^/[:space:]]' OR path = '/'),
        CONSTRAINT mail_state_known CHECK (state IN ('queued', 'sent', 'failed')),
        CONSTRAINT mail_attempts_range CHECK (attempts >= 0),
        CONSTRAINT mail_waits_while_queued CHECK ((state = 'queued') = (next_attempt_at IS NOT NULL)),
        CONSTRAINT mail_sent_with_time CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
        CONSTRAINT mail_failed_with_reason CHECK (state <> 'failed' OR last_error IS NOT NULL)
      );
      CREATE INDEX mail_due ON identity.mail (next_attempt_at, id) WHERE state = 'queued';
      CREATE INDEX mail_failed ON identity.mail (created_at) WHERE state = 'failed';
      CREATE INDEX mail_by_person ON identity.mail (person_id, id);

      -- What was written stays as it was written, and what was sent stays sent.
      CREATE TRIGGER mail_fixed BEFORE UPDATE ON identity.mail FOR EACH ROW
        WHEN (OLD.state <> 'queued'
          OR (OLD.id, OLD.person_id, OLD.occasion, OLD.kind, OLD.subject, OLD.body, OLD.path, OLD.created_at)
            IS DISTINCT FROM (NEW.id, NEW.person_id, NEW.occasion, NEW.kind, NEW.subject, NEW.body, NEW.path, NEW.created_at))
        EXECUTE FUNCTION platform.refuse_change();

      -- Every kind is on until a person says otherwise.
      CREATE TABLE identity.mail_setting (
        person_id uuid NOT NULL CONSTRAINT mail_setting_person_fkey REFERENCES identity.person (id) ON DELETE CASCADE,
        kind text NOT NULL,
        is_on boolean NOT NULL,
        changed_at timestamptz NOT NULL,
        CONSTRAINT mail_setting_pkey PRIMARY KEY (person_id, kind),
        CONSTRAINT mail_setting_kind_known CHECK (kind IN ('instalments', 'deadlines', 'questions', 'changes'))
      );

      -- 244 bits of randomness, made here so that no instance can run with a secret that somebody else knows.
      CREATE TABLE identity.mail_secret (
        id smallint NOT NULL CONSTRAINT mail_secret_pkey PRIMARY KEY,
        secret bytea NOT NULL,
        CONSTRAINT mail_secret_only_one CHECK (id = 1),
        CONSTRAINT mail_secret_length CHECK (octet_length(secret) = 32)
      );
      INSERT INTO identity.mail_secret (id, secret)
        VALUES (1, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
      CREATE TRIGGER mail_secret_fixed BEFORE UPDATE OR DELETE ON identity.mail_secret
        FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
      CREATE TRIGGER mail_secret_no_truncate BEFORE TRUNCATE ON identity.mail_secret
        FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE identity.mail_secret, identity.mail_setting, identity.mail`);
  }
}
