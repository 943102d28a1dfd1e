import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { formatMilli, type Currency, type Id } from '#kernel';
import { CurrentViewer, Policy, Request, requireViewer, type RequestContext, type Viewer } from '#platform';
import { lineMinor } from '../../domain/cost-sheet.js';
import type { TierOffer } from '../../domain/tier-plan.js';
import { ProductVersionLoader } from '../../graphql/catalogue.loader.js';
import { ProductVersionModel } from '../../graphql/product-version.model.js';
import { costIn, type PublishedCostSheet } from '../offer.repository.js';
import { OfferService } from '../offer.service.js';
import { PublishCostSheetInput, PublishTierPlanInput } from './offer.input.js';
import { CostSheetsLoader, TierPlansLoader } from './offer.loader.js';
import { CostSheetModel, TierPlanModel, type TierOfferModel } from './offer.model.js';

@Resolver(() => ProductVersionModel)
export class OfferResolver {
  constructor(
    private readonly service: OfferService,
    private readonly sheets: CostSheetsLoader,
    private readonly plans: TierPlansLoader,
    private readonly versions: ProductVersionLoader,
  ) {}

  @ResolveField(() => [CostSheetModel], { description: 'Those in force, by form.' })
  async costSheets(
    @Parent() version: ProductVersionModel,
    @Request() context: RequestContext,
  ): Promise<CostSheetModel[]> {
    return (await this.sheets.load(context, version.id)).map(sheetOf);
  }

  @ResolveField(() => [TierPlanModel], { description: 'Those in force, one for each currency.' })
  async tierPlans(
    @Parent() version: ProductVersionModel,
    @Request() context: RequestContext,
  ): Promise<TierPlanModel[]> {
    const [plans, sheets] = await Promise.all([
      this.plans.load(context, version.id),
      this.sheets.load(context, version.id),
    ]);
    return plans.map((plan) => {
      const costOf = costIn(sheets, plan.currency);
      return {
        ...plan,
        offers: plan.offers.map((offer) => offerModel(offer, plan.currency, costOf(offer.form) ?? 0n)),
      };
    });
  }

  @Mutation(() => ProductVersionModel, {
    description:
      'Publishes what a unit in one form costs; it replaces the sheet before it. For coordinators.',
  })
  @Policy('signedIn')
  async publishCostSheet(
    @Args('input', { type: () => PublishCostSheetInput }) input: PublishCostSheetInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<ProductVersionModel> {
    return this.reload(context, await this.service.publishCostSheet(requireViewer(viewer), input));
  }

  @Mutation(() => ProductVersionModel, {
    description: 'Publishes how a version is offered: free, fair, premium. For coordinators.',
  })
  @Policy('signedIn')
  async publishTierPlan(
    @Args('input', { type: () => PublishTierPlanInput }) input: PublishTierPlanInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<ProductVersionModel> {
    return this.reload(context, await this.service.publishTierPlan(requireViewer(viewer), input));
  }

  private reload(context: RequestContext, id: Id<'productVersion'>): Promise<ProductVersionModel> {
    return this.versions.load(context, id);
  }
}

function sheetOf(sheet: PublishedCostSheet): CostSheetModel {
  const { currency } = sheet;
  return {
    id: sheet.id,
    form: sheet.form,
    number: sheet.number,
    total: { amountMinor: sheet.totalMinor, currency },
    createdAt: sheet.createdAt,
    lines: sheet.lines.map((line) => ({
      kind: line.kind,
      name: line.name,
      quantity: formatMilli(line.quantityMilli),
      unit: line.unit,
      unitPrice: { amountMinor: line.unitPriceMinor, currency },
      total: { amountMinor: lineMinor(line), currency },
    })),
  };
}

function offerModel(offer: TierOffer, currency: Currency, unitCostMinor: bigint): TierOfferModel {
  const money = (amountMinor: bigint) => ({ amountMinor, currency });
  return {
    tier: offer.tier,
    form: offer.form,
    distinction: offer.distinction,
    price: offer.tier === 'premium' ? money(offer.priceMinor) : null,
    floor: offer.tier === 'fair' ? money(offer.floorMinor) : null,
    suggested: offer.tier === 'fair' ? money(offer.suggestedMinor) : null,
    unitCost: money(unitCostMinor),
  };
}
