/** What contracting’s tables refuse by themselves. Part of the migration of the same number. */
export const LIFE = `
  ${['draft_change', 'release', 'acceptance', 'payment']
    .map(
      (table) => `
  CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON contracting.${table}
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();`,
    )
    .join('')}
  ${['contract', 'contract_party', 'draft_change', 'release', 'acceptance', 'pledge', 'payment']
    .map(
      (table) => `
  CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON contracting.${table}
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();`,
    )
    .join('')}
  CREATE TRIGGER contract_no_delete BEFORE DELETE ON contracting.contract
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
  CREATE TRIGGER pledge_no_delete BEFORE DELETE ON contracting.pledge
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

  CREATE FUNCTION contracting.refuse(rule text) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'refused by %', rule USING ERRCODE = 'check_violation', CONSTRAINT = rule;
  END $$;

  -- The transition table of libs/contracting/src/domain/contract.ts; a test compares the two.
  CREATE FUNCTION contracting.contract_step_allowed(was text, becomes text) RETURNS boolean
    LANGUAGE sql IMMUTABLE RETURN (was, becomes) IN (
      ('draft', 'open'), ('draft', 'withdrawn'),
      ('open', 'active'), ('open', 'lapsed'), ('open', 'withdrawn'),
      ('active', 'completed'), ('active', 'terminated'));

  CREATE FUNCTION contracting.pledge_step_allowed(was text, becomes text) RETURNS boolean
    LANGUAGE sql IMMUTABLE RETURN (was, becomes) IN (
      ('pledged', 'withdrawn'), ('pledged', 'voided'), ('pledged', 'active'), ('active', 'fulfilled'));

  CREATE FUNCTION contracting.guard_contract() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      IF NEW.state <> 'draft' THEN PERFORM contracting.refuse('contract_begins_as_draft'); END IF;
      RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND NOT contracting.contract_step_allowed(OLD.state, NEW.state) THEN
      PERFORM contracting.refuse('contract_transition');
    END IF;
    IF (NEW.id, NEW.ref, NEW.fablab_id, NEW.drafted_by, NEW.drafted_at)
       IS DISTINCT FROM (OLD.id, OLD.ref, OLD.fablab_id, OLD.drafted_by, OLD.drafted_at)
       OR (OLD.opened_at IS NOT NULL AND NEW.opened_at IS DISTINCT FROM OLD.opened_at)
       OR (OLD.activated_at IS NOT NULL AND NEW.activated_at IS DISTINCT FROM OLD.activated_at) THEN
      PERFORM contracting.refuse('contract_fixed');
    END IF;
    -- After the opening, terms change by publishing another release only.
    IF NEW.terms <> OLD.terms AND OLD.state <> 'draft' AND NEW.current_release IS NOT DISTINCT FROM OLD.current_release THEN
      PERFORM contracting.refuse('contract_terms_published');
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER contract_guard BEFORE INSERT OR UPDATE ON contracting.contract
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_contract();

  CREATE FUNCTION contracting.guard_party() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM 1 FROM contracting.contract
      WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.contract_id ELSE NEW.contract_id END AND state = 'draft'
      FOR NO KEY UPDATE;
    IF NOT FOUND OR TG_OP = 'UPDATE' THEN PERFORM contracting.refuse('contract_party_fixed'); END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END $$;
  CREATE TRIGGER contract_party_guard BEFORE INSERT OR UPDATE OR DELETE ON contracting.contract_party
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_party();
`;

export const MONEY = `
  CREATE FUNCTION contracting.guard_pledge() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    contract contracting.contract;
  BEGIN
    IF TG_OP = 'INSERT' THEN
      SELECT * INTO contract FROM contracting.contract WHERE id = NEW.contract_id FOR NO KEY UPDATE;
      IF contract.state <> 'open' THEN PERFORM contracting.refuse('pledge_while_open'); END IF;
      IF contract.currency <> NEW.currency THEN PERFORM contracting.refuse('pledge_currency'); END IF;
      IF NEW.state <> 'pledged' OR NEW.received_minor <> 0 THEN PERFORM contracting.refuse('pledge_begins_pledged'); END IF;
      RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND NOT contracting.pledge_step_allowed(OLD.state, NEW.state) THEN
      PERFORM contracting.refuse('pledge_transition');
    END IF;
    IF NEW.received_minor <> OLD.received_minor AND pg_trigger_depth() < 2 THEN
      PERFORM contracting.refuse('pledge_received_derived');
    END IF;
    IF (NEW.id, NEW.contract_id, NEW.community_id, NEW.instrument, NEW.amount_minor, NEW.currency, NEW.transfer_id,
        NEW.pledged_by, NEW.pledged_at)
       IS DISTINCT FROM (OLD.id, OLD.contract_id, OLD.community_id, OLD.instrument, OLD.amount_minor, OLD.currency,
        OLD.transfer_id, OLD.pledged_by, OLD.pledged_at) THEN
      PERFORM contracting.refuse('pledge_fixed');
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER pledge_guard BEFORE INSERT OR UPDATE ON contracting.pledge
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_pledge();

  CREATE FUNCTION contracting.count_payment() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE contracting.pledge SET received_minor = received_minor + NEW.amount_minor
      WHERE id = NEW.pledge_id AND state = 'active';
    IF NOT FOUND THEN PERFORM contracting.refuse('payment_for_binding_pledge'); END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER payment_counted AFTER INSERT ON contracting.payment
    FOR EACH ROW EXECUTE FUNCTION contracting.count_payment();
`;

export const ACTIVATION = `
  -- Invariant 4, at commit and in both directions. The contract's row is locked first, so that two transactions
  -- which each bring one of the last two conditions cannot pass each other.
  CREATE FUNCTION contracting.check_activation(checked uuid) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    contract contracting.contract;
    accepted boolean;
    pledged numeric;
    waiting boolean;
  BEGIN
    SELECT * INTO contract FROM contracting.contract WHERE id = checked FOR NO KEY UPDATE;
    IF contract.state = 'draft' THEN RETURN; END IF;
    SELECT coalesce(sum(amount_minor) FILTER (WHERE state IN ('pledged', 'active', 'fulfilled')), 0),
           coalesce(bool_or(state = 'pledged'), false)
      INTO pledged, waiting FROM contracting.pledge WHERE contract_id = checked;
    IF contract.state <> 'open' AND waiting THEN PERFORM contracting.refuse('contract_pledges_settled'); END IF;
    IF contract.state NOT IN ('open', 'active') THEN RETURN; END IF;
    SELECT count(*) > 0 AND bool_and(a.id IS NOT NULL) INTO accepted
      FROM contracting.contract_party p LEFT JOIN contracting.acceptance a
        ON a.contract_id = p.contract_id AND a.community_id = p.community_id AND a.release_number = contract.current_release
      WHERE p.contract_id = checked;
    IF contract.state = 'active' AND NOT (accepted AND pledged >= contract.threshold_minor) THEN
      PERFORM contracting.refuse('contract_activation_earned');
    END IF;
    IF contract.state = 'open' AND accepted AND pledged >= contract.threshold_minor THEN
      PERFORM contracting.refuse('contract_activation_due');
    END IF;
  END $$;

  CREATE FUNCTION contracting.check_activation_of_contract() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM contracting.check_activation(NEW.id);
    RETURN NULL;
  END $$;
  CREATE FUNCTION contracting.check_activation_of_part() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM contracting.check_activation(NEW.contract_id);
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER contract_activation AFTER UPDATE ON contracting.contract
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.current_release IS DISTINCT FROM NEW.current_release)
    EXECUTE FUNCTION contracting.check_activation_of_contract();
  CREATE CONSTRAINT TRIGGER acceptance_activation AFTER INSERT ON contracting.acceptance
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contracting.check_activation_of_part();
  CREATE CONSTRAINT TRIGGER pledge_activation AFTER INSERT OR UPDATE OF state ON contracting.pledge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contracting.check_activation_of_part();
`;
