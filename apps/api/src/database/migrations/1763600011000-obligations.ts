import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a fablab owes for a pledge, what happens to it, and how a contract is completed by the last of it. Invariant 5
 * (scrutiny if and only if an obligation is open) follows from `owed_minor`, which nobody can write.
 */
export class Obligations1763600011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SUMS);
    await runner.query(EVENTS);
    await runner.query(COUNTING);
    await runner.query(COMPLETION);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX ledger.transfer_by_reference;
      DROP TRIGGER pledge_fulfilment ON contracting.pledge;
      DROP TRIGGER pledge_obligation_guard ON contracting.pledge;
      DROP TRIGGER contract_completion ON contracting.contract;
      DROP TRIGGER contract_accepted_release_fixed ON contracting.contract;
      DROP TABLE contracting.obligation_event;
      DROP FUNCTION contracting.check_completion_of_contract, contracting.check_completion_of_pledge,
        contracting.check_completion(uuid), contracting.count_obligation_event, contracting.guard_obligation;
      ALTER TABLE contracting.payment DROP CONSTRAINT payment_pledge_key;
      ALTER TABLE contracting.contract DROP COLUMN accepted_release;
      ALTER TABLE contracting.pledge DROP COLUMN owed_minor, DROP COLUMN repaid_minor, DROP COLUMN forgiven_minor,
        DROP COLUMN waived_minor;
      CREATE OR REPLACE FUNCTION contracting.pledge_step_allowed(was text, becomes text) RETURNS boolean
        LANGUAGE sql IMMUTABLE RETURN (was, becomes) IN (
          ('pledged', 'withdrawn'), ('pledged', 'voided'), ('pledged', 'active'), ('active', 'fulfilled'));`);
  }
}

const SUMS = `
  -- Counted from the events by their trigger, as received_minor is from the payments.
  ALTER TABLE contracting.pledge
    ADD COLUMN repaid_minor bigint NOT NULL DEFAULT 0,
    ADD COLUMN forgiven_minor bigint NOT NULL DEFAULT 0,
    ADD COLUMN waived_minor bigint NOT NULL DEFAULT 0;
  ALTER TABLE contracting.pledge
    ADD COLUMN owed_minor bigint NOT NULL GENERATED ALWAYS AS (received_minor - repaid_minor - forgiven_minor) STORED,
    ADD CONSTRAINT pledge_returned_range CHECK (repaid_minor >= 0 AND forgiven_minor >= 0),
    ADD CONSTRAINT pledge_waived_range CHECK (waived_minor BETWEEN 0 AND amount_minor),
    -- Never more goes back than came in.
    ADD CONSTRAINT pledge_owed_range CHECK (owed_minor >= 0);

  -- The release that every party accepted, once the closing release stands in its place.
  ALTER TABLE contracting.contract ADD COLUMN accepted_release integer;
  ALTER TABLE contracting.contract
    ADD CONSTRAINT contract_accepted_release_fkey FOREIGN KEY (id, accepted_release)
      REFERENCES contracting.release (contract_id, number),
    ADD CONSTRAINT contract_closing_release CHECK (accepted_release < current_release),
    ADD CONSTRAINT contract_completed_with_release CHECK (state <> 'completed' OR accepted_release IS NOT NULL);
  CREATE TRIGGER contract_accepted_release_fixed BEFORE UPDATE ON contracting.contract FOR EACH ROW
    WHEN (OLD.accepted_release IS NOT NULL AND (OLD.accepted_release, OLD.current_release)
      IS DISTINCT FROM (NEW.accepted_release, NEW.current_release))
    EXECUTE FUNCTION platform.refuse_change();

  -- The entries behind the figures of one contract, newest first.
  CREATE INDEX transfer_by_reference ON ledger.transfer (reference, id) WHERE reference IS NOT NULL;
`;

const EVENTS = `
  ALTER TABLE contracting.payment ADD CONSTRAINT payment_pledge_key UNIQUE (id, pledge_id);

  CREATE TABLE contracting.obligation_event (
    id uuid NOT NULL CONSTRAINT obligation_event_pkey PRIMARY KEY,
    pledge_id uuid NOT NULL,
    currency char(3) NOT NULL,
    kind text NOT NULL,
    -- Of the principal. Of a deferral: what had been returned until then, which the new schedule does not divide.
    amount_minor bigint NOT NULL,
    interest_minor bigint NOT NULL,
    value_date date NOT NULL,
    -- Public.
    reason text,
    -- Of a deferral: instalments, firstDueOn, everyMonths.
    rhythm jsonb,
    reverses_payment_id uuid CONSTRAINT obligation_event_payment_reversed_once UNIQUE,
    reverses_event_id uuid CONSTRAINT obligation_event_reversed_once UNIQUE,
    transfer_id uuid CONSTRAINT obligation_event_transfer_key UNIQUE
      CONSTRAINT obligation_event_transfer_fkey REFERENCES ledger.transfer (id),
    recorded_by uuid NOT NULL CONSTRAINT obligation_event_recorded_by_fkey REFERENCES identity.person (id),
    recorded_at timestamptz NOT NULL,
    CONSTRAINT obligation_event_pledge_key UNIQUE (id, pledge_id),
    CONSTRAINT obligation_event_pledge_fkey FOREIGN KEY (pledge_id, currency) REFERENCES contracting.pledge (id, currency),
    CONSTRAINT obligation_event_payment_fkey FOREIGN KEY (reverses_payment_id, pledge_id)
      REFERENCES contracting.payment (id, pledge_id),
    CONSTRAINT obligation_event_reverses_fkey FOREIGN KEY (reverses_event_id, pledge_id)
      REFERENCES contracting.obligation_event (id, pledge_id),
    CONSTRAINT obligation_event_kind_known CHECK (kind IN ('repayment', 'write-off', 'waiver', 'deferral', 'reversal')),
    CONSTRAINT obligation_event_amount_range CHECK (amount_minor >= 0 AND interest_minor >= 0),
    CONSTRAINT obligation_event_moves_something CHECK (kind = 'deferral' OR amount_minor + interest_minor > 0),
    CONSTRAINT obligation_event_reason_given CHECK (
      CASE kind WHEN 'repayment' THEN reason IS NULL ELSE reason IS NOT NULL AND char_length(reason) BETWEEN 1 AND 2000 END),
    CONSTRAINT obligation_event_rhythm_of_deferral CHECK ((rhythm IS NOT NULL) = (kind = 'deferral')),
    CONSTRAINT obligation_event_reverses_one CHECK (
      num_nonnulls(reverses_payment_id, reverses_event_id) = CASE kind WHEN 'reversal' THEN 1 ELSE 0 END),
    -- Forgiven interest was never booked, and a deferral moves no money.
    CONSTRAINT obligation_event_booked CHECK ((transfer_id IS NOT NULL) =
      CASE kind WHEN 'deferral' THEN false WHEN 'write-off' THEN amount_minor > 0 ELSE true END)
  );
  CREATE INDEX obligation_event_by_pledge ON contracting.obligation_event (pledge_id, id);
  CREATE TRIGGER obligation_event_append_only BEFORE UPDATE OR DELETE ON contracting.obligation_event
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER obligation_event_no_truncate BEFORE TRUNCATE ON contracting.obligation_event
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const COUNTING = `
  -- A reversal takes back exactly what was recorded. After the closing release nothing happens to an obligation.
  CREATE FUNCTION contracting.count_obligation_event() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    reversed record;
  BEGIN
    PERFORM 1 FROM contracting.contract c JOIN contracting.pledge p ON p.contract_id = c.id
      WHERE p.id = NEW.pledge_id AND c.state = 'active' FOR NO KEY UPDATE OF c;
    IF NOT FOUND THEN PERFORM contracting.refuse('obligation_event_while_active'); END IF;
    IF NEW.kind = 'reversal' THEN
      SELECT amount_minor, 0::bigint AS interest_minor INTO reversed
        FROM contracting.payment WHERE id = NEW.reverses_payment_id
        UNION ALL SELECT amount_minor, interest_minor
        FROM contracting.obligation_event WHERE id = NEW.reverses_event_id AND kind = 'repayment';
      IF NOT FOUND OR (reversed.amount_minor, reversed.interest_minor) <> (NEW.amount_minor, NEW.interest_minor) THEN
        PERFORM contracting.refuse('obligation_event_mirrors_reversed');
      END IF;
    END IF;
    UPDATE contracting.pledge SET
      received_minor = received_minor - CASE WHEN NEW.reverses_payment_id IS NULL THEN 0 ELSE NEW.amount_minor END,
      repaid_minor = repaid_minor + CASE WHEN NEW.kind = 'repayment' THEN NEW.amount_minor
                                         WHEN NEW.reverses_event_id IS NOT NULL THEN -NEW.amount_minor ELSE 0 END,
      forgiven_minor = forgiven_minor + CASE NEW.kind WHEN 'write-off' THEN NEW.amount_minor ELSE 0 END,
      waived_minor = waived_minor + CASE NEW.kind WHEN 'waiver' THEN NEW.amount_minor ELSE 0 END
      WHERE id = NEW.pledge_id AND (state = 'active' OR (state = 'fulfilled' AND NEW.kind = 'reversal'));
    IF NOT FOUND THEN PERFORM contracting.refuse('obligation_event_for_binding_pledge'); END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER obligation_event_counted AFTER INSERT ON contracting.obligation_event
    FOR EACH ROW EXECUTE FUNCTION contracting.count_obligation_event();

  CREATE FUNCTION contracting.guard_obligation() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF pg_trigger_depth() < 2 THEN PERFORM contracting.refuse('pledge_obligation_derived'); END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER pledge_obligation_guard BEFORE UPDATE ON contracting.pledge FOR EACH ROW
    WHEN ((OLD.repaid_minor, OLD.forgiven_minor, OLD.waived_minor)
      IS DISTINCT FROM (NEW.repaid_minor, NEW.forgiven_minor, NEW.waived_minor))
    EXECUTE FUNCTION contracting.guard_obligation();
`;

const COMPLETION = `
  -- A reversal before the closing release opens a fulfilled pledge again.
  CREATE OR REPLACE FUNCTION contracting.pledge_step_allowed(was text, becomes text) RETURNS boolean
    LANGUAGE sql IMMUTABLE RETURN (was, becomes) IN (
      ('pledged', 'withdrawn'), ('pledged', 'voided'), ('pledged', 'active'), ('active', 'fulfilled'),
      ('fulfilled', 'active'));

  -- At commit and in both directions: a pledge is fulfilled when neither side owes anything for it, and a contract
  -- is completed when all that bind it are. The contract is locked, so that two last cents cannot pass each other.
  CREATE FUNCTION contracting.check_completion(checked uuid) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    contract contracting.contract;
    matching boolean;
    fulfilled boolean;
  BEGIN
    SELECT * INTO contract FROM contracting.contract WHERE id = checked FOR NO KEY UPDATE;
    IF contract.state NOT IN ('active', 'completed') THEN RETURN; END IF;
    SELECT bool_and((state = 'fulfilled') = (owed_minor = 0 AND received_minor + waived_minor >= amount_minor)),
           bool_and(state = 'fulfilled')
      INTO matching, fulfilled
      FROM contracting.pledge WHERE contract_id = checked AND state IN ('active', 'fulfilled');
    IF NOT matching THEN PERFORM contracting.refuse('pledge_fulfilment'); END IF;
    IF contract.state = 'active' AND fulfilled THEN PERFORM contracting.refuse('contract_completion_due'); END IF;
    IF contract.state = 'completed' AND fulfilled IS NOT TRUE THEN
      PERFORM contracting.refuse('contract_completion_earned');
    END IF;
  END $$;

  CREATE FUNCTION contracting.check_completion_of_contract() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM contracting.check_completion(NEW.id);
    RETURN NULL;
  END $$;
  CREATE FUNCTION contracting.check_completion_of_pledge() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM contracting.check_completion(NEW.contract_id);
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER contract_completion AFTER UPDATE OF state ON contracting.contract
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contracting.check_completion_of_contract();
  CREATE CONSTRAINT TRIGGER pledge_fulfilment AFTER UPDATE ON contracting.pledge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contracting.check_completion_of_pledge();
`;
