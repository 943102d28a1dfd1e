import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DomainError, formatMilli, type Id } from '#kernel';
import { CurrentViewer, Policy, Request, requireViewer, type RequestContext, type Viewer } from '#platform';
import { pledgeView } from '../contract-views.js';
import { ContributionService } from '../contribution.service.js';
import { ContractReader } from '../persistence/contract.reader.js';
import { ContributionsOfPledgeLoader } from '../persistence/contribution.repository.js';
import {
  ContributionEventModel,
  RecordReceiptInput,
  RecordReturnInput,
  ReverseContributionInput,
  WaiveContributionInput,
} from './contribution.model.js';
import { PledgeModel } from './pledge.model.js';

/** What came of hours and goods that were pledged, and what is recorded about them. */
@Resolver(() => PledgeModel)
export class ContributionResolver {
  constructor(
    private readonly service: ContributionService,
    private readonly reader: ContractReader,
    private readonly contributionsOf: ContributionsOfPledgeLoader,
  ) {}

  @ResolveField(() => [ContributionEventModel], {
    description: 'What came of hours or goods, in the order in which it was recorded; money has payments.',
  })
  async contributions(
    @Parent() pledge: PledgeModel,
    @Request() context: RequestContext,
  ): Promise<ContributionEventModel[]> {
    const events = await this.contributionsOf.load(context, pledge.id);
    return events.map(({ quantityMilli, ...event }) => ({ ...event, quantity: formatMilli(quantityMilli) }));
  }

  @Mutation(() => PledgeModel, {
    description: 'Goods or a tool that came in. For treasurers and coordinators of the fablab.',
  })
  @Policy('signedIn')
  async recordReceipt(
    @Args('input', { type: () => RecordReceiptInput }) input: RecordReceiptInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<PledgeModel> {
    return this.reload(await this.service.receive(requireViewer(viewer), input));
  }

  @Mutation(() => PledgeModel, {
    description: 'A tool that went back to its owner. For treasurers and coordinators of the fablab.',
  })
  @Policy('signedIn')
  async recordReturn(
    @Args('input', { type: () => RecordReturnInput }) input: RecordReturnInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<PledgeModel> {
    return this.reload(await this.service.giveBack(requireViewer(viewer), input));
  }

  @Mutation(() => PledgeModel, {
    description:
      'Lets go of hours or goods that were pledged and have not come. For treasurers and coordinators of the fablab.',
  })
  @Policy('signedIn')
  async waiveContribution(
    @Args('input', { type: () => WaiveContributionInput }) input: WaiveContributionInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<PledgeModel> {
    return this.reload(await this.service.waive(requireViewer(viewer), input));
  }

  @Mutation(() => PledgeModel, {
    description: 'Takes back what was recorded wrongly. For treasurers and coordinators of the fablab.',
  })
  @Policy('signedIn')
  async reverseContribution(
    @Args('input', { type: () => ReverseContributionInput }) input: ReverseContributionInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<PledgeModel> {
    return this.reload(await this.service.reverse(requireViewer(viewer), input));
  }

  private async reload(id: Id<'pledge'>): Promise<PledgeModel> {
    const row = await this.reader.pledge(id);
    if (!row) throw DomainError.notFound('pledge', id);
    return pledgeView(row);
  }
}
