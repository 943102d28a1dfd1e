import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { checkInput, type Id } from '#kernel';
import { ProductVersionLoader, ProductVersionModel } from '#catalogue';
import { CommunityLoader } from '#identity';
import {
  CurrentViewer,
  PageArgs,
  Policy,
  Request,
  keysetOf,
  pageOf,
  requireViewer,
  type Page,
  type RequestContext,
  type Viewer,
} from '#platform';
import { GrantService } from '../grant.service.js';
import { FreemiumReader } from '../persistence/freemium.reader.js';
import { DeliverGrantInput } from './freemium.input.js';
import { FundingOfGrantLoader, GrantLoader } from './freemium.loader.js';
import { fundingModel, grantModel } from './mappers.js';
import { GrantConnection, GrantFundingModel, GrantModel } from './sale.model.js';

@Resolver(() => GrantModel)
export class GrantResolver {
  constructor(
    private readonly reader: FreemiumReader,
    private readonly service: GrantService,
    private readonly grants: GrantLoader,
    private readonly funding: FundingOfGrantLoader,
    private readonly versions: ProductVersionLoader,
    private readonly communities: CommunityLoader,
  ) {}

  @Query(() => GrantModel, { nullable: true, description: 'Such as GRANT-2026-0001.' })
  @Policy('public')
  async unitGrant(@Args('ref', { type: () => String }) ref: string): Promise<GrantModel | null> {
    const grant = await this.reader.grantByRef(ref);
    return grant && grantModel(grant);
  }

  @Query(() => GrantConnection, { description: 'What the pools of a product gave, newest first.' })
  @Policy('public')
  async unitGrants(
    @Args('productId', { type: () => ID }) productId: string,
    @Args() page: PageArgs,
  ): Promise<Page<GrantModel>> {
    const id = checkInput((check) => check.id<'product'>('productId', productId, 'the product'));
    const keyset = keysetOf(page, 1);
    const rows = await this.reader.grantsOfProduct(id, {
      after: keyset.after?.[0] ?? null,
      limit: keyset.limit,
    });
    return pageOf(rows.map(grantModel), keyset, (grant) => [grant.id]);
  }

  @Mutation(() => GrantModel, { description: 'The free unit was handed over. For the fablab.' })
  @Policy('signedIn')
  async deliverGrant(
    @Args('input', { type: () => DeliverGrantInput }) input: DeliverGrantInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<GrantModel> {
    const id = await this.service.deliver(requireViewer(viewer), input);
    return grantModel(await this.grants.load(context, id));
  }

  @ResolveField(() => ProductVersionModel)
  productVersion(
    @Parent() grant: GrantModel,
    @Request() context: RequestContext,
  ): Promise<ProductVersionModel> {
    return this.versions.load(context, grant.productVersionId);
  }

  @ResolveField(() => [GrantFundingModel], {
    description: 'The sales and gifts that paid for it, first in, first out.',
  })
  async paidBy(
    @Parent() grant: GrantModel,
    @Request() context: RequestContext,
  ): Promise<GrantFundingModel[]> {
    const rows = await this.funding.load(context, grant.id);
    return Promise.all(
      rows.map(async (row) => ({
        ...fundingModel(row),
        giverName: row.giftCommunityId && (await this.nameOf(context, row.giftCommunityId)),
      })),
    );
  }

  private async nameOf(context: RequestContext, id: Id<'community'>): Promise<string> {
    return (await this.communities.load(context, id)).name;
  }
}
