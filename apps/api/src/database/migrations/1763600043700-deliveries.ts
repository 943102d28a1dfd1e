import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is returned in units: accepted deliveries settle pledges, the oldest first; free units for others count for
 * premium purchases; premium sales make instalments due. The tables of deliveries came with the instruments.
 */
export class Deliveries1763600043700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(EVENTS);
    await runner.query(COUNTING);
    await runner.query(GUARDS);
    await runner.query(SALES);
  }

  down(): Promise<void> {
    // What was delivered and accepted cannot be told in the tables from before.
    return Promise.reject(new Error('Deliveries cannot be taken back.'));
  }
}

const EVENTS = `
  ALTER TABLE contracting.obligation_event
    ADD COLUMN units integer NOT NULL DEFAULT 0,
    -- Of free units: the line of the contract that they were delivered on; null for those noted from elsewhere.
    ADD COLUMN line integer,
    -- Of free units from elsewhere: what they were, so that none is noted twice.
    ADD COLUMN reference text CONSTRAINT obligation_event_reference_key UNIQUE,
    DROP CONSTRAINT obligation_event_kind_known,
    DROP CONSTRAINT obligation_event_moves_something,
    DROP CONSTRAINT obligation_event_reason_given,
    DROP CONSTRAINT obligation_event_booked;
  ALTER TABLE contracting.obligation_event
    ADD CONSTRAINT obligation_event_kind_known CHECK (kind IN ('repayment', 'write-off', 'waiver', 'deferral', 'reversal',
      'units', 'free-units', 'unit-waiver', 'free-unit-waiver')),
    ADD CONSTRAINT obligation_event_units_of_kind CHECK (units >= 0 AND (units > 0) =
      (kind IN ('units', 'free-units', 'unit-waiver', 'free-unit-waiver'))),
    ADD CONSTRAINT obligation_event_free_units_have_no_price CHECK (
      kind NOT IN ('free-units', 'free-unit-waiver') OR amount_minor = 0),
    ADD CONSTRAINT obligation_event_interest_of_money CHECK (units = 0 OR interest_minor = 0),
    ADD CONSTRAINT obligation_event_source_of_free_units CHECK (
      num_nonnulls(line, reference) = CASE kind WHEN 'free-units' THEN 1 ELSE 0 END),
    ADD CONSTRAINT obligation_event_reference_length CHECK (char_length(reference) BETWEEN 1 AND 200),
    ADD CONSTRAINT obligation_event_moves_something CHECK (kind = 'deferral' OR units > 0 OR amount_minor + interest_minor > 0),
    ADD CONSTRAINT obligation_event_reason_given CHECK (CASE WHEN kind IN ('repayment', 'units', 'free-units') THEN reason IS NULL
      ELSE reason IS NOT NULL AND char_length(reason) BETWEEN 1 AND 2000 END),
    ADD CONSTRAINT obligation_event_booked CHECK ((transfer_id IS NOT NULL) =
      CASE WHEN kind = 'deferral' THEN false
        WHEN kind IN ('write-off', 'units', 'free-units', 'unit-waiver', 'free-unit-waiver') THEN amount_minor > 0
        ELSE true END);
`;

const COUNTING = `
  CREATE OR REPLACE FUNCTION contracting.count_obligation_event() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    reversed record;
    counted contracting.pledge;
    contract_state text;
  BEGIN
    SELECT c.state INTO contract_state FROM contracting.contract c JOIN contracting.pledge p ON p.contract_id = c.id
      WHERE p.id = NEW.pledge_id AND c.state IN ('active', 'terminated') FOR NO KEY UPDATE OF c;
    IF NOT FOUND OR (NEW.units > 0 AND contract_state <> 'active') THEN
      PERFORM contracting.refuse('obligation_event_while_active');
    END IF;
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
      forgiven_minor = forgiven_minor + CASE WHEN NEW.kind IN ('write-off', 'unit-waiver') THEN NEW.amount_minor ELSE 0 END,
      waived_minor = waived_minor + CASE NEW.kind WHEN 'waiver' THEN NEW.amount_minor ELSE 0 END,
      redeemed_minor = redeemed_minor + CASE NEW.kind WHEN 'units' THEN NEW.amount_minor ELSE 0 END,
      units_delivered = units_delivered + CASE NEW.kind WHEN 'units' THEN NEW.units ELSE 0 END,
      units_waived = units_waived + CASE NEW.kind WHEN 'unit-waiver' THEN NEW.units ELSE 0 END,
      free_delivered = free_delivered + CASE NEW.kind WHEN 'free-units' THEN NEW.units ELSE 0 END,
      free_waived = free_waived + CASE NEW.kind WHEN 'free-unit-waiver' THEN NEW.units ELSE 0 END
      WHERE id = NEW.pledge_id AND (state = 'active' OR (state = 'fulfilled' AND NEW.kind = 'reversal'))
      RETURNING * INTO counted;
    IF NOT FOUND THEN PERFORM contracting.refuse('obligation_event_for_binding_pledge'); END IF;
    -- No unit counts that was not delivered and accepted, and none counts twice.
    IF NEW.kind = 'units' AND contracting.accepted_units(counted.contract_id, counted.line)
        < (SELECT sum(units_delivered) FROM contracting.pledge WHERE contract_id = counted.contract_id AND line = counted.line) THEN
      PERFORM contracting.refuse('obligation_event_units_accepted');
    END IF;
    IF NEW.kind = 'free-units' AND NEW.line IS NOT NULL AND contracting.accepted_units(counted.contract_id, NEW.line)
        < (SELECT sum(e.units) FROM contracting.obligation_event e JOIN contracting.pledge p ON p.id = e.pledge_id
           WHERE p.contract_id = counted.contract_id AND e.kind = 'free-units' AND e.line = NEW.line) THEN
      PERFORM contracting.refuse('obligation_event_units_accepted');
    END IF;
    RETURN NULL;
  END $$;
`;

const GUARDS = `
  -- Deliveries belong to a line and its receiver; what is on its way, or accepted, never exceeds the line's quantity.
  CREATE FUNCTION contracting.guard_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    contract contracting.contract;
    deliverable jsonb;
  BEGIN
    SELECT * INTO contract FROM contracting.contract WHERE id = NEW.contract_id FOR NO KEY UPDATE;
    IF contract.state <> 'active' THEN PERFORM contracting.refuse('delivery_while_active'); END IF;
    deliverable := contract.terms->'deliverables'->(NEW.line - 1);
    IF deliverable IS NULL OR deliverable->>'receiverId' <> NEW.receiver_id::text THEN
      PERFORM contracting.refuse('delivery_of_line');
    END IF;
    IF (SELECT coalesce(sum(d.quantity), 0) FROM contracting.delivery d
        LEFT JOIN contracting.delivery_answer a ON a.delivery_id = d.id
        WHERE d.contract_id = NEW.contract_id AND d.line = NEW.line AND a.is_accepted IS NOT FALSE) + NEW.quantity
       > (deliverable->>'quantity')::bigint THEN
      PERFORM contracting.refuse('delivery_within_line');
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER delivery_guard BEFORE INSERT ON contracting.delivery
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_delivery();

  CREATE FUNCTION contracting.guard_delivery_answer() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM 1 FROM contracting.contract c JOIN contracting.delivery d ON d.contract_id = c.id
      WHERE d.id = NEW.delivery_id AND c.state = 'active' FOR NO KEY UPDATE OF c;
    IF NOT FOUND THEN PERFORM contracting.refuse('delivery_answer_while_active'); END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER delivery_answer_guard BEFORE INSERT ON contracting.delivery_answer
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_delivery_answer();
`;

const SALES = `
  -- Premium sales of the contract's products in a period: what a share of them is returned from.
  CREATE TABLE contracting.premium_sale (
    id uuid NOT NULL CONSTRAINT premium_sale_pkey PRIMARY KEY,
    contract_id uuid NOT NULL CONSTRAINT premium_sale_contract_fkey REFERENCES contracting.contract (id),
    from_day date NOT NULL,
    to_day date NOT NULL,
    amount_minor bigint NOT NULL,
    -- What it was noted from, so that nothing is noted twice; null for what the fablab recorded by hand.
    reference text CONSTRAINT premium_sale_reference_key UNIQUE,
    recorded_by uuid CONSTRAINT premium_sale_recorded_by_fkey REFERENCES identity.person (id),
    recorded_at timestamptz NOT NULL,
    CONSTRAINT premium_sale_period CHECK (from_day <= to_day),
    CONSTRAINT premium_sale_amount_positive CHECK (amount_minor > 0),
    CONSTRAINT premium_sale_recorded CHECK (num_nonnulls(reference, recorded_by) = 1),
    CONSTRAINT premium_sale_reference_length CHECK (char_length(reference) BETWEEN 1 AND 200)
  );
  CREATE INDEX premium_sale_by_contract ON contracting.premium_sale (contract_id, to_day, id);
  CREATE TRIGGER premium_sale_append_only BEFORE UPDATE OR DELETE ON contracting.premium_sale
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER premium_sale_no_truncate BEFORE TRUNCATE ON contracting.premium_sale
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

  CREATE FUNCTION contracting.guard_premium_sale() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM 1 FROM contracting.contract WHERE id = NEW.contract_id AND state = 'active' FOR NO KEY UPDATE;
    IF NOT FOUND THEN PERFORM contracting.refuse('premium_sale_while_active'); END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER premium_sale_guard BEFORE INSERT ON contracting.premium_sale
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_premium_sale();
`;
