import type { PoolClient } from 'pg';
import type { Id } from '#kernel';

/**
 * What can still be taken from accounts, summed from their entries and from nothing that is kept: posted, less what
 * open pending transfers may take; in minor units on the normal side.
 * @param client of the caller's snapshot, so that it fits to what the caller reads beside it
 */
export async function recomputedAvailable(
  client: Pick<PoolClient, 'query'>,
  accountIds: readonly Id<'account'>[],
): Promise<Map<Id<'account'>, bigint>> {
  const { rows } = await client.query<{ id: Id<'account'>; available: bigint }>(
    `SELECT a.id, coalesce(sum(CASE a.normal_side WHEN 'debit' THEN e.amount_minor ELSE -e.amount_minor END)
              FILTER (WHERE e.layer = 'posted'
                OR CASE a.normal_side WHEN 'debit' THEN e.amount_minor ELSE -e.amount_minor END
                   * CASE e.layer WHEN 'pending' THEN -1 ELSE 1 END > 0), 0)::bigint AS available
     FROM ledger.account a LEFT JOIN ledger.entry e ON e.account_id = a.id
     WHERE a.id = ANY ($1::uuid[]) GROUP BY a.id`,
    [accountIds],
  );
  return new Map(rows.map(({ id, available }) => [id, available]));
}
