/** Invariants 4 and 5 for every instrument. Part of the migration of the same number. */
export const THRESHOLDS_MET = `
  -- The same rule as libs/contracting/src/domain/threshold.ts: every threshold, of money, hours and material.
  CREATE FUNCTION contracting.thresholds_met(checked uuid, terms jsonb) RETURNS boolean LANGUAGE sql STABLE RETURN
    NOT EXISTS (
      SELECT FROM jsonb_array_elements(jsonb_build_array(jsonb_build_object('kind', 'money', 'milli', terms->'thresholdMinor'))
                                       || coalesce(terms->'thresholds', '[]')) AS thresholds (threshold)
      WHERE (threshold->>'milli')::numeric > (
        SELECT coalesce(sum(CASE p.contribution WHEN 'money' THEN p.amount_minor ELSE p.quantity_milli END), 0)
        FROM contracting.pledge p
        WHERE p.contract_id = checked AND p.state IN ('pledged', 'active', 'fulfilled')
          AND CASE threshold->>'kind' WHEN 'money' THEN p.contribution = 'money'
                WHEN 'hours' THEN p.contribution = 'hours' AND p.item_key = threshold->>'key'
                WHEN 'material' THEN p.contribution = 'goods' AND p.item_key = threshold->>'key'
                  AND p.unit = threshold->>'unit'
                ELSE false END));

  CREATE OR REPLACE FUNCTION contracting.check_activation(checked uuid) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    contract contracting.contract;
    accepted boolean;
    pledged boolean;
  BEGIN
    SELECT * INTO contract FROM contracting.contract WHERE id = checked FOR NO KEY UPDATE;
    IF contract.state = 'draft' THEN RETURN; END IF;
    IF contract.state <> 'open' AND EXISTS (SELECT FROM contracting.pledge WHERE contract_id = checked AND state = 'pledged') THEN
      PERFORM contracting.refuse('contract_pledges_settled');
    END IF;
    IF contract.state NOT IN ('open', 'active') THEN RETURN; END IF;
    SELECT count(*) > 0 AND bool_and(a.id IS NOT NULL) INTO accepted
      FROM contracting.contract_party p LEFT JOIN contracting.acceptance a
        ON a.contract_id = p.contract_id AND a.community_id = p.community_id AND a.release_number = contract.current_release
      WHERE p.contract_id = checked;
    pledged := contracting.thresholds_met(checked, contract.terms);
    IF contract.state = 'active' AND NOT (accepted AND pledged) THEN
      PERFORM contracting.refuse('contract_activation_earned');
    END IF;
    IF contract.state = 'open' AND accepted AND pledged THEN
      PERFORM contracting.refuse('contract_activation_due');
    END IF;
  END $$;

  CREATE OR REPLACE FUNCTION contracting.terms_of_work(terms jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE RETURN jsonb_build_object(
    'parties', (SELECT jsonb_agg(party ORDER BY party) FROM jsonb_array_elements_text(terms->'receivingCommunityIds') AS party),
    'currency', terms->'currency', 'deadline', terms->'deadline', 'threshold', terms->'thresholdMinor',
    'thresholds', coalesce(terms->'thresholds', '[]'), 'repayment', terms->'repayment',
    'offers', (SELECT jsonb_agg(offer - 'words' ORDER BY position)
      FROM jsonb_array_elements(terms->'offers') WITH ORDINALITY AS offers (offer, position)),
    'deliverables', (SELECT jsonb_agg(line - 'dueOn' ORDER BY position)
      FROM jsonb_array_elements(terms->'deliverables') WITH ORDINALITY AS lines (line, position)));
`;

export const OBLIGATIONS_OPEN = `
  -- Units of a line that were delivered and accepted.
  CREATE FUNCTION contracting.accepted_units(checked uuid, checked_line integer) RETURNS bigint LANGUAGE sql STABLE RETURN
    (SELECT coalesce(sum(d.quantity), 0) FROM contracting.delivery d
     JOIN contracting.delivery_answer a ON a.delivery_id = d.id AND a.is_accepted
     WHERE d.contract_id = checked AND d.line = checked_line);

  -- All units of the line, or of every line where none is named.
  CREATE FUNCTION contracting.deliverables_done(checked uuid, checked_line integer) RETURNS boolean LANGUAGE sql STABLE RETURN
    NOT EXISTS (
      SELECT FROM contracting.contract c,
        jsonb_array_elements(c.terms->'deliverables') WITH ORDINALITY AS lines (deliverable, position)
      WHERE c.id = checked AND (checked_line IS NULL OR position = checked_line)
        AND contracting.accepted_units(checked, position::integer) < (deliverable->>'quantity')::bigint);

  -- Free units for others that the units which were paid for bring, and that are still owed.
  CREATE FUNCTION contracting.free_units_open(p contracting.pledge) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN
    CASE WHEN p.free_units = 0 OR p.unit_price_minor = 0 THEN 0
      ELSE greatest(0, p.free_units * least(p.units, (p.received_minor - p.repaid_minor) / p.unit_price_minor) / p.units
        - p.free_delivered - p.free_waived) END;

  -- Invariant 5: what libs/contracting/src/domain/returns says of each kind of return.
  CREATE FUNCTION contracting.pledge_open(p contracting.pledge) RETURNS boolean LANGUAGE sql STABLE RETURN
    CASE p.return_kind
      WHEN 'money' THEN p.owed_minor > 0
      WHEN 'units' THEN p.owed_minor > 0 OR contracting.free_units_open(p) > 0 OR (p.contribution <> 'money'
        AND p.units_delivered + p.units_waived
          < ceil(p.units * least(p.received_milli, p.quantity_milli)::numeric / p.quantity_milli))
      WHEN 'tool' THEN p.received_milli > p.returned_milli
      ELSE p.received_minor + p.received_milli > 0 AND NOT contracting.deliverables_done(p.contract_id, p.line) END;

  -- Neither side owes anything for it.
  CREATE FUNCTION contracting.pledge_settled(p contracting.pledge) RETURNS boolean LANGUAGE sql STABLE RETURN
    p.received_minor + p.waived_minor >= p.amount_minor AND p.received_milli + p.waived_milli >= p.quantity_milli
      AND NOT contracting.pledge_open(p);

  -- As before, for every instrument; a contract without a binding pledge is completed by its last accepted delivery.
  CREATE OR REPLACE FUNCTION contracting.check_completion(checked uuid) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    contract contracting.contract;
    matching boolean;
    fulfilled boolean;
  BEGIN
    SELECT * INTO contract FROM contracting.contract WHERE id = checked FOR NO KEY UPDATE;
    IF contract.state NOT IN ('active', 'completed') THEN RETURN; END IF;
    SELECT bool_and((p.state = 'fulfilled') = contracting.pledge_settled(p)), bool_and(p.state = 'fulfilled')
      INTO matching, fulfilled
      FROM contracting.pledge p WHERE p.contract_id = checked AND p.state IN ('active', 'fulfilled');
    fulfilled := coalesce(fulfilled, contracting.deliverables_done(checked, NULL));
    IF NOT matching THEN PERFORM contracting.refuse('pledge_fulfilment'); END IF;
    IF contract.state = 'active' AND fulfilled THEN PERFORM contracting.refuse('contract_completion_due'); END IF;
    IF contract.state = 'completed' AND NOT fulfilled THEN PERFORM contracting.refuse('contract_completion_earned'); END IF;
  END $$;

  CREATE FUNCTION contracting.check_completion_of_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM contracting.check_completion(contract_id) FROM contracting.delivery WHERE id = NEW.delivery_id;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER delivery_answer_completion AFTER INSERT ON contracting.delivery_answer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contracting.check_completion_of_delivery();
`;
