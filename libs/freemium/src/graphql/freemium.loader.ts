import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#kernel';
import { Database, RequestLoader, inOrder } from '#platform';
import {
  FreemiumReader,
  type FundingView,
  type GrantView,
  type PoolView,
  type SalePaymentView,
  type SaleView,
} from '../persistence/freemium.reader.js';
import { RuleRepository, type PublishedSplitRule } from '../persistence/rule.repository.js';

@Injectable()
export class SaleLoader extends RequestLoader<Id<'sale'>, SaleView> {
  constructor(private readonly reader: FreemiumReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'sale'>[]) {
    return inOrder(
      ids,
      await this.reader.sales(ids),
      ({ id }) => id,
      (id) => DomainError.notFound('sale', id),
    );
  }
}

@Injectable()
export class GrantLoader extends RequestLoader<Id<'unitGrant'>, GrantView> {
  constructor(private readonly reader: FreemiumReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'unitGrant'>[]) {
    return inOrder(
      ids,
      await this.reader.grants(ids),
      ({ id }) => id,
      (id) => DomainError.notFound('grant', id),
    );
  }
}

@Injectable()
export class SalePaymentsLoader extends RequestLoader<Id<'sale'>, SalePaymentView[]> {
  constructor(private readonly reader: FreemiumReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'sale'>[]) {
    const rows = await this.reader.payments(ids);
    return ids.map((id) => rows.filter(({ saleId }) => saleId === id));
  }
}

@Injectable()
export class FundingOfSaleLoader extends RequestLoader<Id<'sale'>, FundingView[]> {
  constructor(private readonly reader: FreemiumReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'sale'>[]) {
    const rows = await this.reader.fundingOfSales(ids);
    return ids.map((id) => rows.filter(({ saleId }) => saleId === id));
  }
}

@Injectable()
export class FundingOfGrantLoader extends RequestLoader<Id<'unitGrant'>, FundingView[]> {
  constructor(private readonly reader: FreemiumReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'unitGrant'>[]) {
    const rows = await this.reader.fundingOfGrants(ids);
    return ids.map((id) => rows.filter(({ grantId }) => grantId === id));
  }
}

@Injectable()
export class PoolsLoader extends RequestLoader<Id<'product'>, PoolView[]> {
  constructor(private readonly reader: FreemiumReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'product'>[]) {
    const rows = await this.reader.pools(ids);
    return ids.map((id) => rows.filter(({ productId }) => productId === id));
  }
}

/** Every split rule of each product, by currency, the newest first. */
@Injectable()
export class SplitRulesLoader extends RequestLoader<Id<'product'>, PublishedSplitRule[]> {
  constructor(
    private readonly database: Database,
    private readonly rules: RuleRepository,
  ) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'product'>[]) {
    const rows = await this.rules.splitRulesOf(this.database, ids);
    return ids.map((id) => rows.filter(({ productId }) => productId === id));
  }
}
