import { Injectable } from '@nestjs/common';
import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DomainError, type Id } from '#kernel';
import { CommunityLoader, CommunityModel } from '#identity';
import { CurrentViewer, Policy, Request, RequestLoader, hasRole, requireViewer } from '#platform';
import type { RequestContext, Viewer } from '#platform';
import { ContractViews } from '../../contract-views.js';
import { ContractModel } from '../../graphql/contract.model.js';
import { ContractReader } from '../../persistence/contract.reader.js';
import { ImportReader } from '../persistence/import.reader.js';
import type { ProposalRow } from '../persistence/import.rows.js';
import { ProposalService } from '../proposal.service.js';
import { AnswerPledgeProposalInput } from './import.input.js';
import { PledgeProposalModel } from './import.model.js';

/** Proposed pledges of contracts, one statement for all that a request wants. */
@Injectable()
export class ProposalsOfContractLoader extends RequestLoader<Id<'contract'>, readonly ProposalRow[]> {
  constructor(private readonly reader: ImportReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'contract'>[]): Promise<(readonly ProposalRow[])[]> {
    const rows = await this.reader.proposalsOf(ids);
    return ids.map((id) => rows.filter(({ contractId }) => contractId === id));
  }
}

@Resolver(() => PledgeProposalModel)
export class ProposalResolver {
  constructor(
    private readonly service: ProposalService,
    private readonly contracts: ContractReader,
    private readonly views: ContractViews,
    private readonly communities: CommunityLoader,
  ) {}

  @ResolveField(() => CommunityModel)
  community(
    @Parent() proposal: PledgeProposalModel,
    @Request() context: RequestContext,
  ): Promise<CommunityModel> {
    return this.communities.load(context, proposal.communityId);
  }

  @Mutation(() => ContractModel, {
    description: 'Pledges what the fablab proposed. For coordinators and treasurers of the supporter.',
  })
  @Policy('signedIn')
  async confirmPledgeProposal(
    @Args('input') input: AnswerPledgeProposalInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.reload(await this.service.confirm(requireViewer(viewer), input), viewer);
  }

  @Mutation(() => ContractModel, { description: 'For coordinators and treasurers of the supporter.' })
  @Policy('signedIn')
  async declinePledgeProposal(
    @Args('input') input: AnswerPledgeProposalInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.reload(await this.service.decline(requireViewer(viewer), input), viewer);
  }

  private async reload(id: Id<'contract'>, viewer: Viewer | null): Promise<ContractModel> {
    const row = await this.contracts.byId(id);
    if (!row) throw DomainError.notFound('contract', id);
    return this.views.contract(row, viewer);
  }
}

@Resolver(() => ContractModel)
export class ContractProposalsResolver {
  constructor(private readonly proposals: ProposalsOfContractLoader) {}

  @ResolveField(() => [PledgeProposalModel], {
    description: 'For members of its parties: what the fablab says was pledged, and nobody has answered.',
  })
  async pledgeProposals(
    @Parent() contract: ContractModel,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<PledgeProposalModel[]> {
    if (!viewer) return [];
    const rows = await this.proposals.load(context, contract.id);
    return rows
      .filter(({ communityId }) => viewer.roles.has(communityId) || viewer.roles.has(contract.fablab.id))
      .map(({ id, amountMinor, currency, proposedAt, communityId }) => ({
        id,
        amount: { amountMinor, currency },
        proposedAt,
        communityId,
        viewerCanAnswer: hasRole(viewer, communityId, 'coordinator', 'treasurer'),
      }));
  }
}
