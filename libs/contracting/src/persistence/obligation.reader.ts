import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { Database, RequestLoader } from '#platform';
import { readObligations, type ObligationOfContract, type Query } from './obligation.rows.js';

/** Reads obligations outside of transactions. */
@Injectable()
export class ObligationReader {
  private readonly query: Query;

  constructor(database: Database) {
    this.query = (text, values) => database.query(text, values);
  }

  ofPledges(ids: readonly Id<'pledge'>[]): Promise<ObligationOfContract[]> {
    return readObligations(this.query, { pledges: ids });
  }

  ofContracts(ids: readonly Id<'contract'>[]): Promise<ObligationOfContract[]> {
    return readObligations(this.query, { contracts: ids });
  }
}

@Injectable()
export class ObligationOfPledgeLoader extends RequestLoader<Id<'pledge'>, ObligationOfContract> {
  constructor(private readonly reader: ObligationReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'pledge'>[]): Promise<(ObligationOfContract | Error)[]> {
    const found = await this.reader.ofPledges(ids);
    const byId = new Map(found.map((each) => [each.obligation.pledgeId, each]));
    return ids.map((id) => byId.get(id) ?? new Error('A pledge is missing.'));
  }
}

@Injectable()
export class ObligationsOfContractLoader extends RequestLoader<Id<'contract'>, ObligationOfContract[]> {
  constructor(private readonly reader: ObligationReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'contract'>[]): Promise<ObligationOfContract[][]> {
    const found = await this.reader.ofContracts(ids);
    return ids.map((id) => found.filter(({ obligation }) => obligation.contractId === id));
  }
}
