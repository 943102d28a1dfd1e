import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { RequestLoader } from '#platform';
import { OfferRepository, type PublishedCostSheet, type PublishedTierPlan } from '../offer.repository.js';

/** The cost sheets in force of each version. */
@Injectable()
export class CostSheetsLoader extends RequestLoader<Id<'productVersion'>, PublishedCostSheet[]> {
  constructor(private readonly offers: OfferRepository) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'productVersion'>[]) {
    const rows = await this.offers.sheetsInForce(ids);
    return ids.map((id) => rows.filter(({ productVersionId }) => productVersionId === id));
  }
}

/** The tier plans in force of each version, one for each currency. */
@Injectable()
export class TierPlansLoader extends RequestLoader<Id<'productVersion'>, PublishedTierPlan[]> {
  constructor(private readonly offers: OfferRepository) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'productVersion'>[]) {
    const rows = await this.offers.plansInForce(ids);
    return ids.map((id) => rows.filter(({ productVersionId }) => productVersionId === id));
  }
}
