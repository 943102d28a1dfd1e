import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { Database, type Tx } from '#platform';
import type { TemplateContent } from '../../domain/contract-template.js';

export interface OwnTemplateRow {
  readonly key: string;
  readonly revision: number;
  readonly content: TemplateContent;
}

const OWN = `SELECT key, revision, content FROM contracting.contract_template WHERE fablab_id = $1`;

/** The templates that a fablab has made its own. */
@Injectable()
export class TemplateRepository {
  constructor(private readonly database: Database) {}

  ownOf(fablabId: Id<'community'>): Promise<OwnTemplateRow[]> {
    return this.database.query(`${OWN} ORDER BY key`, [fablabId], 'templates-of-fablab');
  }

  /** @returns the revision that stands; 0 when the fablab has not changed this template */
  async lockRevision(tx: Tx, fablabId: Id<'community'>, key: string): Promise<number> {
    const [row] = await tx.query<OwnTemplateRow>(`${OWN} AND key = $2 FOR NO KEY UPDATE`, [fablabId, key]);
    return row?.revision ?? 0;
  }

  /** @returns false when another transaction was first with its first change */
  async save(
    tx: Tx,
    template: {
      readonly fablabId: Id<'community'>;
      readonly key: string;
      readonly content: TemplateContent;
      readonly seen: number;
      readonly changedBy: Id<'person'>;
    },
  ): Promise<boolean> {
    const saved = await tx.execute(
      `INSERT INTO contracting.contract_template AS own (fablab_id, key, revision, content, changed_by, changed_at)
       VALUES ($1, $2, 1, $3, $4, $5)
       ON CONFLICT ON CONSTRAINT contract_template_pkey DO UPDATE
       SET revision = own.revision + 1, content = $3, changed_by = $4, changed_at = $5 WHERE own.revision = $6`,
      [
        template.fablabId,
        template.key,
        JSON.stringify(template.content),
        template.changedBy,
        tx.now,
        template.seen,
      ],
    );
    return saved === 1;
  }
}
