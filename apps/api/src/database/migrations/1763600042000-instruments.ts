import type { MigrationInterface, QueryRunner } from 'typeorm';
import { OBLIGATIONS_OPEN, THRESHOLDS_MET } from './1763600042000-instruments.guards.js';

/**
 * Every instrument: what pledges contribute (money, hours, goods), what is returned for them (money, units, the tool,
 * nothing), thresholds of every kind, and deliveries with the answers of those who receive them. Invariants 4 and 5 are
 * held for all of them as they were for loans.
 */
export class Instruments1763600042000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DELIVERIES);
    await runner.query(DEALS);
    await runner.query(SUMS);
    await runner.query(THRESHOLDS_MET);
    await runner.query(OBLIGATIONS_OPEN);
  }

  down(): Promise<void> {
    // Pledges of hours and goods have no place in the tables from before.
    return Promise.reject(new Error('The instruments cannot be taken back.'));
  }
}

const DELIVERIES = `
  -- Units of one line that the fablab handed over; the receiver accepts or refuses them.
  CREATE TABLE contracting.delivery (
    id uuid NOT NULL CONSTRAINT delivery_pkey PRIMARY KEY,
    contract_id uuid NOT NULL CONSTRAINT delivery_contract_fkey REFERENCES contracting.contract (id),
    -- The position of the deliverable, from 1.
    line integer NOT NULL,
    receiver_id uuid NOT NULL,
    quantity integer NOT NULL,
    delivered_on date NOT NULL,
    -- Public.
    note text,
    recorded_by uuid NOT NULL CONSTRAINT delivery_recorded_by_fkey REFERENCES identity.person (id),
    recorded_at timestamptz NOT NULL,
    CONSTRAINT delivery_receiver_fkey FOREIGN KEY (contract_id, receiver_id)
      REFERENCES contracting.contract_party (contract_id, community_id),
    CONSTRAINT delivery_line_positive CHECK (line > 0),
    CONSTRAINT delivery_quantity_range CHECK (quantity BETWEEN 1 AND 10000),
    CONSTRAINT delivery_note_length CHECK (char_length(note) BETWEEN 1 AND 2000)
  );
  CREATE INDEX delivery_by_contract ON contracting.delivery (contract_id, line, id);

  CREATE TABLE contracting.delivery_answer (
    delivery_id uuid NOT NULL CONSTRAINT delivery_answer_pkey PRIMARY KEY
      CONSTRAINT delivery_answer_delivery_fkey REFERENCES contracting.delivery (id),
    is_accepted boolean NOT NULL,
    -- Public.
    reason text,
    answered_by uuid NOT NULL CONSTRAINT delivery_answer_answered_by_fkey REFERENCES identity.person (id),
    answered_at timestamptz NOT NULL,
    CONSTRAINT delivery_answer_reason_given CHECK (is_accepted OR reason IS NOT NULL),
    CONSTRAINT delivery_answer_reason_length CHECK (char_length(reason) BETWEEN 1 AND 2000)
  );
  ${['delivery', 'delivery_answer']
    .map(
      (table) => `
  CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON contracting.${table}
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON contracting.${table}
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();`,
    )
    .join('')}
`;

const DEALS = `
  ALTER TABLE contracting.pledge
    DROP CONSTRAINT pledge_instrument_known,
    DROP CONSTRAINT pledge_amount_positive,
    DROP CONSTRAINT pledge_transfer_ended,
    ALTER COLUMN transfer_id DROP NOT NULL,
    -- The position of the offer in the terms. Every pledge from before is a loan of money, the one offer there was.
    ADD COLUMN offer integer NOT NULL DEFAULT 1,
    ADD COLUMN contribution text NOT NULL DEFAULT 'money',
    -- The section of the hours, or the name of the goods; the key is the same for every way to type it.
    ADD COLUMN item text,
    ADD COLUMN item_key text,
    ADD COLUMN unit text,
    ADD COLUMN qualification text,
    ADD COLUMN quantity_milli bigint NOT NULL DEFAULT 0,
    -- What the parties hold the hours or goods to be worth. It is told, and booked nowhere.
    ADD COLUMN value_minor bigint,
    ADD COLUMN return_kind text NOT NULL DEFAULT 'money',
    ADD COLUMN line integer,
    ADD COLUMN units integer NOT NULL DEFAULT 0,
    ADD COLUMN unit_price_minor bigint NOT NULL DEFAULT 0,
    ADD COLUMN free_units integer NOT NULL DEFAULT 0;
  ALTER TABLE contracting.pledge
    ALTER COLUMN offer DROP DEFAULT,
    ALTER COLUMN contribution DROP DEFAULT,
    ALTER COLUMN return_kind DROP DEFAULT,
    ADD CONSTRAINT pledge_instrument_known CHECK (
      instrument IN ('loan', 'pre-purchase', 'premium', 'gift', 'labour', 'material', 'tool-loan')),
    ADD CONSTRAINT pledge_contribution_of_instrument CHECK (CASE
      WHEN instrument IN ('loan', 'pre-purchase', 'premium') THEN contribution = 'money'
      WHEN instrument = 'gift' THEN contribution IN ('money', 'hours', 'goods')
      WHEN instrument = 'labour' THEN contribution = 'hours'
      ELSE contribution = 'goods' END),
    ADD CONSTRAINT pledge_return_of_instrument CHECK (CASE
      WHEN instrument = 'loan' THEN return_kind IN ('money', 'units')
      WHEN instrument IN ('pre-purchase', 'premium') THEN return_kind = 'units'
      WHEN instrument = 'gift' THEN return_kind = 'nothing'
      WHEN instrument = 'tool-loan' THEN return_kind = 'tool'
      ELSE return_kind IN ('units', 'nothing') END),
    -- Money has an amount and stands in the ledger; hours and goods have neither.
    ADD CONSTRAINT pledge_money CHECK (
      CASE contribution WHEN 'money' THEN amount_minor > 0 AND transfer_id IS NOT NULL
        ELSE amount_minor = 0 AND transfer_id IS NULL AND ending_transfer_id IS NULL END),
    ADD CONSTRAINT pledge_goods CHECK (CASE contribution
      WHEN 'money' THEN num_nonnulls(item, item_key, unit, qualification, value_minor) = 0 AND quantity_milli = 0
      ELSE num_nulls(item, item_key, unit) = 0 AND quantity_milli > 0 END),
    ADD CONSTRAINT pledge_hours_unit CHECK (contribution <> 'hours' OR unit = 'h'),
    ADD CONSTRAINT pledge_qualification_of_hours CHECK (contribution = 'hours' OR qualification IS NULL),
    ADD CONSTRAINT pledge_item_length CHECK (char_length(item) BETWEEN 1 AND 120 AND char_length(unit) BETWEEN 1 AND 20
      AND char_length(qualification) BETWEEN 1 AND 120),
    ADD CONSTRAINT pledge_value_positive CHECK (value_minor > 0),
    ADD CONSTRAINT pledge_units_of_return CHECK (CASE return_kind
      WHEN 'units' THEN units > 0 AND line IS NOT NULL ELSE units = 0 AND free_units = 0 END),
    ADD CONSTRAINT pledge_unit_price CHECK (
      CASE WHEN return_kind = 'units' AND contribution = 'money' THEN unit_price_minor > 0 ELSE unit_price_minor = 0 END),
    ADD CONSTRAINT pledge_units_paid CHECK (units * unit_price_minor <= amount_minor),
    ADD CONSTRAINT pledge_free_units_of_premium CHECK (free_units = 0 OR (instrument = 'premium' AND free_units > 0)),
    ADD CONSTRAINT pledge_place CHECK (offer > 0 AND line > 0),
    ADD CONSTRAINT pledge_transfer_ended CHECK (contribution <> 'money' OR (state = 'pledged') = (ending_transfer_id IS NULL));

  CREATE TRIGGER pledge_deal_fixed BEFORE UPDATE ON contracting.pledge FOR EACH ROW
    WHEN ((OLD.offer, OLD.contribution, OLD.item, OLD.item_key, OLD.unit, OLD.qualification, OLD.quantity_milli,
        OLD.value_minor, OLD.return_kind, OLD.line, OLD.units, OLD.unit_price_minor, OLD.free_units)
      IS DISTINCT FROM (NEW.offer, NEW.contribution, NEW.item, NEW.item_key, NEW.unit, NEW.qualification, NEW.quantity_milli,
        NEW.value_minor, NEW.return_kind, NEW.line, NEW.units, NEW.unit_price_minor, NEW.free_units))
    EXECUTE FUNCTION platform.refuse_change();
`;

const SUMS = `
  -- Counted by triggers from what happened, as received_minor is from the payments.
  ALTER TABLE contracting.pledge
    ADD COLUMN received_milli bigint NOT NULL DEFAULT 0,
    ADD COLUMN waived_milli bigint NOT NULL DEFAULT 0,
    ADD COLUMN returned_milli bigint NOT NULL DEFAULT 0,
    ADD COLUMN units_delivered integer NOT NULL DEFAULT 0,
    ADD COLUMN units_waived integer NOT NULL DEFAULT 0,
    ADD COLUMN free_delivered integer NOT NULL DEFAULT 0,
    ADD COLUMN free_waived integer NOT NULL DEFAULT 0,
    -- What units have settled of the money that came in.
    ADD COLUMN redeemed_minor bigint NOT NULL DEFAULT 0;
  ALTER TABLE contracting.pledge ALTER COLUMN owed_minor SET EXPRESSION AS (
    CASE WHEN return_kind IN ('money', 'units') THEN received_minor - repaid_minor - forgiven_minor - redeemed_minor ELSE 0 END);
  ALTER TABLE contracting.pledge
    ADD CONSTRAINT pledge_received_milli_range CHECK (received_milli >= 0 AND (received_milli = 0
      OR (contribution <> 'money' AND state IN ('active', 'fulfilled')))),
    ADD CONSTRAINT pledge_waived_milli_range CHECK (waived_milli BETWEEN 0 AND quantity_milli),
    ADD CONSTRAINT pledge_returned_milli_range CHECK (returned_milli BETWEEN 0 AND received_milli
      AND (returned_milli = 0 OR return_kind = 'tool')),
    ADD CONSTRAINT pledge_units_range CHECK (units_delivered >= 0 AND units_waived >= 0
      AND units_delivered + units_waived <= units),
    ADD CONSTRAINT pledge_free_units_range CHECK (free_delivered >= 0 AND free_waived >= 0
      AND free_delivered + free_waived <= free_units),
    ADD CONSTRAINT pledge_redeemed_range CHECK (redeemed_minor = units_delivered * unit_price_minor);

  CREATE TRIGGER pledge_units_guard BEFORE UPDATE ON contracting.pledge FOR EACH ROW
    WHEN ((OLD.received_milli, OLD.waived_milli, OLD.returned_milli, OLD.units_delivered, OLD.units_waived,
        OLD.free_delivered, OLD.free_waived, OLD.redeemed_minor)
      IS DISTINCT FROM (NEW.received_milli, NEW.waived_milli, NEW.returned_milli, NEW.units_delivered, NEW.units_waived,
        NEW.free_delivered, NEW.free_waived, NEW.redeemed_minor))
    EXECUTE FUNCTION contracting.guard_obligation();
  CREATE TRIGGER pledge_begins_empty BEFORE INSERT ON contracting.pledge FOR EACH ROW
    WHEN ((NEW.received_milli, NEW.waived_milli, NEW.returned_milli, NEW.units_delivered, NEW.units_waived,
        NEW.free_delivered, NEW.free_waived, NEW.redeemed_minor, NEW.repaid_minor, NEW.forgiven_minor, NEW.waived_minor)
      <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    EXECUTE FUNCTION platform.refuse_change();
`;
