import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DomainError, type Id } from '#kernel';
import { CommunityLoader, CommunityModel } from '#identity';
import { CurrentViewer, Policy, Request, requireViewer } from '#platform';
import type { RequestContext, Viewer } from '#platform';
import { paymentView, pledgeView } from '../contract-views.js';
import { ContractReader } from '../persistence/contract.reader.js';
import { PaymentService } from '../payment.service.js';
import { PledgeService } from '../pledge.service.js';
import { PaymentsOfPledgeLoader } from './contracting.loader.js';
import { MakePledgeInput, RecordPaymentInput, WithdrawPledgeInput } from './pledge.input.js';
import { PaymentModel, PledgeModel } from './pledge.model.js';

@Resolver(() => PledgeModel)
export class PledgeResolver {
  constructor(
    private readonly service: PledgeService,
    private readonly paymentService: PaymentService,
    private readonly reader: ContractReader,
    private readonly communities: CommunityLoader,
    private readonly paymentsOf: PaymentsOfPledgeLoader,
  ) {}

  @ResolveField(() => CommunityModel)
  community(@Parent() pledge: PledgeModel, @Request() context: RequestContext): Promise<CommunityModel> {
    return this.communities.load(context, pledge.communityId);
  }

  @ResolveField(() => [PaymentModel], { description: 'In the order in which they were recorded.' })
  async payments(@Parent() pledge: PledgeModel, @Request() context: RequestContext): Promise<PaymentModel[]> {
    return (await this.paymentsOf.load(context, pledge.id)).map(paymentView);
  }

  @Mutation(() => PledgeModel, {
    description:
      'A contribution by one of the contract’s offers. For coordinators and treasurers of a receiving community.',
  })
  @Policy('signedIn')
  async makePledge(
    @Args('input') input: MakePledgeInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<PledgeModel> {
    return this.reload(await this.service.make(requireViewer(viewer), input));
  }

  @Mutation(() => PledgeModel, { description: 'Until the contract is active. For those who may pledge.' })
  @Policy('signedIn')
  async withdrawPledge(
    @Args('input') input: WithdrawPledgeInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<PledgeModel> {
    return this.reload(await this.service.withdraw(requireViewer(viewer), input));
  }

  @Mutation(() => PledgeModel, {
    description: 'Money that came in. For treasurers and coordinators of the fablab.',
  })
  @Policy('signedIn')
  async recordPayment(
    @Args('input') input: RecordPaymentInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<PledgeModel> {
    return this.reload(await this.paymentService.record(requireViewer(viewer), input));
  }

  private async reload(id: Id<'pledge'>): Promise<PledgeModel> {
    const row = await this.reader.pledge(id);
    if (!row) throw DomainError.notFound('pledge', id);
    return pledgeView(row);
  }
}
