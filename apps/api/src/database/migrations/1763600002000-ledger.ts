import type { MigrationInterface, QueryRunner } from 'typeorm';
import { POST, RESOLVE } from './1763600002000-ledger.functions.js';

/**
 * The double-entry ledger. What it promises holds for the tables' owner as well as for the application's role:
 * every rule is a constraint or a trigger, and the functions below only make the right thing the short one.
 */
export class Ledger1763600002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE SCHEMA ledger;`);
    await runner.query(TABLES);
    await runner.query(LIMITS);
    await runner.query(SEALS);
    await runner.query(POST);
    await runner.query(RESOLVE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA ledger CASCADE`);
  }
}

const TABLES = `
  CREATE TABLE ledger.account (
    id uuid NOT NULL CONSTRAINT account_pkey PRIMARY KEY,
    owner_community_id uuid NOT NULL CONSTRAINT account_owner_fkey REFERENCES identity.community (id),
    -- The five roots are those of beancount, hledger and ledger, so that the books can leave unchanged.
    code text NOT NULL,
    name text NOT NULL,
    currency char(3) NOT NULL,
    normal_side text NOT NULL,
    -- A limited account never goes below zero on its normal side. Its balance is kept, and locked for a transfer.
    limited boolean NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT account_code_once UNIQUE (owner_community_id, code, currency),
    CONSTRAINT account_currency_key UNIQUE (id, currency),
    CONSTRAINT account_code_form CHECK (
      code ~ '^(assets|liabilities|equity|income|expenses)(:[a-z0-9]+(-[a-z0-9]+)*)+$' AND char_length(code) <= 160),
    CONSTRAINT account_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
    CONSTRAINT account_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT account_normal_side_known CHECK (normal_side IN ('debit', 'credit'))
  );

  CREATE TABLE ledger.transfer (
    id uuid NOT NULL CONSTRAINT transfer_pkey PRIMARY KEY,
    -- A transfer says beforehand how many entries it has. At commit it has them all, at positions 1 to n, so the
    -- primary key of the entries leaves no room for another one, in this transaction or in any later one.
    entry_count smallint NOT NULL,
    -- «posted» with a pending transfer is its posting; «voided» and «expired» end one without money moving.
    state text NOT NULL,
    kind text NOT NULL,
    description text NOT NULL,
    -- What it is about, such as CSM-2026-0001.
    reference text,
    value_date date NOT NULL,
    booked_at timestamptz NOT NULL,
    idempotency_key text NOT NULL CONSTRAINT transfer_key_once UNIQUE,
    input_hash bytea NOT NULL,
    pending_transfer_id uuid CONSTRAINT transfer_pending_fkey REFERENCES ledger.transfer (id),
    reverses_transfer_id uuid CONSTRAINT transfer_reverses_fkey REFERENCES ledger.transfer (id),
    CONSTRAINT transfer_entry_count_key UNIQUE (id, entry_count),
    CONSTRAINT transfer_entry_count_range CHECK (entry_count BETWEEN 2 AND 100),
    CONSTRAINT transfer_state_known CHECK (state IN ('pending', 'posted', 'voided', 'expired')),
    CONSTRAINT transfer_state_form CHECK (
      CASE state WHEN 'pending' THEN pending_transfer_id IS NULL AND reverses_transfer_id IS NULL AND entry_count = 2
                 WHEN 'posted' THEN pending_transfer_id IS NULL OR (reverses_transfer_id IS NULL AND entry_count = 4)
                 ELSE pending_transfer_id IS NOT NULL AND reverses_transfer_id IS NULL AND entry_count = 2 END),
    CONSTRAINT transfer_kind_form CHECK (kind ~ '^[a-z]+(-[a-z]+)*$' AND char_length(kind) <= 40),
    CONSTRAINT transfer_description_length CHECK (char_length(description) BETWEEN 1 AND 500),
    CONSTRAINT transfer_reference_length CHECK (char_length(reference) BETWEEN 1 AND 80),
    CONSTRAINT transfer_key_length CHECK (char_length(idempotency_key) BETWEEN 8 AND 200),
    CONSTRAINT transfer_input_hash_length CHECK (octet_length(input_hash) = 32)
  );
  -- At most once each; partial, because most transfers are neither and should not pay for it.
  CREATE UNIQUE INDEX transfer_resolved_once ON ledger.transfer (pending_transfer_id) WHERE pending_transfer_id IS NOT NULL;
  CREATE UNIQUE INDEX transfer_reversed_once ON ledger.transfer (reverses_transfer_id) WHERE reverses_transfer_id IS NOT NULL;

  CREATE TABLE ledger.entry (
    transfer_id uuid NOT NULL,
    entry_count smallint NOT NULL,
    position smallint NOT NULL,
    account_id uuid NOT NULL,
    currency char(3) NOT NULL,
    -- «posted» is money; «pending» is reserved by a pending transfer, and «released» takes that back.
    layer text NOT NULL,
    -- A debit is above zero, a credit below.
    amount_minor bigint NOT NULL,
    CONSTRAINT entry_pkey PRIMARY KEY (transfer_id, position),
    CONSTRAINT entry_position_sealed CHECK (position BETWEEN 1 AND entry_count),
    CONSTRAINT entry_transfer_fkey FOREIGN KEY (transfer_id, entry_count) REFERENCES ledger.transfer (id, entry_count),
    CONSTRAINT entry_account_fkey FOREIGN KEY (account_id, currency) REFERENCES ledger.account (id, currency),
    CONSTRAINT entry_layer_known CHECK (layer IN ('posted', 'pending', 'released')),
    CONSTRAINT entry_amount_not_zero CHECK (amount_minor <> 0)
  );
  -- An account's entries in order of booking, and its balance without a visit to the table.
  CREATE INDEX entry_by_account ON ledger.entry (account_id, transfer_id, position) INCLUDE (layer, amount_minor);
`;

const LIMITS = `
  -- Only limited accounts have a row here. Others are insert-only, so that no transfer waits for another.
  CREATE TABLE ledger.limited_balance (
    account_id uuid NOT NULL CONSTRAINT limited_balance_pkey PRIMARY KEY
      CONSTRAINT limited_balance_account_fkey REFERENCES ledger.account (id),
    -- Both on the account's normal side. Held is what pending transfers may yet take.
    posted_minor bigint NOT NULL,
    held_minor bigint NOT NULL,
    CONSTRAINT limited_balance_respected CHECK (held_minor >= 0 AND posted_minor >= held_minor)
  ) WITH (fillfactor = 50);

  CREATE FUNCTION ledger.open_limited_balance() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO ledger.limited_balance (account_id, posted_minor, held_minor) VALUES (NEW.id, 0, 0);
    RETURN NULL;
  END $$;
  CREATE TRIGGER account_limited_balance AFTER INSERT ON ledger.account
    FOR EACH ROW WHEN (NEW.limited) EXECUTE FUNCTION ledger.open_limited_balance();

  -- Runs once for each INSERT of entries. Rows are locked in the order of ids, so transfers cannot deadlock.
  CREATE FUNCTION ledger.move_limited_balances() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM 1 FROM ledger.limited_balance
      WHERE account_id IN (SELECT account_id FROM added) ORDER BY account_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN RETURN NULL; END IF;
    UPDATE ledger.limited_balance b
      SET posted_minor = b.posted_minor + moved.posted, held_minor = b.held_minor + moved.held
      FROM (
        SELECT side.account_id,
               sum(CASE side.layer WHEN 'posted' THEN side.amount ELSE 0 END)::bigint AS posted,
               sum(CASE WHEN side.layer = 'pending' AND side.amount < 0 OR side.layer = 'released' AND side.amount > 0
                        THEN -side.amount ELSE 0 END)::bigint AS held
        FROM (SELECT e.account_id, e.layer,
                     CASE a.normal_side WHEN 'debit' THEN e.amount_minor ELSE -e.amount_minor END AS amount
              FROM added e JOIN ledger.account a ON a.id = e.account_id WHERE a.limited) side
        GROUP BY side.account_id
      ) moved
      WHERE b.account_id = moved.account_id;
    RETURN NULL;
  END $$;
  CREATE TRIGGER entry_limited_balance AFTER INSERT ON ledger.entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.move_limited_balances();

  -- The kept balance follows from the entries: it is written by the two triggers above and by nobody else.
  CREATE FUNCTION ledger.refuse_direct_balance() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP <> 'DELETE' AND pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'ledger.limited_balance follows from the entries: % refused', TG_OP
      USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
  END $$;
  CREATE TRIGGER limited_balance_derived BEFORE INSERT OR UPDATE OR DELETE ON ledger.limited_balance
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_direct_balance();
  CREATE TRIGGER limited_balance_no_truncate BEFORE TRUNCATE ON ledger.limited_balance
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const SEALS = `
  CREATE TRIGGER transfer_append_only BEFORE UPDATE OR DELETE ON ledger.transfer
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER transfer_no_truncate BEFORE TRUNCATE ON ledger.transfer
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON ledger.entry
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON ledger.entry
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

  -- An account keeps what its entries rest on; its name alone may change.
  CREATE TRIGGER account_fixed BEFORE UPDATE ON ledger.account FOR EACH ROW
    WHEN ((OLD.id, OLD.owner_community_id, OLD.code, OLD.currency, OLD.normal_side, OLD.limited, OLD.created_at)
      IS DISTINCT FROM (NEW.id, NEW.owner_community_id, NEW.code, NEW.currency, NEW.normal_side, NEW.limited, NEW.created_at))
    EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER account_no_delete BEFORE DELETE ON ledger.account
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER account_no_truncate BEFORE TRUNCATE ON ledger.account
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

  CREATE FUNCTION ledger.refuse_transfer(rule text, transfer_id uuid) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'transfer % breaks %', transfer_id, rule USING ERRCODE = 'check_violation', CONSTRAINT = rule;
  END $$;

  -- At commit: all entries are there, each layer of each currency sums to zero, and a transfer that refers to
  -- another one does exactly what it may do with it.
  CREATE FUNCTION ledger.check_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    entries bigint;
    balanced boolean;
    layered boolean;
  BEGIN
    SELECT coalesce(sum(g.n), 0), coalesce(bool_and(g.total = 0), true),
           coalesce(bool_and(CASE WHEN NEW.state = 'pending' THEN g.layer = 'pending'
                                  WHEN NEW.state IN ('voided', 'expired') THEN g.layer = 'released'
                                  WHEN NEW.pending_transfer_id IS NULL THEN g.layer = 'posted'
                                  ELSE g.layer IN ('posted', 'released') END), true)
      INTO entries, balanced, layered
      FROM (SELECT count(*) AS n, sum(amount_minor) AS total, layer
            FROM ledger.entry WHERE transfer_id = NEW.id GROUP BY currency, layer) g;
    IF entries <> NEW.entry_count THEN PERFORM ledger.refuse_transfer('transfer_complete', NEW.id); END IF;
    IF NOT balanced THEN PERFORM ledger.refuse_transfer('transfer_balanced', NEW.id); END IF;
    IF NOT layered THEN PERFORM ledger.refuse_transfer('transfer_layers', NEW.id); END IF;
    IF NEW.pending_transfer_id IS NOT NULL THEN PERFORM ledger.check_resolution(NEW); END IF;
    IF NEW.reverses_transfer_id IS NOT NULL THEN PERFORM ledger.check_reversal(NEW); END IF;
    RETURN NULL;
  END $$;

  -- A resolution releases all that was pending, and posts at most that much to the same accounts.
  CREATE FUNCTION ledger.check_resolution(resolution ledger.transfer) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM ledger.transfer WHERE id = resolution.pending_transfer_id AND state = 'pending')
       OR EXISTS (
         SELECT 1
         FROM (SELECT account_id, amount_minor FROM ledger.entry WHERE transfer_id = resolution.pending_transfer_id) p
         FULL JOIN (
           SELECT account_id,
                  count(*) FILTER (WHERE layer = 'released') AS releases,
                  count(*) FILTER (WHERE layer = 'posted') AS posts,
                  sum(amount_minor) FILTER (WHERE layer = 'released') AS released,
                  sum(amount_minor) FILTER (WHERE layer = 'posted') AS posted
           FROM ledger.entry WHERE transfer_id = resolution.id GROUP BY account_id) r USING (account_id)
         WHERE p.amount_minor IS NULL OR r.released IS DISTINCT FROM -p.amount_minor OR r.releases <> 1
            OR r.posts <> CASE resolution.state WHEN 'posted' THEN 1 ELSE 0 END
            OR sign(r.posted) <> sign(p.amount_minor) OR abs(r.posted) > abs(p.amount_minor))
    THEN PERFORM ledger.refuse_transfer('transfer_resolves_pending', resolution.id);
    END IF;
  END $$;

  -- A reversal is the mirror of what was posted, and is not reversed itself.
  CREATE FUNCTION ledger.check_reversal(reversal ledger.transfer) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM ledger.transfer
                   WHERE id = reversal.reverses_transfer_id AND state = 'posted' AND reverses_transfer_id IS NULL)
       OR EXISTS (
         (SELECT account_id, -amount_minor FROM ledger.entry WHERE transfer_id = reversal.reverses_transfer_id AND layer = 'posted'
          EXCEPT ALL SELECT account_id, amount_minor FROM ledger.entry WHERE transfer_id = reversal.id)
         UNION ALL
         (SELECT account_id, amount_minor FROM ledger.entry WHERE transfer_id = reversal.id
          EXCEPT ALL SELECT account_id, -amount_minor FROM ledger.entry WHERE transfer_id = reversal.reverses_transfer_id AND layer = 'posted'))
    THEN PERFORM ledger.refuse_transfer('transfer_mirrors_reversed', reversal.id);
    END IF;
  END $$;

  CREATE CONSTRAINT TRIGGER transfer_whole AFTER INSERT ON ledger.transfer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.check_transfer();
`;
