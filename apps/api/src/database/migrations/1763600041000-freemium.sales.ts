/** Rules that are published and never changed, and the accounts of a product. */
export const RULES = `
  -- Published, and never changed: a change is a new number that begins later.
  CREATE TABLE freemium.split_rule (
    id uuid NOT NULL CONSTRAINT split_rule_pkey PRIMARY KEY,
    product_id uuid NOT NULL,
    fablab_id uuid NOT NULL,
    number integer NOT NULL,
    currency char(3) NOT NULL,
    effective_from date NOT NULL,
    sustenance_floor_minor bigint NOT NULL,
    -- Basis points of what is left once floor and cost are served.
    sustenance_share integer NOT NULL,
    reserve_share integer NOT NULL,
    free_pool_share integer NOT NULL,
    fair_pool_share integer NOT NULL,
    design_commons_share integer NOT NULL,
    network_share integer NOT NULL,
    reason text NOT NULL,
    published_by uuid NOT NULL CONSTRAINT split_rule_published_by_fkey REFERENCES identity.person (id),
    published_at timestamptz NOT NULL,
    CONSTRAINT split_rule_product_fkey
      FOREIGN KEY (product_id, fablab_id) REFERENCES catalogue.product (id, fablab_id),
    CONSTRAINT split_rule_number_key UNIQUE (product_id, currency, number),
    CONSTRAINT split_rule_effective_key UNIQUE (product_id, currency, effective_from),
    CONSTRAINT split_rule_number_positive CHECK (number > 0),
    CONSTRAINT split_rule_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT split_rule_floor_range CHECK (sustenance_floor_minor BETWEEN 0 AND 1000000000000000),
    CONSTRAINT split_rule_shares_positive CHECK (least(sustenance_share, reserve_share, free_pool_share,
      fair_pool_share, design_commons_share, network_share) >= 0),
    CONSTRAINT split_rule_shares_whole CHECK (sustenance_share + reserve_share + free_pool_share + fair_pool_share
      + design_commons_share + network_share = 10000),
    CONSTRAINT split_rule_reason_length CHECK (char_length(reason) BETWEEN 1 AND 2000),
    -- Never backwards: what was sold before was split by the rule that was published then.
    CONSTRAINT split_rule_ahead CHECK (effective_from >= (published_at AT TIME ZONE 'UTC')::date)
  );

  -- Who comes next on the waiting list of a product.
  CREATE TABLE freemium.list_rule (
    id uuid NOT NULL CONSTRAINT list_rule_pkey PRIMARY KEY,
    product_id uuid NOT NULL,
    fablab_id uuid NOT NULL,
    number integer NOT NULL,
    rule text NOT NULL,
    ageing_days integer NOT NULL,
    seed text,
    reason text NOT NULL,
    published_by uuid NOT NULL CONSTRAINT list_rule_published_by_fkey REFERENCES identity.person (id),
    published_at timestamptz NOT NULL,
    CONSTRAINT list_rule_product_fkey
      FOREIGN KEY (product_id, fablab_id) REFERENCES catalogue.product (id, fablab_id),
    CONSTRAINT list_rule_number_key UNIQUE (product_id, number),
    CONSTRAINT list_rule_number_positive CHECK (number > 0),
    CONSTRAINT list_rule_rule_known CHECK (rule IN ('turns', 'lottery')),
    CONSTRAINT list_rule_seed_of_lottery CHECK ((rule = 'lottery') = (seed IS NOT NULL)
      AND char_length(seed) BETWEEN 8 AND 200),
    CONSTRAINT list_rule_ageing_range CHECK (ageing_days BETWEEN 0 AND 3650),
    CONSTRAINT list_rule_reason_length CHECK (char_length(reason) BETWEEN 1 AND 2000)
  );

  -- The next number of each kind of reference and year; a failed deed leaves no gap.
  CREATE TABLE freemium.ref_counter (
    kind text NOT NULL,
    year integer NOT NULL,
    last_number integer NOT NULL,
    CONSTRAINT ref_counter_pkey PRIMARY KEY (kind, year),
    CONSTRAINT ref_counter_kind_known CHECK (kind IN ('sale', 'grant', 'request')),
    CONSTRAINT ref_counter_positive CHECK (last_number > 0)
  );

  -- The accounts of a product in the fablab's books, so that a sale need not look for each of them.
  CREATE TABLE freemium.product_book (
    product_id uuid NOT NULL,
    fablab_id uuid NOT NULL,
    currency char(3) NOT NULL,
    bank_account uuid NOT NULL CONSTRAINT product_book_bank_fkey REFERENCES ledger.account (id),
    sustenance_account uuid NOT NULL CONSTRAINT product_book_sustenance_fkey REFERENCES ledger.account (id),
    cost_account uuid NOT NULL CONSTRAINT product_book_cost_fkey REFERENCES ledger.account (id),
    reserve_account uuid NOT NULL CONSTRAINT product_book_reserve_fkey REFERENCES ledger.account (id),
    free_pool_account uuid NOT NULL CONSTRAINT product_book_free_pool_fkey REFERENCES ledger.account (id),
    fair_pool_account uuid NOT NULL CONSTRAINT product_book_fair_pool_fkey REFERENCES ledger.account (id),
    design_commons_account uuid NOT NULL CONSTRAINT product_book_design_commons_fkey REFERENCES ledger.account (id),
    network_account uuid NOT NULL CONSTRAINT product_book_network_fkey REFERENCES ledger.account (id),
    -- Where the cost of free and supported units comes in once a pool has paid it.
    funded_account uuid NOT NULL CONSTRAINT product_book_funded_fkey REFERENCES ledger.account (id),
    CONSTRAINT product_book_pkey PRIMARY KEY (product_id, currency),
    CONSTRAINT product_book_product_fkey
      FOREIGN KEY (product_id, fablab_id) REFERENCES catalogue.product (id, fablab_id)
  );
`;

/** What was ordered, and what was paid for it with its split. */
export const SALES = `
  CREATE TABLE freemium.sale (
    id uuid NOT NULL CONSTRAINT sale_pkey PRIMARY KEY,
    ref text NOT NULL CONSTRAINT sale_ref_key UNIQUE,
    fablab_id uuid NOT NULL,
    product_id uuid NOT NULL,
    product_version_id uuid NOT NULL,
    tier text NOT NULL,
    form text NOT NULL,
    quantity integer NOT NULL,
    currency char(3) NOT NULL,
    unit_price_minor bigint NOT NULL,
    -- Of the cost sheet in force when it was ordered.
    unit_cost_minor bigint NOT NULL,
    split_rule_id uuid NOT NULL CONSTRAINT sale_split_rule_fkey REFERENCES freemium.split_rule (id),
    -- Null for an individual, whose name and address stand in sale_buyer and can be erased.
    buyer_community_id uuid CONSTRAINT sale_buyer_community_fkey REFERENCES identity.community (id),
    state text NOT NULL,
    -- Counted from the payments by their trigger.
    paid_minor bigint NOT NULL DEFAULT 0,
    floor_served_minor bigint NOT NULL DEFAULT 0,
    cost_served_minor bigint NOT NULL DEFAULT 0,
    -- A random word in the address of an individual's order page: who holds it may read the order.
    access_hash bytea,
    ordered_at timestamptz NOT NULL,
    due_on date NOT NULL,
    CONSTRAINT sale_product_fkey FOREIGN KEY (product_id, fablab_id) REFERENCES catalogue.product (id, fablab_id),
    CONSTRAINT sale_version_fkey
      FOREIGN KEY (product_version_id, fablab_id) REFERENCES catalogue.product_version (id, fablab_id),
    CONSTRAINT sale_ref_form CHECK (ref ~ '^SALE-[0-9]{4}-[0-9]{4,}$'),
    CONSTRAINT sale_tier_known CHECK (tier IN ('fair', 'premium')),
    CONSTRAINT sale_form_known CHECK (form IN ('plans', 'kit', 'assembled')),
    CONSTRAINT sale_quantity_range CHECK (quantity BETWEEN 1 AND 10000),
    CONSTRAINT sale_unit_price_range CHECK (unit_price_minor BETWEEN 0 AND 1000000000000000),
    CONSTRAINT sale_unit_cost_range CHECK (unit_cost_minor BETWEEN 0 AND 1000000000000000),
    CONSTRAINT sale_state_known CHECK (state IN ('ordered', 'paid', 'delivered', 'cancelled', 'returned')),
    CONSTRAINT sale_paid_range CHECK (paid_minor BETWEEN 0 AND unit_price_minor * quantity),
    CONSTRAINT sale_paid_whole CHECK (state NOT IN ('paid', 'delivered') OR paid_minor = unit_price_minor * quantity),
    CONSTRAINT sale_served CHECK (floor_served_minor >= 0 AND cost_served_minor >= 0
      AND cost_served_minor <= unit_cost_minor * quantity AND floor_served_minor + cost_served_minor <= paid_minor)
  );
  CREATE UNIQUE INDEX sale_access_once ON freemium.sale (access_hash) WHERE access_hash IS NOT NULL;
  CREATE INDEX sale_by_product ON freemium.sale (product_id, id);
  CREATE INDEX sale_by_fablab ON freemium.sale (fablab_id, id);
  CREATE INDEX sale_by_buyer ON freemium.sale (buyer_community_id, id) WHERE buyer_community_id IS NOT NULL;

  -- Personal data, apart from what is public; erasure deletes the row.
  CREATE TABLE freemium.sale_buyer (
    sale_id uuid NOT NULL CONSTRAINT sale_buyer_pkey PRIMARY KEY
      CONSTRAINT sale_buyer_sale_fkey REFERENCES freemium.sale (id),
    name text NOT NULL,
    email text NOT NULL,
    address text NOT NULL,
    CONSTRAINT sale_buyer_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
    CONSTRAINT sale_buyer_email_length CHECK (char_length(email) BETWEEN 3 AND 254),
    CONSTRAINT sale_buyer_address_length CHECK (char_length(address) <= 2000)
  );

  -- Each step of a sale with its reason, as far as there is one.
  CREATE TABLE freemium.sale_step (
    sale_id uuid NOT NULL CONSTRAINT sale_step_sale_fkey REFERENCES freemium.sale (id),
    state text NOT NULL,
    reason text,
    taken_by uuid CONSTRAINT sale_step_taken_by_fkey REFERENCES identity.person (id),
    taken_at timestamptz NOT NULL,
    CONSTRAINT sale_step_pkey PRIMARY KEY (sale_id, state),
    CONSTRAINT sale_step_reason CHECK (state NOT IN ('cancelled', 'returned') OR char_length(reason) BETWEEN 1 AND 2000)
  );

  -- A payment with its split, or the reversal of one with what was taken back of it, below zero.
  CREATE TABLE freemium.sale_payment (
    id uuid NOT NULL CONSTRAINT sale_payment_pkey PRIMARY KEY,
    sale_id uuid NOT NULL CONSTRAINT sale_payment_sale_fkey REFERENCES freemium.sale (id),
    amount_minor bigint NOT NULL,
    value_date date NOT NULL,
    sustenance_minor bigint NOT NULL,
    cost_minor bigint NOT NULL,
    reserve_minor bigint NOT NULL,
    free_pool_minor bigint NOT NULL,
    fair_pool_minor bigint NOT NULL,
    design_commons_minor bigint NOT NULL,
    network_minor bigint NOT NULL,
    -- The part of the makers' share that was their floor.
    floor_minor bigint NOT NULL,
    transfer_id uuid NOT NULL CONSTRAINT sale_payment_transfer_key UNIQUE
      CONSTRAINT sale_payment_transfer_fkey REFERENCES ledger.transfer (id),
    reverses_payment_id uuid CONSTRAINT sale_payment_reversed_once UNIQUE
      CONSTRAINT sale_payment_reverses_fkey REFERENCES freemium.sale_payment (id),
    -- Of a reversal: what pools had spent of the payment, so that the reserve bears it.
    spent_free_minor bigint NOT NULL DEFAULT 0,
    spent_fair_minor bigint NOT NULL DEFAULT 0,
    recorded_by uuid CONSTRAINT sale_payment_recorded_by_fkey REFERENCES identity.person (id),
    recorded_at timestamptz NOT NULL,
    -- Invariant 6: what a payment was split into sums to the payment.
    CONSTRAINT sale_payment_split_sums CHECK (sustenance_minor + cost_minor + reserve_minor + free_pool_minor
      + fair_pool_minor + design_commons_minor + network_minor = amount_minor),
    CONSTRAINT sale_payment_sign CHECK (CASE WHEN reverses_payment_id IS NULL
      THEN amount_minor > 0 AND least(sustenance_minor, cost_minor, reserve_minor, free_pool_minor, fair_pool_minor,
        design_commons_minor, network_minor, floor_minor) >= 0 AND spent_free_minor = 0 AND spent_fair_minor = 0
      ELSE amount_minor < 0 AND greatest(sustenance_minor, cost_minor, reserve_minor, free_pool_minor,
        fair_pool_minor, design_commons_minor, network_minor, floor_minor) <= 0
        AND spent_free_minor >= 0 AND spent_fair_minor >= 0 END),
    CONSTRAINT sale_payment_floor CHECK (abs(floor_minor) <= abs(sustenance_minor))
  );
  CREATE INDEX sale_payment_by_sale ON freemium.sale_payment (sale_id);
`;
