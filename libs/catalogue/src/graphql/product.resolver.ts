import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CommunityDirectory, CommunityLoader, CommunityModel } from '#identity';
import { CurrentViewer, Policy, Request, keysetOf, pageOf, requireViewer } from '#platform';
import type { Page, RequestContext, Viewer } from '#platform';
import type { ProductSummary } from '../domain/product.js';
import { ProductRepository } from '../persistence/product.repository.js';
import { ProductService } from '../product.service.js';
import { VersionsOfProductLoader } from './catalogue.loader.js';
import { CreateProductInput, ProductsArgs } from './product.input.js';
import { ProductConnection, ProductModel } from './product.model.js';
import { ProductVersionModel } from './product-version.model.js';

const NO_PRODUCTS: readonly ProductSummary[] = [];

@Resolver(() => ProductModel)
export class ProductResolver {
  constructor(
    private readonly repository: ProductRepository,
    private readonly service: ProductService,
    private readonly communities: CommunityDirectory,
    private readonly fablabs: CommunityLoader,
    private readonly versionsOf: VersionsOfProductLoader,
  ) {}

  @Query(() => ProductConnection, { description: 'By name; of one fablab or of all.' })
  @Policy('public')
  async products(@Args() args: ProductsArgs): Promise<Page<ProductSummary>> {
    const keyset = keysetOf(args, 2);
    const fablab = args.fablabSlug ? await this.communities.bySlug(args.fablabSlug) : null;
    const isUnknown = Boolean(args.fablabSlug) && !fablab;
    const rows = isUnknown ? NO_PRODUCTS : await this.repository.list(keyset, fablab?.id ?? null);
    return pageOf(rows, keyset, (row) => [row.name, row.id]);
  }

  @Query(() => ProductModel, { nullable: true })
  @Policy('public')
  async product(
    @Args('fablabSlug', { type: () => String }) fablabSlug: string,
    @Args('slug', { type: () => String }) slug: string,
  ): Promise<ProductSummary | null> {
    const fablab = await this.communities.bySlug(fablabSlug);
    return fablab && this.repository.bySlug(fablab.id, slug);
  }

  @ResolveField(() => CommunityModel)
  fablab(@Parent() product: ProductModel, @Request() context: RequestContext): Promise<CommunityModel> {
    return this.fablabs.load(context, product.fablabId);
  }

  @ResolveField(() => [ProductVersionModel], { description: 'The oldest first.' })
  versions(
    @Parent() product: ProductModel,
    @Request() context: RequestContext,
  ): Promise<ProductVersionModel[]> {
    return this.versionsOf.load(context, product.id);
  }

  @Mutation(() => ProductModel, { description: 'For coordinators of the fablab.' })
  @Policy('signedIn')
  createProduct(
    @Args('input', { type: () => CreateProductInput }) input: CreateProductInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ProductSummary> {
    return this.service.createProduct(requireViewer(viewer), input);
  }
}
