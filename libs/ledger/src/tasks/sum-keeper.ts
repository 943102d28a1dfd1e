import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#platform';

/** So many entries are summed at most for a balance, beside those of the last rounds: some 50 µs. */
const ENTRIES_PER_SUM = 256;

/** Keeps sums of entries, so that a balance costs the same however many there are (docs/adr/0008-kept-sums.md). */
@Injectable()
export class SumKeeper {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * One round: keeps what is settled, and marks what will be. A round that finds nothing new writes nothing.
   * @returns how many sums were kept
   */
  async keep(entriesPerSum = ENTRIES_PER_SUM): Promise<number> {
    const rows = await this.unitOfWork.run((tx) =>
      tx.query<{ kept: number }>('SELECT ledger.keep_sums($1)::int AS kept', [entriesPerSum]),
    );
    return rows[0]?.kept ?? 0;
  }
}
