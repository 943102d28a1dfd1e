import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { isId } from '#kernel';
import { CurrentViewer, Policy, Request, requireViewer, type RequestContext, type Viewer } from '#platform';
import { CatalogueService } from '../catalogue.service.js';
import { bomQuantity } from '../domain/product.js';
import { ProductService } from '../product.service.js';
import { ProductLoader, ProductVersionLoader, ProductVersionPartsLoader } from './catalogue.loader.js';
import { CreateProductVersionInput } from './product.input.js';
import { ProductModel } from './product.model.js';
import { BomLineModel, OperationModel, ProductVersionModel } from './product-version.model.js';

@Resolver(() => ProductVersionModel)
export class ProductVersionResolver {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly service: ProductService,
    private readonly products: ProductLoader,
    private readonly versions: ProductVersionLoader,
    private readonly parts: ProductVersionPartsLoader,
  ) {}

  @Query(() => ProductVersionModel, { nullable: true })
  @Policy('public')
  async productVersion(@Args('id', { type: () => ID }) id: string): Promise<ProductVersionModel | null> {
    return isId(id) ? ((await this.catalogue.versionSummariesByIds([id]))[0] ?? null) : null;
  }

  @ResolveField(() => ProductModel)
  product(@Parent() version: ProductVersionModel, @Request() context: RequestContext): Promise<ProductModel> {
    return this.products.load(context, version.productId);
  }

  @ResolveField(() => [BomLineModel], { description: 'For one unit of the product.' })
  async billOfMaterials(
    @Parent() version: ProductVersionModel,
    @Request() context: RequestContext,
  ): Promise<BomLineModel[]> {
    const { bom } = await this.parts.load(context, version.id);
    return bom.map((line) => ({ ...line, quantity: bomQuantity(line) }));
  }

  @ResolveField(() => [OperationModel], { description: 'By position.' })
  async routing(
    @Parent() version: ProductVersionModel,
    @Request() context: RequestContext,
  ): Promise<OperationModel[]> {
    const { routing } = await this.parts.load(context, version.id);
    return routing.map((operation) => ({ ...operation, after: [...operation.after] }));
  }

  @Mutation(() => ProductVersionModel, {
    description: 'It can never be changed. For coordinators of the fablab.',
  })
  @Policy('signedIn')
  async createProductVersion(
    @Args('input', { type: () => CreateProductVersionInput }) input: CreateProductVersionInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<ProductVersionModel> {
    return this.versions.load(context, await this.service.createVersion(requireViewer(viewer), input));
  }
}
