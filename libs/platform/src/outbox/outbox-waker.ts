import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { DATA_SOURCE } from '../database/data-source.js';

export const OUTBOX_CHANNEL = 'commonwright_outbox';

/**
 * Tells the relay that events wait. The NOTIFY is sent after the commit and outside of the transaction, and
 * once for many: PostgreSQL takes one global lock for every commit that notifies, which would serialise all
 * writers. When it is lost, the relay's poll finds the events a second later.
 */
@Injectable()
export class OutboxWaker {
  private scheduled = false;

  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  wake(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (!this.dataSource.isInitialized) return;
      const pool = (this.dataSource.driver as unknown as { master: Pool }).master;
      pool.query(`NOTIFY ${OUTBOX_CHANNEL}`).catch(() => undefined);
    });
  }
}
