import { Injectable } from '@nestjs/common';
import { LogLeaves, type Tx } from '#platform';
import type { Contract } from './domain/contract.js';
import type { ReleasePublished } from './domain/events.js';

/**
 * What every release brings about, in the transaction that stores it: its leaf of the public log, and the event. The
 * database refuses to commit a release without its leaf (`release_logged`).
 */
@Injectable()
export class ReleaseAnnouncer {
  constructor(private readonly log: LogLeaves) {}

  async announce(
    tx: Tx,
    { id, ref }: Pick<Contract, 'id' | 'ref'>,
    { number, sha256 }: { readonly number: number; readonly sha256: string },
  ): Promise<void> {
    await this.log.append(tx, { kind: 'release', subject: ref, number, sha256 });
    const published: ReleasePublished = {
      type: 'contracting.release-published',
      payload: { contractId: id, ref, number, sha256 },
    };
    tx.publish(published);
  }
}
