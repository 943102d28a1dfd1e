import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DomainError, type Id } from '#kernel';
import { CommunityLoader } from '#identity';
import { CurrentViewer, Policy, Request, requireViewer } from '#platform';
import type { RequestContext, Viewer } from '#platform';
import { ContractViews, pledgeView } from '../../contract-views.js';
import { ContractModel } from '../../graphql/contract.model.js';
import { PledgeModel } from '../../graphql/pledge.model.js';
import { ContractReader } from '../../persistence/contract.reader.js';
import { mayDeliver } from '../delivery.policy.js';
import { DeliveryService } from '../delivery.service.js';
import { DeliveriesOfContractLoader, SalesOfContractLoader } from '../persistence/delivery.reader.js';
import { UnitReliefService } from '../unit-relief.service.js';
import {
  AnswerDeliveryInput,
  RecordDeliveryInput,
  RecordPremiumSalesInput,
  WaiveUnitsInput,
} from './delivery.input.js';
import { DeliveryModel, PremiumSalesModel } from './delivery.model.js';

/** What is said of a contract's deliveries and premium sales. */
@Resolver(() => ContractModel)
export class DeliveriesResolver {
  constructor(
    private readonly deliveriesOf: DeliveriesOfContractLoader,
    private readonly salesOf: SalesOfContractLoader,
    private readonly communities: CommunityLoader,
  ) {}

  @ResolveField(() => [DeliveryModel], { description: 'In the order in which they were recorded.' })
  async deliveries(
    @Parent() contract: ContractModel,
    @Request() context: RequestContext,
  ): Promise<DeliveryModel[]> {
    const rows = await this.deliveriesOf.load(context, contract.id);
    return Promise.all(
      rows.map(async ({ receiverId, ...row }) => ({
        ...row,
        receiver: await this.communities.load(context, receiverId),
        viewerCan:
          row.isAccepted === null && mayDeliver(context.viewer, 'answerDelivery', receiverId, contract.state)
            ? ['answerDelivery']
            : [],
      })),
    );
  }

  @ResolveField(() => [PremiumSalesModel], { description: 'In the order of their last days.' })
  async premiumSales(
    @Parent() contract: ContractModel,
    @Request() context: RequestContext,
  ): Promise<PremiumSalesModel[]> {
    const rows = await this.salesOf.load(context, contract.id);
    return rows.map(({ amountMinor, currency, ...row }) => ({ ...row, amount: { amountMinor, currency } }));
  }

  @ResolveField(() => [String], {
    description: 'Names of the mutations about deliveries and sales that you could call on it now.',
  })
  viewerCanDeliver(@Parent() contract: ContractModel, @Request() context: RequestContext): string[] {
    return (['recordDelivery', 'recordPremiumSales'] as const).filter((deed) =>
      mayDeliver(context.viewer, deed, contract.fablab.id, contract.state),
    );
  }
}

@Resolver(() => DeliveryModel)
export class DeliveryResolver {
  constructor(
    private readonly service: DeliveryService,
    private readonly relief: UnitReliefService,
    private readonly reader: ContractReader,
    private readonly views: ContractViews,
  ) {}

  @Mutation(() => ContractModel, {
    description: 'Units that were handed over. For coordinators of the fablab.',
  })
  @Policy('signedIn')
  async recordDelivery(
    @Args('input') input: RecordDeliveryInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.contract(await this.service.record(requireViewer(viewer), input), viewer);
  }

  @Mutation(() => ContractModel, {
    description: 'Accepts a delivery, or refuses it with a reason. For coordinators of the receiver.',
  })
  @Policy('signedIn')
  async answerDelivery(
    @Args('input') input: AnswerDeliveryInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.contract(await this.service.answer(requireViewer(viewer), input), viewer);
  }

  @Mutation(() => ContractModel, {
    description:
      'Premium sales of a period, of which pledges may get a share. For treasurers and coordinators of the fablab.',
  })
  @Policy('signedIn')
  async recordPremiumSales(
    @Args('input') input: RecordPremiumSalesInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.contract(await this.service.recordSales(requireViewer(viewer), input), viewer);
  }

  @Mutation(() => PledgeModel, {
    description: 'Lets go of units that are owed. For treasurers and coordinators of the supporter.',
  })
  @Policy('signedIn')
  async waiveUnits(
    @Args('input') input: WaiveUnitsInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<PledgeModel> {
    const id = await this.relief.waive(requireViewer(viewer), input);
    const row = await this.reader.pledge(id);
    if (!row) throw DomainError.notFound('pledge', id);
    return pledgeView(row);
  }

  private async contract(id: Id<'contract'>, viewer: Viewer | null): Promise<ContractModel> {
    const row = await this.reader.byId(id);
    if (!row) throw DomainError.notFound('contract', id);
    return this.views.contract(row, viewer);
  }
}
