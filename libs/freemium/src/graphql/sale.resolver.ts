import { createHash } from 'node:crypto';
import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { checkInput, isId, type Id } from '#kernel';
import { ProductVersionLoader, ProductVersionModel } from '#catalogue';
import { CommunityModel, CommunityLoader } from '#identity';
import {
  CurrentViewer,
  PageArgs,
  Policy,
  Request,
  hasRole,
  isMember,
  keysetOf,
  pageOf,
  requireRole,
  type Page,
  type RequestContext,
  type Viewer,
} from '#platform';
import { FreemiumReader } from '../persistence/freemium.reader.js';
import { FundingOfSaleLoader, SalePaymentsLoader } from './freemium.loader.js';
import { fundingModel, paymentModel, saleModel } from './mappers.js';
import { GrantFundingModel, SaleConnection, SaleModel, SalePaymentModel } from './sale.model.js';

@Resolver(() => SaleModel)
export class SaleResolver {
  constructor(
    private readonly reader: FreemiumReader,
    private readonly paymentsOf: SalePaymentsLoader,
    private readonly funding: FundingOfSaleLoader,
    private readonly versions: ProductVersionLoader,
    private readonly communities: CommunityLoader,
  ) {}

  @Query(() => SaleModel, { nullable: true })
  @Policy('public')
  async sale(@Args('id', { type: () => ID }) id: string): Promise<SaleModel | null> {
    const [sale] = isId(id) ? await this.reader.sales([id as string as Id<'sale'>]) : [];
    return sale ? saleModel(sale) : null;
  }

  @Query(() => SaleModel, {
    nullable: true,
    description: 'The order of a person without an account, by the word that its browser made for it.',
  })
  @Policy('public')
  async orderByWord(
    @Args('accessWord', { type: () => String }) accessWord: string,
  ): Promise<SaleModel | null> {
    const sale = await this.reader.saleByAccess(createHash('sha256').update(accessWord).digest());
    return sale && saleModel(sale);
  }

  @Query(() => SaleConnection, {
    description: 'The sales of a fablab, newest first; for those who work with its money.',
  })
  @Policy('signedIn')
  async salesOfFablab(
    @Args('fablabId', { type: () => ID }) fablabId: string,
    @Args() page: PageArgs,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<Page<SaleModel>> {
    const id = checkInput((check) => check.id<'community'>('fablabId', fablabId, 'the fablab'));
    requireRole(viewer, id, ['coordinator', 'treasurer'], 'read its sales');
    const keyset = keysetOf(page, 1);
    const rows = await this.reader.salesOfFablab(id, {
      after: keyset.after?.[0] ?? null,
      limit: keyset.limit,
    });
    return pageOf(rows.map(saleModel), keyset, (sale) => [sale.id]);
  }

  @ResolveField(() => ProductVersionModel)
  productVersion(
    @Parent() sale: SaleModel,
    @Request() context: RequestContext,
  ): Promise<ProductVersionModel> {
    return this.versions.load(context, sale.productVersionId);
  }

  @ResolveField(() => CommunityModel, {
    nullable: true,
    description: 'Who bought; for the fablab and for the buyer itself. A person is never shown.',
  })
  async buyer(@Parent() sale: SaleModel, @Request() context: RequestContext): Promise<CommunityModel | null> {
    const { viewer } = context;
    if (!sale.buyerCommunityId) return null;
    const may =
      hasRole(viewer, sale.fablabId, 'coordinator', 'treasurer') || isMember(viewer, sale.buyerCommunityId);
    return may ? this.communities.load(context, sale.buyerCommunityId) : null;
  }

  @ResolveField(() => [SalePaymentModel], { description: 'In the order in which they were recorded.' })
  async payments(@Parent() sale: SaleModel, @Request() context: RequestContext): Promise<SalePaymentModel[]> {
    return (await this.paymentsOf.load(context, sale.id)).map(paymentModel);
  }

  @ResolveField(() => [GrantFundingModel], {
    description: 'The free and fair units that this sale paid for, in parts.',
  })
  async madePossible(
    @Parent() sale: SaleModel,
    @Request() context: RequestContext,
  ): Promise<GrantFundingModel[]> {
    const rows = await this.funding.load(context, sale.id);
    return rows.map((row) => ({ ...fundingModel(row), giverName: null }));
  }
}
