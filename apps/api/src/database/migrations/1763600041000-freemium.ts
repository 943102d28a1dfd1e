import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RULES, SALES } from './1763600041000-freemium.sales.js';
import { MOVEMENTS } from './1763600041000-freemium.movements.js';

const IMMUTABLE = [
  'split_rule',
  'list_rule',
  'sale_payment',
  'pool_gift',
  'pool_draw',
  'grant_step',
  'sale_step',
] as const;

/** Split rules, sales, pools, the waiting list and grants. Invariant 6 is held here as far as a database can. */
export class Freemium1763600041000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE SCHEMA freemium;`);
    await runner.query(RULES);
    await runner.query(SALES);
    await runner.query(WAITING);
    await runner.query(POOLS);
    await runner.query(MOVEMENTS);
    for (const table of IMMUTABLE) {
      await runner.query(`
        CREATE TRIGGER ${table}_never_changes BEFORE UPDATE OR DELETE ON freemium.${table}
          FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
        CREATE TRIGGER ${table}_never_truncated BEFORE TRUNCATE ON freemium.${table}
          FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA freemium CASCADE`);
  }
}

const WAITING = `
  -- A request for a free unit. Its reason and who asked are private, and can be erased.
  CREATE TABLE freemium.free_request (
    id uuid NOT NULL CONSTRAINT free_request_pkey PRIMARY KEY,
    ref text NOT NULL CONSTRAINT free_request_ref_key UNIQUE,
    product_id uuid NOT NULL CONSTRAINT free_request_product_fkey REFERENCES catalogue.product (id),
    -- Counts up for each product.
    number integer NOT NULL,
    community_id uuid CONSTRAINT free_request_community_fkey REFERENCES identity.community (id),
    person_id uuid CONSTRAINT free_request_person_fkey REFERENCES identity.person (id),
    need_class text NOT NULL,
    reason text,
    state text NOT NULL,
    asked_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT free_request_number_key UNIQUE (product_id, number),
    CONSTRAINT free_request_ref_form CHECK (ref ~ '^REQ-[0-9]{4}-[0-9]{4,}$'),
    CONSTRAINT free_request_need_class_known CHECK (need_class IN ('urgent', 'essential', 'helpful')),
    CONSTRAINT free_request_state_known CHECK (state IN ('waiting', 'granted', 'withdrawn')),
    CONSTRAINT free_request_ended CHECK ((ended_at IS NULL) = (state = 'waiting')),
    CONSTRAINT free_request_reason_length CHECK (char_length(reason) BETWEEN 1 AND 2000)
  );
  CREATE INDEX free_request_waiting ON freemium.free_request (product_id, number) WHERE state = 'waiting';
  CREATE INDEX free_request_by_person ON freemium.free_request (person_id, id) WHERE person_id IS NOT NULL;
  -- One at a time for each person and product.
  CREATE UNIQUE INDEX free_request_once ON freemium.free_request (product_id, person_id) WHERE state = 'waiting';
`;

const POOLS = `
  CREATE TABLE freemium.pool (
    product_id uuid NOT NULL,
    tier text NOT NULL,
    currency char(3) NOT NULL,
    account_id uuid NOT NULL CONSTRAINT pool_account_key UNIQUE CONSTRAINT pool_account_fkey REFERENCES ledger.account (id),
    -- Counted by the triggers of lots and draws; what may yet be paid out.
    available_minor bigint NOT NULL DEFAULT 0,
    CONSTRAINT pool_pkey PRIMARY KEY (product_id, tier, currency),
    CONSTRAINT pool_product_fkey FOREIGN KEY (product_id) REFERENCES catalogue.product (id),
    CONSTRAINT pool_tier_known CHECK (tier IN ('free', 'fair')),
    -- Invariant 6: what a pool paid out never exceeds what it took in.
    CONSTRAINT pool_available_range CHECK (available_minor >= 0)
  );

  -- Money that somebody gave to a pool. A name is shown only where the giver wanted so.
  CREATE TABLE freemium.pool_gift (
    id uuid NOT NULL CONSTRAINT pool_gift_pkey PRIMARY KEY,
    product_id uuid NOT NULL,
    tier text NOT NULL,
    currency char(3) NOT NULL,
    amount_minor bigint NOT NULL,
    value_date date NOT NULL,
    community_id uuid CONSTRAINT pool_gift_community_fkey REFERENCES identity.community (id),
    transfer_id uuid NOT NULL CONSTRAINT pool_gift_transfer_key UNIQUE
      CONSTRAINT pool_gift_transfer_fkey REFERENCES ledger.transfer (id),
    recorded_by uuid NOT NULL CONSTRAINT pool_gift_recorded_by_fkey REFERENCES identity.person (id),
    recorded_at timestamptz NOT NULL,
    CONSTRAINT pool_gift_pool_fkey
      FOREIGN KEY (product_id, tier, currency) REFERENCES freemium.pool (product_id, tier, currency),
    CONSTRAINT pool_gift_amount_range CHECK (amount_minor BETWEEN 1 AND 1000000000000000)
  );

  -- What came into a pool at one time; drawn on in the order of number.
  CREATE TABLE freemium.pool_lot (
    id uuid NOT NULL CONSTRAINT pool_lot_pkey PRIMARY KEY,
    product_id uuid NOT NULL,
    tier text NOT NULL,
    currency char(3) NOT NULL,
    number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    amount_minor bigint NOT NULL,
    -- Counted by the trigger of draws.
    drawn_minor bigint NOT NULL DEFAULT 0,
    sale_payment_id uuid CONSTRAINT pool_lot_sale_payment_fkey REFERENCES freemium.sale_payment (id),
    pool_gift_id uuid CONSTRAINT pool_lot_gift_key UNIQUE CONSTRAINT pool_lot_gift_fkey REFERENCES freemium.pool_gift (id),
    CONSTRAINT pool_lot_pool_fkey
      FOREIGN KEY (product_id, tier, currency) REFERENCES freemium.pool (product_id, tier, currency),
    CONSTRAINT pool_lot_payment_once UNIQUE (sale_payment_id, tier),
    CONSTRAINT pool_lot_one_source CHECK (num_nonnulls(sale_payment_id, pool_gift_id) = 1),
    CONSTRAINT pool_lot_amount_positive CHECK (amount_minor > 0),
    CONSTRAINT pool_lot_drawn_range CHECK (drawn_minor BETWEEN 0 AND amount_minor)
  );
  CREATE INDEX pool_lot_left ON freemium.pool_lot (product_id, tier, currency, number) WHERE drawn_minor < amount_minor;

  -- One free unit, or what the fair pool adds to a fair one.
  CREATE TABLE freemium.unit_grant (
    id uuid NOT NULL CONSTRAINT unit_grant_pkey PRIMARY KEY,
    ref text NOT NULL CONSTRAINT unit_grant_ref_key UNIQUE,
    product_id uuid NOT NULL,
    tier text NOT NULL,
    currency char(3) NOT NULL,
    product_version_id uuid NOT NULL
      CONSTRAINT unit_grant_version_fkey REFERENCES catalogue.product_version (id),
    form text NOT NULL,
    request_id uuid CONSTRAINT unit_grant_request_fkey REFERENCES freemium.free_request (id),
    sale_id uuid CONSTRAINT unit_grant_sale_key UNIQUE CONSTRAINT unit_grant_sale_fkey REFERENCES freemium.sale (id),
    list_rule_id uuid CONSTRAINT unit_grant_list_rule_fkey REFERENCES freemium.list_rule (id),
    -- Why it was this request, in one sentence without a person in it.
    chosen_because text NOT NULL,
    held_minor bigint NOT NULL,
    spent_minor bigint,
    overrun_minor bigint,
    hold_transfer_id uuid CONSTRAINT unit_grant_hold_key UNIQUE
      CONSTRAINT unit_grant_hold_fkey REFERENCES ledger.transfer (id),
    end_transfer_id uuid CONSTRAINT unit_grant_end_key UNIQUE
      CONSTRAINT unit_grant_end_fkey REFERENCES ledger.transfer (id),
    state text NOT NULL,
    granted_at timestamptz NOT NULL,
    CONSTRAINT unit_grant_pool_fkey
      FOREIGN KEY (product_id, tier, currency) REFERENCES freemium.pool (product_id, tier, currency),
    CONSTRAINT unit_grant_ref_form CHECK (ref ~ '^GRANT-[0-9]{4}-[0-9]{4,}$'),
    CONSTRAINT unit_grant_form_known CHECK (form IN ('plans', 'kit', 'assembled')),
    CONSTRAINT unit_grant_for CHECK (CASE tier WHEN 'free' THEN request_id IS NOT NULL AND sale_id IS NULL
      ELSE sale_id IS NOT NULL AND request_id IS NULL END),
    CONSTRAINT unit_grant_state_known CHECK (state IN ('held', 'made', 'delivered', 'failed')),
    CONSTRAINT unit_grant_held_range CHECK (held_minor >= 0),
    CONSTRAINT unit_grant_hold_of_cost CHECK ((hold_transfer_id IS NULL) = (held_minor = 0)),
    CONSTRAINT unit_grant_settled CHECK (CASE state WHEN 'held' THEN num_nonnulls(spent_minor, overrun_minor) = 0
      WHEN 'failed' THEN spent_minor = 0 AND overrun_minor >= 0
      ELSE spent_minor BETWEEN 0 AND held_minor AND overrun_minor >= 0 END)
  );
  CREATE INDEX unit_grant_by_product ON freemium.unit_grant (product_id, id);
  -- A unit that failed sends its request back to the list.
  CREATE UNIQUE INDEX unit_grant_request_once ON freemium.unit_grant (request_id) WHERE state <> 'failed';

  CREATE TABLE freemium.grant_step (
    grant_id uuid NOT NULL CONSTRAINT grant_step_grant_fkey REFERENCES freemium.unit_grant (id),
    state text NOT NULL,
    note text,
    taken_at timestamptz NOT NULL,
    CONSTRAINT grant_step_pkey PRIMARY KEY (grant_id, state)
  );

  -- What a grant takes from a lot (above zero) or gives back (below), and what a reversed payment takes with it.
  CREATE TABLE freemium.pool_draw (
    id uuid NOT NULL CONSTRAINT pool_draw_pkey PRIMARY KEY,
    lot_id uuid NOT NULL CONSTRAINT pool_draw_lot_fkey REFERENCES freemium.pool_lot (id),
    number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    grant_id uuid CONSTRAINT pool_draw_grant_fkey REFERENCES freemium.unit_grant (id),
    sale_payment_id uuid CONSTRAINT pool_draw_sale_payment_fkey REFERENCES freemium.sale_payment (id),
    amount_minor bigint NOT NULL,
    drawn_at timestamptz NOT NULL,
    CONSTRAINT pool_draw_one_cause CHECK (num_nonnulls(grant_id, sale_payment_id) = 1),
    CONSTRAINT pool_draw_amount CHECK (amount_minor <> 0 AND (grant_id IS NOT NULL OR amount_minor > 0))
  );
  CREATE INDEX pool_draw_by_lot ON freemium.pool_draw (lot_id);
  CREATE INDEX pool_draw_by_grant ON freemium.pool_draw (grant_id, number) WHERE grant_id IS NOT NULL;
`;
