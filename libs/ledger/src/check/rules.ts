/** A rule of the ledger as a query for what breaks it: one row with an `id` for each breach. */
export interface LedgerRule {
  /** A sentence about one of the ids, which follows it. */
  readonly breach: string;
  readonly query: string;
}

/** A transfer that lacks an entry, has one too many, or whose debits and credits differ in a currency and layer. */
export const UNBALANCED = `
  SELECT t.id FROM ledger.transfer t
  LEFT JOIN (
    SELECT g.transfer_id, sum(g.n) AS n, bool_and(g.total = 0) AS balanced
    FROM (SELECT transfer_id, count(*) AS n, sum(amount_minor) AS total
          FROM ledger.entry GROUP BY transfer_id, currency, layer) g
    GROUP BY g.transfer_id
  ) found ON found.transfer_id = t.id
  WHERE found.n IS DISTINCT FROM t.entry_count OR NOT found.balanced`;

/** What each limited account holds by its entries, and what its open pending transfers may take, on its normal side. */
const RECOMPUTED = `
  SELECT a.id AS account_id,
         coalesce(sum(side.amount) FILTER (WHERE side.layer = 'posted'), 0) AS posted,
         coalesce(-sum(side.amount) FILTER (WHERE side.layer = 'pending' AND side.amount < 0 AND side.open), 0) AS held
  FROM ledger.account a
  LEFT JOIN LATERAL (
    SELECT e.layer, CASE a.normal_side WHEN 'debit' THEN e.amount_minor ELSE -e.amount_minor END AS amount,
           NOT EXISTS (SELECT 1 FROM ledger.transfer ended WHERE ended.pending_transfer_id = e.transfer_id) AS open
    FROM ledger.entry e WHERE e.account_id = a.id AND e.layer <> 'released'
  ) side ON true
  WHERE a.limited GROUP BY a.id`;

/** For each limited account that is kept wrongly: by how much. A balance kept for an unlimited account is wrong whole. */
const BALANCE_DRIFT = `
  SELECT coalesce(b.account_id, r.account_id) AS id,
         abs(coalesce(b.posted_minor, 0) - coalesce(r.posted, 0)) + abs(coalesce(b.held_minor, 0) - coalesce(r.held, 0)) AS minor
  FROM ledger.limited_balance b FULL JOIN (${RECOMPUTED}) r ON r.account_id = b.account_id
  WHERE (b.posted_minor, b.held_minor) IS DISTINCT FROM (r.posted::bigint, r.held::bigint)`;

/**
 * Each kept sum against all entries up to it, which are read once: of the slice that ends with each sum, and then
 * added up. For each account that is kept wrongly: by how much, all its sums together.
 */
const SUM_DRIFT = `
  SELECT k.account_id AS id, sum(abs(k.posted_minor - k.posted) + abs(k.pending_minor - k.pending)) AS minor
  FROM (
    SELECT k.account_id, k.posted_minor, k.pending_minor, sum(slice.posted) OVER upto AS posted, sum(slice.pending) OVER upto AS pending
    FROM (SELECT *, lag(through_number, 1, 0) OVER (PARTITION BY account_id ORDER BY through_number) AS after_number
          FROM ledger.kept_sum) k
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(e.amount_minor) FILTER (WHERE e.layer = 'posted'), 0) AS posted,
             coalesce(sum(e.amount_minor) FILTER (WHERE e.layer <> 'posted'), 0) AS pending
      FROM ledger.entry e
      WHERE e.account_id = k.account_id AND e.number > k.after_number AND e.number <= k.through_number
    ) slice
    WINDOW upto AS (PARTITION BY k.account_id ORDER BY k.through_number)
  ) k
  WHERE (k.posted_minor, k.pending_minor) IS DISTINCT FROM (k.posted::bigint, k.pending::bigint)
  GROUP BY k.account_id`;

/** All that is kept beside the entries, and differs from them. */
export const DRIFT = `${BALANCE_DRIFT} UNION ALL ${SUM_DRIFT}`;

export const RULES: readonly LedgerRule[] = [
  {
    breach: 'All debits and credits together differ in',
    query: `SELECT currency || ' ' || layer AS id FROM ledger.entry GROUP BY currency, layer HAVING sum(amount_minor) <> 0`,
  },
  { breach: 'Debits and credits differ, or an entry is missing, in transfer', query: UNBALANCED },
  { breach: 'The kept balance differs from the entries of account', query: BALANCE_DRIFT },
  { breach: 'A kept sum differs from the entries of account', query: SUM_DRIFT },
  {
    breach: 'More was taken, or may yet be taken, than there is on limited account',
    query: `SELECT account_id AS id FROM (${RECOMPUTED}) r WHERE held < 0 OR posted < held`,
  },
  {
    breach: 'An entry has no transfer, no account, or another currency than its account: transfer',
    query: `
      SELECT e.transfer_id AS id FROM ledger.entry e
      LEFT JOIN ledger.transfer t ON t.id = e.transfer_id AND t.entry_count = e.entry_count
      LEFT JOIN ledger.account a ON a.id = e.account_id AND a.currency = e.currency
      WHERE t.id IS NULL OR a.id IS NULL`,
  },
  {
    breach: 'An entry is in a layer that does not belong into transfer',
    query: `
      SELECT t.id FROM ledger.transfer t JOIN ledger.entry e ON e.transfer_id = t.id
      WHERE NOT CASE WHEN t.state = 'pending' THEN e.layer = 'pending'
                     WHEN t.state IN ('voided', 'expired') THEN e.layer = 'released'
                     WHEN t.pending_transfer_id IS NULL THEN e.layer = 'posted'
                     ELSE e.layer IN ('posted', 'released') END
      GROUP BY t.id`,
  },
  {
    breach: 'More than one transfer ended, or reversed, transfer',
    query: `
      SELECT pending_transfer_id AS id FROM ledger.transfer WHERE pending_transfer_id IS NOT NULL
      GROUP BY pending_transfer_id HAVING count(*) > 1
      UNION SELECT reverses_transfer_id FROM ledger.transfer WHERE reverses_transfer_id IS NOT NULL
      GROUP BY reverses_transfer_id HAVING count(*) > 1`,
  },
  {
    breach: 'What was reserved is not released whole, or more than it was posted, by transfer',
    query: `
      SELECT t.id FROM ledger.transfer t
      LEFT JOIN ledger.transfer p ON p.id = t.pending_transfer_id
      WHERE t.pending_transfer_id IS NOT NULL AND (p.state IS DISTINCT FROM 'pending' OR EXISTS (
        SELECT 1
        FROM (SELECT account_id, sum(amount_minor) AS amount FROM ledger.entry WHERE transfer_id = t.pending_transfer_id GROUP BY account_id) reserved
        FULL JOIN (
          SELECT account_id, sum(amount_minor) FILTER (WHERE layer = 'released') AS released,
                 coalesce(sum(amount_minor) FILTER (WHERE layer = 'posted'), 0) AS posted
          FROM ledger.entry WHERE transfer_id = t.id GROUP BY account_id) ended USING (account_id)
        WHERE ended.released IS DISTINCT FROM -reserved.amount OR abs(ended.posted) > abs(reserved.amount)
           OR ended.posted * reserved.amount < 0))`,
  },
  {
    breach: 'A reversal is not the mirror of what it reverses: transfer',
    query: `
      SELECT t.id FROM ledger.transfer t
      WHERE t.reverses_transfer_id IS NOT NULL AND EXISTS (
        SELECT 1
        FROM (SELECT account_id, sum(amount_minor) AS amount FROM ledger.entry
              WHERE transfer_id = t.reverses_transfer_id AND layer = 'posted' GROUP BY account_id) original
        FULL JOIN (SELECT account_id, sum(amount_minor) AS amount FROM ledger.entry
              WHERE transfer_id = t.id GROUP BY account_id) mirror USING (account_id)
        WHERE mirror.amount IS DISTINCT FROM -original.amount)`,
  },
];
