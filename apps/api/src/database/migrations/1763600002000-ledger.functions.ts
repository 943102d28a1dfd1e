/** The ledger’s functions: one call for one deed. Part of the migration of the same number. */
export const POST = `
  -- Writes the row of a transfer. NULL: it is new. Otherwise the id that the same key with the same input got before.
  CREATE FUNCTION ledger.insert_transfer(row_given ledger.transfer) RETURNS uuid LANGUAGE plpgsql AS $$
  DECLARE
    earlier record;
  BEGIN
    INSERT INTO ledger.transfer SELECT row_given.* ON CONFLICT ON CONSTRAINT transfer_key_once DO NOTHING;
    IF FOUND THEN RETURN NULL; END IF;
    SELECT id, input_hash INTO earlier FROM ledger.transfer WHERE idempotency_key = row_given.idempotency_key;
    IF earlier.input_hash <> row_given.input_hash THEN
      PERFORM ledger.refuse_transfer('transfer_key_reused', row_given.id);
    END IF;
    RETURN earlier.id;
  END $$;

  -- The hot path: one call books a transfer, «posted» or «pending». Amounts are signed: debit above zero.
  -- Returns the transfer's id: another than the one given when the key was used before with the same input.
  CREATE FUNCTION ledger.post_transfer(
    given_id uuid, given_state text, given_kind text, given_description text, given_reference text,
    given_value_date date, given_booked_at timestamptz, given_key text, accounts uuid[], amounts bigint[]
  ) RETURNS uuid LANGUAGE plpgsql AS $$
  DECLARE
    earlier uuid;
    written bigint;
  BEGIN
    earlier := ledger.insert_transfer(ROW(
      given_id, cardinality(accounts), given_state, given_kind, given_description, given_reference, given_value_date,
      given_booked_at, given_key,
      sha256(convert_to(ROW(given_state, given_kind, given_description, given_reference, to_char(given_value_date, 'YYYY-MM-DD'), accounts, amounts)::text, 'UTF8')),
      NULL, NULL)::ledger.transfer);
    IF earlier IS NOT NULL THEN RETURN earlier; END IF;
    INSERT INTO ledger.entry (transfer_id, entry_count, position, account_id, currency, layer, amount_minor)
      SELECT given_id, cardinality(accounts), given.position, given.account_id, a.currency, given_state, given.amount
      FROM unnest(accounts, amounts) WITH ORDINALITY AS given (account_id, amount, position)
      JOIN ledger.account a ON a.id = given.account_id;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written <> cardinality(accounts) THEN PERFORM ledger.refuse_transfer('transfer_accounts_known', given_id); END IF;
    RETURN given_id;
  END $$;
`;

export const RESOLVE = `
  -- Ends a pending transfer, once: «posted» (the whole, or the part given), «voided» or «expired».
  CREATE FUNCTION ledger.resolve_transfer(
    given_id uuid, given_pending uuid, given_state text, part bigint, given_description text,
    given_value_date date, given_booked_at timestamptz, given_key text
  ) RETURNS uuid LANGUAGE plpgsql AS $$
  DECLARE
    pending ledger.transfer;
    whole bigint;
    earlier uuid;
    entries smallint := CASE given_state WHEN 'posted' THEN 4 ELSE 2 END;
  BEGIN
    SELECT * INTO pending FROM ledger.transfer WHERE id = given_pending AND state = 'pending';
    IF NOT FOUND THEN PERFORM ledger.refuse_transfer('transfer_pending_known', given_id); END IF;
    SELECT amount_minor INTO whole FROM ledger.entry WHERE transfer_id = given_pending AND amount_minor > 0;
    IF part <= 0 OR part > whole THEN PERFORM ledger.refuse_transfer('transfer_part_within_pending', given_id); END IF;
    earlier := ledger.insert_transfer(ROW(
      given_id, entries, given_state, pending.kind, given_description, pending.reference, given_value_date,
      given_booked_at, given_key,
      sha256(convert_to(ROW(given_state, given_pending, coalesce(part, whole), given_description, to_char(given_value_date, 'YYYY-MM-DD'))::text, 'UTF8')),
      given_pending, NULL)::ledger.transfer);
    IF earlier IS NOT NULL THEN RETURN earlier; END IF;
    INSERT INTO ledger.entry (transfer_id, entry_count, position, account_id, currency, layer, amount_minor)
      SELECT given_id, entries, row_number() OVER (ORDER BY kind.layer DESC, p.position), p.account_id, p.currency, kind.layer,
             CASE kind.layer WHEN 'released' THEN -p.amount_minor ELSE sign(p.amount_minor)::bigint * coalesce(part, whole) END
      FROM ledger.entry p CROSS JOIN (VALUES ('released'), ('posted')) AS kind (layer)
      WHERE p.transfer_id = given_pending AND (kind.layer = 'released' OR given_state = 'posted');
    RETURN given_id;
  END $$;

  -- Books the mirror of a posted transfer, once. The description is the reason.
  CREATE FUNCTION ledger.reverse_transfer(
    given_id uuid, given_reverses uuid, given_description text, given_value_date date, given_booked_at timestamptz, given_key text
  ) RETURNS uuid LANGUAGE plpgsql AS $$
  DECLARE
    original ledger.transfer;
    earlier uuid;
    entries smallint;
  BEGIN
    SELECT * INTO original FROM ledger.transfer
      WHERE id = given_reverses AND state = 'posted' AND reverses_transfer_id IS NULL;
    IF NOT FOUND THEN PERFORM ledger.refuse_transfer('transfer_reversible', given_id); END IF;
    SELECT count(*) INTO entries FROM ledger.entry WHERE transfer_id = given_reverses AND layer = 'posted';
    earlier := ledger.insert_transfer(ROW(
      given_id, entries, 'posted', 'reversal', given_description, original.reference, given_value_date, given_booked_at, given_key,
      sha256(convert_to(ROW('reversal', given_reverses, given_description, to_char(given_value_date, 'YYYY-MM-DD'))::text, 'UTF8')),
      NULL, given_reverses)::ledger.transfer);
    IF earlier IS NOT NULL THEN RETURN earlier; END IF;
    INSERT INTO ledger.entry (transfer_id, entry_count, position, account_id, currency, layer, amount_minor)
      SELECT given_id, entries, row_number() OVER (ORDER BY position), account_id, currency, 'posted', -amount_minor
      FROM ledger.entry WHERE transfer_id = given_reverses AND layer = 'posted';
    RETURN given_id;
  END $$;
`;
