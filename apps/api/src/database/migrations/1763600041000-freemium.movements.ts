/**
 * The figures that follow from append-only rows are written by their triggers and by nothing else, and what must be
 * whole is asked at commit, for the owner of the tables as well.
 */
export const MOVEMENTS = `
  -- Raised by our own triggers only: a figure that follows from others is never written by hand.
  CREATE FUNCTION freemium.refuse_counted() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF pg_trigger_depth() < 2 THEN
      RAISE EXCEPTION '% of %.% is counted from what was booked', TG_ARGV[0], TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER pool_counted BEFORE UPDATE OF available_minor ON freemium.pool
    FOR EACH ROW WHEN (NEW.available_minor <> OLD.available_minor)
    EXECUTE FUNCTION freemium.refuse_counted('available_minor');
  CREATE TRIGGER pool_lot_counted BEFORE UPDATE OF drawn_minor ON freemium.pool_lot
    FOR EACH ROW WHEN (NEW.drawn_minor <> OLD.drawn_minor) EXECUTE FUNCTION freemium.refuse_counted('drawn_minor');
  CREATE TRIGGER sale_counted BEFORE UPDATE OF paid_minor, floor_served_minor, cost_served_minor ON freemium.sale
    FOR EACH ROW WHEN ((NEW.paid_minor, NEW.floor_served_minor, NEW.cost_served_minor)
      IS DISTINCT FROM (OLD.paid_minor, OLD.floor_served_minor, OLD.cost_served_minor))
    EXECUTE FUNCTION freemium.refuse_counted('paid_minor');

  CREATE FUNCTION freemium.begin_at_zero() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_TABLE_NAME = 'pool' AND (to_jsonb(NEW)->>'available_minor')::bigint <> 0
       OR TG_TABLE_NAME = 'pool_lot' AND (to_jsonb(NEW)->>'drawn_minor')::bigint <> 0
       OR TG_TABLE_NAME = 'sale' AND (to_jsonb(NEW)->>'paid_minor')::bigint <> 0 THEN
      RAISE EXCEPTION 'a % begins with nothing counted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER pool_begins_at_zero BEFORE INSERT ON freemium.pool
    FOR EACH ROW EXECUTE FUNCTION freemium.begin_at_zero();
  CREATE TRIGGER pool_lot_begins_at_zero BEFORE INSERT ON freemium.pool_lot
    FOR EACH ROW EXECUTE FUNCTION freemium.begin_at_zero();
  CREATE TRIGGER sale_begins_at_zero BEFORE INSERT ON freemium.sale
    FOR EACH ROW EXECUTE FUNCTION freemium.begin_at_zero();

  CREATE FUNCTION freemium.count_lot() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE freemium.pool SET available_minor = available_minor + NEW.amount_minor
      WHERE product_id = NEW.product_id AND tier = NEW.tier AND currency = NEW.currency;
    RETURN NULL;
  END $$;
  CREATE TRIGGER pool_lot_counts AFTER INSERT ON freemium.pool_lot
    FOR EACH ROW EXECUTE FUNCTION freemium.count_lot();

  CREATE FUNCTION freemium.count_draw() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE freemium.pool_lot SET drawn_minor = drawn_minor + NEW.amount_minor WHERE id = NEW.lot_id;
    UPDATE freemium.pool SET available_minor = available_minor - NEW.amount_minor
      FROM freemium.pool_lot lot
      WHERE lot.id = NEW.lot_id AND pool.product_id = lot.product_id AND pool.tier = lot.tier
        AND pool.currency = lot.currency;
    RETURN NULL;
  END $$;
  CREATE TRIGGER pool_draw_counts AFTER INSERT ON freemium.pool_draw
    FOR EACH ROW EXECUTE FUNCTION freemium.count_draw();

  CREATE FUNCTION freemium.count_payment() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE freemium.sale SET paid_minor = paid_minor + NEW.amount_minor,
        floor_served_minor = floor_served_minor + NEW.floor_minor,
        cost_served_minor = cost_served_minor + NEW.cost_minor
      WHERE id = NEW.sale_id;
    RETURN NULL;
  END $$;
  CREATE TRIGGER sale_payment_counts AFTER INSERT ON freemium.sale_payment
    FOR EACH ROW EXECUTE FUNCTION freemium.count_payment();

  -- At commit, because the payments of a sale are reversed one by one.
  CREATE FUNCTION freemium.reversed_whole() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT 1 FROM freemium.sale
               WHERE id = NEW.id AND state IN ('cancelled', 'returned') AND paid_minor <> 0) THEN
      RAISE EXCEPTION 'sale % is %, and not all of it was paid back', NEW.ref, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER sale_reversed_whole AFTER UPDATE ON freemium.sale
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION freemium.reversed_whole();

  -- Lots may change in what was drawn of them and in nothing else, and are never deleted.
  CREATE FUNCTION freemium.keep_lot() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'drawn_minor' = to_jsonb(OLD) - 'drawn_minor' THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'what came into a pool stays as it was booked'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
  END $$;
  CREATE TRIGGER pool_lot_kept BEFORE UPDATE OR DELETE ON freemium.pool_lot
    FOR EACH ROW EXECUTE FUNCTION freemium.keep_lot();
  CREATE TRIGGER pool_lot_never_truncated BEFORE TRUNCATE ON freemium.pool_lot
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

  -- Every share of a payment that belongs to a pool is a lot of that pool, to the cent.
  CREATE FUNCTION freemium.shares_are_lots() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    missing boolean;
  BEGIN
    IF NEW.reverses_payment_id IS NULL THEN
      SELECT coalesce(sum(amount_minor) FILTER (WHERE tier = 'free'), 0) <> NEW.free_pool_minor
          OR coalesce(sum(amount_minor) FILTER (WHERE tier = 'fair'), 0) <> NEW.fair_pool_minor
        INTO missing FROM freemium.pool_lot WHERE sale_payment_id = NEW.id;
    ELSE
      SELECT coalesce(sum(draw.amount_minor) FILTER (WHERE lot.tier = 'free'), 0) <> -NEW.free_pool_minor
          OR coalesce(sum(draw.amount_minor) FILTER (WHERE lot.tier = 'fair'), 0) <> -NEW.fair_pool_minor
        INTO missing FROM freemium.pool_draw draw JOIN freemium.pool_lot lot ON lot.id = draw.lot_id
        WHERE draw.sale_payment_id = NEW.id;
    END IF;
    IF missing THEN
      RAISE EXCEPTION 'payment % and its lots differ', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER sale_payment_shares_are_lots AFTER INSERT ON freemium.sale_payment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION freemium.shares_are_lots();

  -- Every free unit is fully paid for by named sales or gifts: its draws sum to what it holds or has spent.
  CREATE FUNCTION freemium.grant_is_paid_for() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    one freemium.unit_grant;
    drawn bigint;
  BEGIN
    SELECT * INTO one FROM freemium.unit_grant WHERE id = (to_jsonb(NEW)->>TG_ARGV[0])::uuid;
    IF NOT FOUND THEN RETURN NULL; END IF;
    SELECT coalesce(sum(amount_minor), 0) INTO drawn FROM freemium.pool_draw WHERE grant_id = one.id;
    IF drawn <> coalesce(one.spent_minor, one.held_minor) THEN
      RAISE EXCEPTION 'grant % is not paid for by what it names: % of %', one.ref, drawn,
        coalesce(one.spent_minor, one.held_minor) USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER unit_grant_is_paid_for AFTER INSERT OR UPDATE ON freemium.unit_grant
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION freemium.grant_is_paid_for('id');
  CREATE CONSTRAINT TRIGGER pool_draw_pays_grant AFTER INSERT ON freemium.pool_draw
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION freemium.grant_is_paid_for('grant_id');

  -- A draw and its lot are of one pool, and so are a grant and its draws.
  CREATE FUNCTION freemium.draw_of_own_pool() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.grant_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM freemium.unit_grant g JOIN freemium.pool_lot lot USING (product_id, tier, currency)
        WHERE g.id = NEW.grant_id AND lot.id = NEW.lot_id) THEN
      RAISE EXCEPTION 'grant % draws on the pool of another product', NEW.grant_id
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER pool_draw_of_own_pool BEFORE INSERT ON freemium.pool_draw
    FOR EACH ROW EXECUTE FUNCTION freemium.draw_of_own_pool();

  -- Steps, one way only.
  CREATE FUNCTION freemium.legal_step() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.state || '>' || NEW.state <> ALL (string_to_array(TG_ARGV[0], ' ')) THEN
      RAISE EXCEPTION '% cannot go from % to %', TG_TABLE_NAME, OLD.state, NEW.state
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER sale_legal_step BEFORE UPDATE OF state ON freemium.sale FOR EACH ROW WHEN (NEW.state <> OLD.state)
    EXECUTE FUNCTION freemium.legal_step(
      'ordered>paid ordered>cancelled paid>delivered paid>cancelled delivered>returned');
  CREATE TRIGGER unit_grant_legal_step BEFORE UPDATE OF state ON freemium.unit_grant
    FOR EACH ROW WHEN (NEW.state <> OLD.state)
    EXECUTE FUNCTION freemium.legal_step('held>made held>failed made>delivered');
  CREATE TRIGGER free_request_legal_step BEFORE UPDATE OF state ON freemium.free_request
    FOR EACH ROW WHEN (NEW.state <> OLD.state)
    EXECUTE FUNCTION freemium.legal_step('waiting>granted waiting>withdrawn granted>waiting');
`;
