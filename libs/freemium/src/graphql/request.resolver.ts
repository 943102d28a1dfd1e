import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { ProductLoader, ProductModel } from '#catalogue';
import { CurrentViewer, Policy, Request, requireViewer, type RequestContext, type Viewer } from '#platform';
import { FreemiumReader } from '../persistence/freemium.reader.js';
import { RequestService } from '../request.service.js';
import { WaitingListReader } from '../waiting-list.reader.js';
import { AskForFreeUnitInput, WithdrawRequestInput } from './freemium.input.js';
import { FreeRequestModel } from './rule.model.js';

@Resolver(() => FreeRequestModel)
export class RequestResolver {
  constructor(
    private readonly service: RequestService,
    private readonly reader: FreemiumReader,
    private readonly lists: WaitingListReader,
    private readonly products: ProductLoader,
  ) {}

  @Query(() => [FreeRequestModel], { description: 'One’s own requests for free units, newest first.' })
  @Policy('signedIn')
  async myFreeRequests(@CurrentViewer() viewer: Viewer | null): Promise<FreeRequestModel[]> {
    const rows = await this.reader.requestsOf(requireViewer(viewer).personId);
    const waiting = new Set(
      rows.filter(({ state }) => state === 'waiting').map(({ productId }) => productId),
    );
    const places = new Map<string, number>();
    for (const productId of waiting)
      for (const [id, place] of await this.lists.places(productId)) places.set(id, place);
    return rows.map((row) => ({ ...row, place: places.get(row.id) ?? null }));
  }

  @Mutation(() => FreeRequestModel, { description: 'Joins the waiting list of a product.' })
  @Policy('signedIn')
  async askForFreeUnit(
    @Args('input', { type: () => AskForFreeUnitInput }) input: AskForFreeUnitInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<FreeRequestModel> {
    return this.own(requireViewer(viewer), await this.service.ask(requireViewer(viewer), input));
  }

  @Mutation(() => FreeRequestModel, { description: 'Leaves the waiting list.' })
  @Policy('signedIn')
  async withdrawRequest(
    @Args('input', { type: () => WithdrawRequestInput }) input: WithdrawRequestInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<FreeRequestModel> {
    return this.own(requireViewer(viewer), await this.service.withdraw(requireViewer(viewer), input));
  }

  @ResolveField(() => ProductModel)
  product(@Parent() request: FreeRequestModel, @Request() context: RequestContext): Promise<ProductModel> {
    return this.products.load(context, request.productId);
  }

  private async own(viewer: Viewer, id: Id<'freeRequest'>): Promise<FreeRequestModel> {
    const request = (await this.myFreeRequests(viewer)).find((each) => each.id === id);
    if (!request) throw new Error(`The request ${id} was written and is not there.`);
    return request;
  }
}
