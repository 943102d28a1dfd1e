import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { RequestLoader } from '#platform';
import {
  ContractReader,
  type AcceptanceRow,
  type PaymentRow,
  type PledgeRow,
  type ReleaseRow,
} from '../persistence/contract.reader.js';

/** Rows of one statement, put together by their owner and in the order of the keys. */
function grouped<Key, Row>(keys: readonly Key[], rows: readonly Row[], keyOf: (row: Row) => Key): Row[][] {
  const groups = new Map(keys.map((key): [Key, Row[]] => [key, []]));
  for (const row of rows) groups.get(keyOf(row))?.push(row);
  return keys.map((key) => groups.get(key) ?? []);
}

@Injectable()
export class ReleasesOfContractLoader extends RequestLoader<Id<'contract'>, ReleaseRow[]> {
  constructor(private readonly reader: ContractReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'contract'>[]): Promise<ReleaseRow[][]> {
    return grouped(ids, await this.reader.releasesOf(ids), (row) => row.contractId);
  }
}

@Injectable()
export class AcceptancesOfContractLoader extends RequestLoader<Id<'contract'>, AcceptanceRow[]> {
  constructor(private readonly reader: ContractReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'contract'>[]): Promise<AcceptanceRow[][]> {
    return grouped(ids, await this.reader.acceptancesOf(ids), (row) => row.contractId);
  }
}

/** Of every release of a contract, proposed and replaced ones too. */
@Injectable()
export class AllAcceptancesLoader extends RequestLoader<Id<'contract'>, AcceptanceRow[]> {
  constructor(private readonly reader: ContractReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'contract'>[]): Promise<AcceptanceRow[][]> {
    return grouped(ids, await this.reader.allAcceptancesOf(ids), (row) => row.contractId);
  }
}

@Injectable()
export class PledgesOfContractLoader extends RequestLoader<Id<'contract'>, PledgeRow[]> {
  constructor(private readonly reader: ContractReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'contract'>[]): Promise<PledgeRow[][]> {
    return grouped(ids, await this.reader.pledgesOf(ids), (row) => row.contractId);
  }
}

@Injectable()
export class PaymentsOfPledgeLoader extends RequestLoader<Id<'pledge'>, PaymentRow[]> {
  constructor(private readonly reader: ContractReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'pledge'>[]): Promise<PaymentRow[][]> {
    return grouped(ids, await this.reader.paymentsOf(ids), (row) => row.pledgeId);
  }
}
