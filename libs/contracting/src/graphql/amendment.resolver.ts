import { Args, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DomainError, type Id } from '#kernel';
import { CommunityLoader, CommunityModel } from '#identity';
import { CurrentViewer, Policy, Request, requireViewer } from '#platform';
import type { RequestContext, Viewer } from '#platform';
import { AmendmentDecisionService } from '../amendment-decision.service.js';
import { AmendmentPreviewService } from '../amendment-preview.service.js';
import { AmendmentService } from '../amendment.service.js';
import { ContractViews } from '../contract-views.js';
import { ContractReader } from '../persistence/contract.reader.js';
import { PublicContracts } from '../public-contracts.service.js';
import {
  AcceptAmendmentInput,
  DeclineAmendmentInput,
  PreviewAmendmentInput,
  ProposeAmendmentInput,
} from './amendment.input.js';
import { AcceptanceModel, ContractModel, ReleaseModel } from './contract.model.js';
import { AllAcceptancesLoader } from './contracting.loader.js';
import { ReleaseChangeModel, ReleaseDifferenceModel } from './release-difference.model.js';

@Resolver(() => ContractModel)
export class AmendmentResolver {
  constructor(
    private readonly proposals: AmendmentService,
    private readonly previews: AmendmentPreviewService,
    private readonly decisions: AmendmentDecisionService,
    private readonly contracts: PublicContracts,
    private readonly reader: ContractReader,
    private readonly views: ContractViews,
  ) {}

  @Query(() => ReleaseDifferenceModel, { description: 'What differs between two releases of a contract.' })
  @Policy('public')
  async releaseDifference(
    @Args('contractRef', { type: () => String }) ref: string,
    @Args('from', { type: () => Int }) from: number,
    @Args('to', { type: () => Int }) to: number,
  ): Promise<ReleaseDifferenceModel> {
    const changes = await this.contracts.difference(ref, from, to);
    if (!changes) throw DomainError.notFound('release', `${ref}, ${from} or ${to}`);
    return { from, to, changes: [...changes] };
  }

  @Query(() => [ReleaseChangeModel], {
    description: 'What an amendment would change; nothing is proposed. For coordinators of a party.',
  })
  @Policy('signedIn')
  async amendmentPreview(
    @Args('input') input: PreviewAmendmentInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ReleaseChangeModel[]> {
    return [...(await this.previews.changes(requireViewer(viewer), input))];
  }

  @Mutation(() => ContractModel, {
    description: 'Publishes other terms as a proposal. For coordinators of any party.',
  })
  @Policy('signedIn')
  async proposeAmendment(
    @Args('input') input: ProposeAmendmentInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.reload(await this.proposals.propose(requireViewer(viewer), input), viewer);
  }

  @Mutation(() => ContractModel, {
    description: 'The last party that accepts puts the release into force. For coordinators of a party.',
  })
  @Policy('signedIn')
  async acceptAmendment(
    @Args('input') input: AcceptAmendmentInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.reload(await this.decisions.accept(requireViewer(viewer), input), viewer);
  }

  @Mutation(() => ContractModel, {
    description: 'Closes the proposal; the release in force stays. For coordinators of a party.',
  })
  @Policy('signedIn')
  async declineAmendment(
    @Args('input') input: DeclineAmendmentInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.reload(await this.decisions.decline(requireViewer(viewer), input), viewer);
  }

  private async reload(id: Id<'contract'>, viewer: Viewer | null): Promise<ContractModel> {
    const row = await this.reader.byId(id);
    if (!row) throw DomainError.notFound('contract', id);
    return this.views.contract(row, viewer);
  }
}

/** Who stands behind a proposed release. */
@Resolver(() => ReleaseModel)
export class ReleaseResolver {
  constructor(
    private readonly communities: CommunityLoader,
    private readonly acceptancesOf: AllAcceptancesLoader,
  ) {}

  @ResolveField(() => CommunityModel, { nullable: true, description: 'The party that proposed it.' })
  async proposedBy(
    @Parent() { proposedBy }: ReleaseModel,
    @Request() context: RequestContext,
  ): Promise<CommunityModel | null> {
    return proposedBy && this.communities.load(context, proposedBy);
  }

  @ResolveField(() => CommunityModel, { nullable: true, description: 'The party that declined it.' })
  async declinedBy(
    @Parent() { declinedBy }: ReleaseModel,
    @Request() context: RequestContext,
  ): Promise<CommunityModel | null> {
    return declinedBy && this.communities.load(context, declinedBy);
  }

  @ResolveField(() => [AcceptanceModel], { description: 'Of this release, in the order in which they came.' })
  async acceptances(
    @Parent() { contractId, number }: ReleaseModel,
    @Request() context: RequestContext,
  ): Promise<AcceptanceModel[]> {
    const all = await this.acceptancesOf.load(context, contractId);
    return all.filter(({ releaseNumber }) => releaseNumber === number);
  }
}
