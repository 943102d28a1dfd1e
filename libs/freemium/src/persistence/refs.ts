import type { Tx } from '#platform';

const PREFIX = { sale: 'SALE', grant: 'GRANT', request: 'REQ' } as const;

/** The next reference of the year, such as `SALE-2026-0001`; its row is locked until the commit, so none is lost. */
export async function nextRef(tx: Tx, kind: keyof typeof PREFIX): Promise<string> {
  const year = tx.now.getUTCFullYear();
  const [row] = await tx.query<{ last: number }>(
    `INSERT INTO freemium.ref_counter AS counter (kind, year, last_number) VALUES ($1, $2, 1)
     ON CONFLICT ON CONSTRAINT ref_counter_pkey DO UPDATE SET last_number = counter.last_number + 1
     RETURNING last_number AS last`,
    [kind, year],
    'freemium-next-ref',
  );
  return `${PREFIX[kind]}-${year}-${String(row?.last ?? 0).padStart(4, '0')}`;
}
