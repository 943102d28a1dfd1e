import { Injectable } from '@nestjs/common';
import { LogLeaves, sha256Hex, type LogLeaf, type Tx } from '#platform';
import { statementText } from './core/statement.js';

/** Writes leaves in the transaction of whoever publishes. */
@Injectable()
export class LogLeavesRepository extends LogLeaves {
  async append(tx: Tx, leaf: LogLeaf): Promise<void> {
    const sha256 = 'document' in leaf ? sha256Hex(leaf.document) : leaf.sha256;
    if ('document' in leaf) {
      await tx.execute(
        `INSERT INTO registry.log_document (sha256, canonical_json) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
        [sha256, leaf.document],
      );
    }
    const statement = statementText({
      kind: leaf.kind,
      subject: leaf.subject,
      number: 'number' in leaf ? leaf.number : null,
      day: 'day' in leaf ? leaf.day : null,
      sha256,
      publishedAt: tx.now.toISOString(),
    });
    await tx.execute(`INSERT INTO registry.log_leaf (statement) VALUES ($1) ON CONFLICT DO NOTHING`, [
      statement,
    ]);
  }
}
