/** What the tables refuse by themselves about terminations. Part of the migration of the same number. */
/** What counts the events of obligations, while a contract is in one of these states. */
export function countEvents(states: string): string {
  return `
  CREATE OR REPLACE FUNCTION contracting.count_obligation_event() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    reversed record;
  BEGIN
    PERFORM 1 FROM contracting.contract c JOIN contracting.pledge p ON p.contract_id = c.id
      WHERE p.id = NEW.pledge_id AND c.state IN (${states}) FOR NO KEY UPDATE OF c;
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
  `;
}

/** What fixes the release that was accepted. */
export function fixAccepted(isChanged: string): string {
  return `
  DROP TRIGGER contract_accepted_release_fixed ON contracting.contract;
  CREATE TRIGGER contract_accepted_release_fixed BEFORE UPDATE ON contracting.contract FOR EACH ROW
    WHEN (OLD.accepted_release IS NOT NULL AND (${isChanged})) EXECUTE FUNCTION platform.refuse_change();`;
}

export const AGREEMENT = `
  -- At the end of the transaction in which the last of those asked accepted: everybody asked has said yes to this very
  -- text, everybody who must be asked was, and what is owed is exactly what the settlement says.
  CREATE FUNCTION contracting.check_termination_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    accepted uuid[];
  BEGIN
    SELECT coalesce(array_agg(community_id), '{}') INTO accepted FROM contracting.termination_acceptance
      WHERE contract_id = NEW.contract_id AND number = NEW.number;
    IF NOT accepted @> NEW.asked
       OR (NEW.question_id IS NULL AND EXISTS (SELECT FROM contracting.contract_party p
             WHERE p.contract_id = NEW.contract_id AND p.community_id <> ALL (accepted)))
       OR NOT EXISTS (SELECT FROM contracting.contract c
             WHERE c.id = NEW.contract_id AND c.fablab_id = ANY (accepted))
       OR EXISTS (SELECT FROM contracting.termination_line l JOIN contracting.pledge p ON p.id = l.pledge_id
             WHERE l.contract_id = NEW.contract_id AND l.number = NEW.number AND l.is_changed
               AND p.community_id <> ALL (accepted)) THEN
      PERFORM contracting.refuse('termination_agreed_by_all');
    END IF;
    IF EXISTS (SELECT FROM contracting.pledge p
               LEFT JOIN contracting.termination_line l
                 ON l.contract_id = p.contract_id AND l.number = NEW.number AND l.pledge_id = p.id
               WHERE p.contract_id = NEW.contract_id AND p.owed_minor <> coalesce(l.due_minor, 0)) THEN
      PERFORM contracting.refuse('termination_settles_all');
    END IF;
    IF NOT EXISTS (SELECT FROM contracting.contract
                   WHERE id = NEW.contract_id AND state = 'terminated' AND accepted_release = NEW.ends) THEN
      PERFORM contracting.refuse('termination_in_force');
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER termination_agreement AFTER UPDATE ON contracting.termination
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state = 'agreed') EXECUTE FUNCTION contracting.check_termination_agreed();

  ALTER TABLE contracting.contract ADD CONSTRAINT contract_terminated_with_release
    CHECK (state <> 'terminated' OR accepted_release IS NOT NULL);

  -- A terminated contract came about by a settlement; its pledges are fulfilled when nothing stays due for them, and
  -- the last one publishes the closing release in the same transaction.
  CREATE FUNCTION contracting.check_terminated(checked uuid) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    contract contracting.contract;
    matching boolean;
    fulfilled boolean;
    closed boolean;
  BEGIN
    SELECT * INTO contract FROM contracting.contract WHERE id = checked FOR NO KEY UPDATE;
    IF contract.state <> 'terminated' THEN RETURN; END IF;
    IF NOT EXISTS (SELECT FROM contracting.termination
                   WHERE contract_id = checked AND state = 'agreed' AND ends = contract.accepted_release) THEN
      PERFORM contracting.refuse('contract_terminated_by_settlement');
    END IF;
    SELECT bool_and((state = 'fulfilled') = (owed_minor = 0) AND received_minor + waived_minor >= amount_minor),
           coalesce(bool_and(state = 'fulfilled'), true)
      INTO matching, fulfilled
      FROM contracting.pledge WHERE contract_id = checked AND state IN ('active', 'fulfilled');
    IF NOT matching THEN PERFORM contracting.refuse('pledge_after_termination'); END IF;
    SELECT canonical_json::jsonb ? 'closing' INTO closed FROM contracting.release
      WHERE contract_id = checked AND number = contract.current_release;
    IF closed IS DISTINCT FROM fulfilled THEN PERFORM contracting.refuse('contract_closing_due'); END IF;
  END $$;

  CREATE FUNCTION contracting.check_terminated_contract() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM contracting.check_terminated(NEW.id);
    RETURN NULL;
  END $$;
  CREATE FUNCTION contracting.check_terminated_pledge() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM contracting.check_terminated(NEW.contract_id);
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER contract_terminated AFTER UPDATE ON contracting.contract
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state = 'terminated') EXECUTE FUNCTION contracting.check_terminated_contract();
  CREATE CONSTRAINT TRIGGER pledge_after_termination AFTER UPDATE ON contracting.pledge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contracting.check_terminated_pledge();
`;

export const AFTERWARDS = `
  -- What was accepted never changes; after a termination the closing release may still follow, once.
  ${fixAccepted(`NEW.accepted_release IS DISTINCT FROM OLD.accepted_release
      OR (NEW.current_release IS DISTINCT FROM OLD.current_release AND OLD.state <> 'terminated')
      OR NEW.current_release < OLD.current_release`)}

  -- Nothing more is received for a contract that has ended.
  CREATE FUNCTION contracting.guard_payment_before_termination() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM 1 FROM contracting.contract c JOIN contracting.pledge p ON p.contract_id = c.id
      WHERE p.id = NEW.pledge_id AND c.state = 'terminated';
    IF FOUND THEN PERFORM contracting.refuse('payment_before_termination'); END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER payment_before_termination BEFORE INSERT ON contracting.payment
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_payment_before_termination();

  -- After it only what stays due moves: it is repaid, forgiven or deferred, or a repayment of it is taken back.
  CREATE FUNCTION contracting.guard_after_termination() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM 1 FROM contracting.contract c JOIN contracting.pledge p ON p.contract_id = c.id
      WHERE p.id = NEW.pledge_id AND c.state = 'terminated'
        AND (p.state <> 'active' OR NEW.kind = 'waiver' OR NEW.reverses_payment_id IS NOT NULL);
    IF FOUND THEN PERFORM contracting.refuse('obligation_event_after_termination'); END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER obligation_event_after_termination BEFORE INSERT ON contracting.obligation_event
    FOR EACH ROW EXECUTE FUNCTION contracting.guard_after_termination();

  ${countEvents(`'active', 'terminated'`)}
`;

/** The guard of a job's steps, with further ones among them. */
export function jobSteps(further: string): string {
  return `
  CREATE OR REPLACE FUNCTION workshop.guard_job_step() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.epoch < OLD.epoch OR NEW.fence < OLD.fence THEN
      RAISE EXCEPTION 'job %: epoch and fence never fall', OLD.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'job_counters_rise';
    END IF;
    IF NEW.state = OLD.state THEN
      IF NEW.claimed_by IS DISTINCT FROM OLD.claimed_by OR OLD.state IN ('done', 'scrapped', 'cancelled') THEN
        RAISE EXCEPTION 'job % is %: it changes hands by a claim only, and never once it has ended', OLD.id, OLD.state
          USING ERRCODE = 'restrict_violation', CONSTRAINT = 'job_legal_step';
      END IF;
      RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
      ('waiting', 'ready'), ('waiting', 'cancelled'),
      ('ready', 'claimed'), ('ready', 'cancelled'),
      ('claimed', 'running'), ('claimed', 'ready'), ${further}
      ('running', 'paused'), ('running', 'ready'), ('running', 'done'), ('running', 'scrapped'),
      ('paused', 'running'), ('paused', 'ready'), ('paused', 'done'), ('paused', 'scrapped')
    ) THEN
      RAISE EXCEPTION 'job % is %: it cannot become %', OLD.id, OLD.state, NEW.state
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'job_legal_step';
    END IF;
    IF (NEW.state = 'ready' AND NEW.epoch <= OLD.epoch) OR (NEW.state = 'claimed' AND NEW.fence <= OLD.fence) THEN
      RAISE EXCEPTION 'job %: becoming ready raises the epoch, a claim raises the fence', OLD.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'job_counters_rise';
    END IF;
    RETURN NEW;
  END $$;`;
}

export const JOBS = `
  -- A contract that ended before its time cancels what is not done, also out of a maker's hands.
  ALTER TABLE workshop.job_event DROP CONSTRAINT job_event_cause;
  ALTER TABLE workshop.job_event ADD CONSTRAINT job_event_cause
    CHECK (cause IN ('ordered', 'maker', 'predecessors-done', 'lease-ended', 'contract-ended'));
  ${jobSteps(`('claimed', 'cancelled'), ('running', 'cancelled'), ('paused', 'cancelled'),`)}
`;
