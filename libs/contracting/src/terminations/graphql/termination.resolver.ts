import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DomainError, type Id } from '#kernel';
import { CommunityLoader, CommunityModel, PersonLoader, PersonModel } from '#identity';
import { CurrentViewer, Policy, Request, isMember, requireViewer } from '#platform';
import type { RequestContext, Viewer } from '#platform';
import { ContractViews } from '../../contract-views.js';
import { ContractModel } from '../../graphql/contract.model.js';
import { ContractReader } from '../../persistence/contract.reader.js';
import { TerminationsOfContractLoader } from '../persistence/termination.reader.js';
import { TerminationDecisionService } from '../termination-decision.service.js';
import { terminationView } from '../termination-views.js';
import { TerminationService } from '../termination.service.js';
import { AcceptTerminationInput, EndTerminationInput, ProposeTerminationInput } from './termination.input.js';
import { TerminationAnswerModel, TerminationModel } from './termination.model.js';

@Resolver(() => ContractModel)
export class ContractTerminationResolver {
  constructor(
    private readonly proposals: TerminationService,
    private readonly decisions: TerminationDecisionService,
    private readonly terminationsOf: TerminationsOfContractLoader,
    private readonly reader: ContractReader,
    private readonly views: ContractViews,
  ) {}

  @ResolveField(() => [TerminationModel], { description: 'Proposals to end it, the oldest first.' })
  async terminations(
    @Parent() contract: ContractModel,
    @Request() context: RequestContext,
  ): Promise<TerminationModel[]> {
    return (await this.terminationsOf.load(context, contract.id)).map(terminationView);
  }

  @Mutation(() => ContractModel, {
    description: 'Proposes to end an active contract, with a settlement. For coordinators of any party.',
  })
  @Policy('signedIn')
  async proposeTermination(
    @Args('input') input: ProposeTerminationInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.reload(await this.proposals.propose(requireViewer(viewer), input), viewer);
  }

  @Mutation(() => ContractModel, {
    description: 'The last yes ends the contract and settles it. For coordinators of those who are asked.',
  })
  @Policy('signedIn')
  async acceptTermination(
    @Args('input') input: AcceptTerminationInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.reload(await this.decisions.accept(requireViewer(viewer), input), viewer);
  }

  @Mutation(() => ContractModel, {
    description: 'Closes the proposal; the contract goes on. For coordinators of those who are asked.',
  })
  @Policy('signedIn')
  async declineTermination(
    @Args('input') input: EndTerminationInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.reload(await this.decisions.decline(requireViewer(viewer), input), viewer);
  }

  @Mutation(() => ContractModel, { description: 'For coordinators of the party that proposed it.' })
  @Policy('signedIn')
  async withdrawTermination(
    @Args('input') input: EndTerminationInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.reload(await this.decisions.withdraw(requireViewer(viewer), input), viewer);
  }

  private async reload(id: Id<'contract'>, viewer: Viewer | null): Promise<ContractModel> {
    const row = await this.reader.byId(id);
    if (!row) throw DomainError.notFound('contract', id);
    return this.views.contract(row, viewer);
  }
}

/** Who stands behind a proposed termination. */
@Resolver(() => TerminationModel)
export class TerminationResolver {
  constructor(private readonly communities: CommunityLoader) {}

  @ResolveField(() => CommunityModel)
  proposedBy(
    @Parent() { proposedBy }: TerminationModel,
    @Request() context: RequestContext,
  ): Promise<CommunityModel> {
    return this.communities.load(context, proposedBy);
  }

  @ResolveField(() => CommunityModel, {
    nullable: true,
    description: 'Who said the last yes, or the no; null for a proposal that became stale.',
  })
  async endedBy(
    @Parent() { endedBy }: TerminationModel,
    @Request() context: RequestContext,
  ): Promise<CommunityModel | null> {
    return endedBy && this.communities.load(context, endedBy);
  }
}

@Resolver(() => TerminationAnswerModel)
export class TerminationAnswerResolver {
  constructor(
    private readonly communities: CommunityLoader,
    private readonly people: PersonLoader,
  ) {}

  @ResolveField(() => CommunityModel)
  community(
    @Parent() answer: TerminationAnswerModel,
    @Request() context: RequestContext,
  ): Promise<CommunityModel> {
    return this.communities.load(context, answer.communityId);
  }

  @ResolveField(() => PersonModel, {
    nullable: true,
    description: 'Who accepted; shown to fellow members only.',
  })
  async person(
    @Parent() { communityId, personId }: TerminationAnswerModel,
    @Request() context: RequestContext,
  ): Promise<PersonModel | null> {
    if (personId === null || !isMember(context.viewer, communityId)) return null;
    return this.people.load(context, personId);
  }
}
