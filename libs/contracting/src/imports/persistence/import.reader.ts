import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { Database } from '#platform';
import type { ImportDeedRow, ImportRow } from '../import.js';
import { DEEDS_OF_IMPORT, IMPORT, PROPOSAL, type ProposalRow } from './import.rows.js';

const LISTED_MAX = 50;

/** Reads imports outside of transactions. Who may is asked by the callers. */
@Injectable()
export class ImportReader {
  constructor(private readonly database: Database) {}

  byId(id: Id<'import'>): Promise<ImportRow | null> {
    return this.database.queryOne(`${IMPORT} WHERE i.id = $1`, [id], 'import-by-id');
  }

  /** The newest, without those that were discarded. */
  listOf(fablabId: Id<'community'>): Promise<ImportRow[]> {
    return this.database.query(
      `${IMPORT} WHERE i.fablab_id = $1 AND i.state <> 'discarded' ORDER BY i.id DESC LIMIT ${LISTED_MAX}`,
      [fablabId],
      'imports-of-fablab',
    );
  }

  deedsOf(id: Id<'import'>): Promise<ImportDeedRow[]> {
    return this.database.query(
      `${DEEDS_OF_IMPORT} WHERE d.import_id = $1 ORDER BY d.row_number, d.kind`,
      [id],
      'deeds-of-import',
    );
  }

  /** Proposed pledges that nobody has answered, in the order in which they came. */
  proposalsOf(ids: readonly Id<'contract'>[]): Promise<ProposalRow[]> {
    return this.database.query(
      `${PROPOSAL} WHERE o.contract_id = ANY ($1::uuid[]) AND o.state = 'proposed' ORDER BY o.id`,
      [ids],
      'proposals-of-contracts',
    );
  }
}
