import { Args, Mutation, Parent, Query, ResolveField, Resolver, Int } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { ProductLoader, ProductModel } from '#catalogue';
import { CurrentViewer, Policy, Request, requireViewer, type RequestContext, type Viewer } from '#platform';
import { GiftService } from '../gift.service.js';
import { RuleService } from '../rule.service.js';
import {
  PublishListRuleInput,
  PublishSplitRuleInput,
  RecordPoolGiftInput,
  ScenarioInput,
} from './freemium.input.js';
import { PoolsLoader, SplitRulesLoader } from './freemium.loader.js';
import { ruleModel } from './mappers.js';
import { ForecastModel, ListRuleModel, PoolModel, SplitRuleModel } from './rule.model.js';
import { readScenario } from './scenario.js';
import { WaitingListReader } from '../waiting-list.reader.js';

@Resolver(() => ProductModel)
export class PoolResolver {
  constructor(
    private readonly rules: RuleService,
    private readonly gifts: GiftService,
    private readonly lists: WaitingListReader,
    private readonly products: ProductLoader,
    private readonly poolsOf: PoolsLoader,
    private readonly rulesOf: SplitRulesLoader,
  ) {}

  @ResolveField(() => [SplitRuleModel], { description: 'Every split rule, by currency, the newest first.' })
  async splitRules(
    @Parent() product: ProductModel,
    @Request() context: RequestContext,
  ): Promise<SplitRuleModel[]> {
    return (await this.rulesOf.load(context, product.id)).map(ruleModel);
  }

  @ResolveField(() => [PoolModel])
  async pools(@Parent() product: ProductModel, @Request() context: RequestContext): Promise<PoolModel[]> {
    const rows = await this.poolsOf.load(context, product.id);
    return rows.map(({ tier, accountId, availableMinor, currency }) => ({
      tier,
      accountId,
      available: { amountMinor: availableMinor, currency },
    }));
  }

  @ResolveField(() => ListRuleModel, { nullable: true, description: 'Null: by turns, without ageing.' })
  listRule(@Parent() product: ProductModel): Promise<ListRuleModel | null> {
    return this.lists.rule(product.id);
  }

  @ResolveField(() => Int, { description: 'How many wait for a free unit.' })
  waitingCount(@Parent() product: ProductModel): Promise<number> {
    return this.lists.count(product.id);
  }

  @Query(() => ForecastModel, { description: 'The split and the pool, before anything is signed.' })
  @Policy('public')
  forecast(@Args('input', { type: () => ScenarioInput }) input: ScenarioInput): ForecastModel {
    return readScenario(input);
  }

  @Mutation(() => ProductModel, { description: 'For coordinators of the fablab.' })
  @Policy('signedIn')
  async publishSplitRule(
    @Args('input', { type: () => PublishSplitRuleInput }) input: PublishSplitRuleInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<ProductModel> {
    return this.reload(context, await this.rules.publishSplitRule(requireViewer(viewer), input));
  }

  @Mutation(() => ProductModel, { description: 'For coordinators of the fablab.' })
  @Policy('signedIn')
  async publishListRule(
    @Args('input', { type: () => PublishListRuleInput }) input: PublishListRuleInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<ProductModel> {
    return this.reload(context, await this.rules.publishListRule(requireViewer(viewer), input));
  }

  @Mutation(() => ProductModel, {
    description: 'Records money that was given to a pool. For treasurers of the fablab.',
  })
  @Policy('signedIn')
  async recordPoolGift(
    @Args('input', { type: () => RecordPoolGiftInput }) input: RecordPoolGiftInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<ProductModel> {
    return this.reload(context, await this.gifts.record(requireViewer(viewer), input));
  }

  private reload(context: RequestContext, id: Id<'product'>): Promise<ProductModel> {
    return this.products.load(context, id);
  }
}
