import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { CurrentViewer, Policy, Request, requireViewer, type RequestContext, type Viewer } from '#platform';
import { SalePayments } from '../sale-payments.service.js';
import { SaleReversal } from '../sale-reversal.service.js';
import { SaleService } from '../sale.service.js';
import {
  OrderUnitsInput,
  RecordSalePaymentInput,
  ReverseSaleInput,
  SaleStepInput,
} from './freemium.input.js';
import { SaleLoader } from './freemium.loader.js';
import { saleModel } from './mappers.js';
import { SaleModel } from './sale.model.js';

@Resolver(() => SaleModel)
export class SaleActionsResolver {
  constructor(
    private readonly service: SaleService,
    private readonly payments: SalePayments,
    private readonly reversal: SaleReversal,
    private readonly sales: SaleLoader,
  ) {}

  @Mutation(() => SaleModel, {
    description:
      'Orders units in the fair or premium tier, for a community or for a person without an account.',
  })
  @Policy('public')
  async orderUnits(
    @Args('input', { type: () => OrderUnitsInput }) input: OrderUnitsInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<SaleModel> {
    return this.reload(context, await this.service.order(viewer, input));
  }

  @Mutation(() => SaleModel, {
    description:
      'Records money that came in; it is split by the published rule. For treasurers of the fablab.',
  })
  @Policy('signedIn')
  async recordSalePayment(
    @Args('input', { type: () => RecordSalePaymentInput }) input: RecordSalePaymentInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<SaleModel> {
    return this.reload(context, await this.payments.record(requireViewer(viewer), input));
  }

  @Mutation(() => SaleModel, { description: 'The units were handed over. For the fablab.' })
  @Policy('signedIn')
  async deliverSale(
    @Args('input', { type: () => SaleStepInput }) input: SaleStepInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<SaleModel> {
    return this.reload(context, await this.service.deliver(requireViewer(viewer), input));
  }

  @Mutation(() => SaleModel, {
    description: 'Cancels a sale before delivery and reverses its payments. For the fablab.',
  })
  @Policy('signedIn')
  async cancelSale(
    @Args('input', { type: () => ReverseSaleInput }) input: ReverseSaleInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<SaleModel> {
    return this.reload(context, await this.reversal.cancel(requireViewer(viewer), input));
  }

  @Mutation(() => SaleModel, {
    description: 'The units came back: the payments are reversed. For the fablab.',
  })
  @Policy('signedIn')
  async returnSale(
    @Args('input', { type: () => ReverseSaleInput }) input: ReverseSaleInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<SaleModel> {
    return this.reload(context, await this.reversal.takeBack(requireViewer(viewer), input));
  }

  private async reload(context: RequestContext, id: Id<'sale'>): Promise<SaleModel> {
    return saleModel(await this.sales.load(context, id));
  }
}
