import { Args, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { DomainError, isId, type Id } from '#kernel';
import { CommunityDirectory } from '#identity';
import {
  CHANGE_UNKNOWN,
  ChangeFeed,
  CurrentViewer,
  Policy,
  keysetOf,
  pageOf,
  requireViewer,
} from '#platform';
import type { Page, Viewer } from '#platform';
import { AcceptanceService } from '../acceptance.service.js';
import { ContractViews } from '../contract-views.js';
import { DraftService } from '../draft.service.js';
import { OpeningService } from '../opening.service.js';
import { ContractReader } from '../persistence/contract.reader.js';
import {
  AcceptReleaseInput,
  ContractsArgs,
  DraftContractInput,
  OpenContractInput,
  UpdateDraftInput,
  WithdrawContractInput,
} from './contract.input.js';
import { ContractConnection, ContractModel } from './contract.model.js';

@Resolver(() => ContractModel)
export class ContractResolver {
  constructor(
    private readonly reader: ContractReader,
    private readonly views: ContractViews,
    private readonly communities: CommunityDirectory,
    private readonly drafts: DraftService,
    private readonly opening: OpeningService,
    private readonly acceptance: AcceptanceService,
    private readonly feed: ChangeFeed,
  ) {}

  @Query(() => ContractConnection, {
    description: 'Newest first. Drafts are shown to members of their parties only.',
  })
  @Policy('public')
  async contracts(
    @Args() args: ContractsArgs,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<Page<ContractModel>> {
    const keyset = keysetOf(args, 1);
    if (keyset.after && !isId(keyset.after[0])) throw notACursor();
    const parties = await this.partiesWanted(args, viewer);
    const filter = { insideOf: insideOf(viewer), parties, state: args.state ?? null };
    const rows = parties?.length === 0 ? [] : await this.reader.list(filter, keyset);
    return pageOf(await this.views.contracts(rows, viewer), keyset, ({ id }) => [id]);
  }

  @Query(() => ContractModel, { nullable: true })
  @Policy('public')
  async contract(
    @Args('ref', { type: () => String }) ref: string,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel | null> {
    const row = await this.reader.byRef(ref, insideOf(viewer));
    return row && this.views.contract(row, viewer);
  }

  @Mutation(() => ContractModel, { description: 'For coordinators of the fablab.' })
  @Policy('signedIn')
  async draftContract(
    @Args('input') input: DraftContractInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.reload(await this.drafts.draft(requireViewer(viewer), input), viewer);
  }

  @Mutation(() => ContractModel, { description: 'For coordinators of any party. Every change is kept.' })
  @Policy('signedIn')
  async updateDraft(
    @Args('input') input: UpdateDraftInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.reload(await this.drafts.update(requireViewer(viewer), input), viewer);
  }

  @Mutation(() => ContractModel, { description: 'Publishes release 1. For coordinators of the fablab.' })
  @Policy('signedIn')
  async openContract(
    @Args('input') input: OpenContractInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.reload(await this.opening.open(requireViewer(viewer), input), viewer);
  }

  @Mutation(() => ContractModel, {
    description: 'For coordinators of a party; every party accepts, the fablab too.',
  })
  @Policy('signedIn')
  async acceptRelease(
    @Args('input') input: AcceptReleaseInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.reload(await this.acceptance.accept(requireViewer(viewer), input), viewer);
  }

  @Mutation(() => ContractModel, { description: 'Before it is active. For coordinators of the fablab.' })
  @Policy('signedIn')
  async withdrawContract(
    @Args('input') input: WithdrawContractInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractModel> {
    return this.reload(await this.opening.withdraw(requireViewer(viewer), input), viewer);
  }

  @Subscription(() => ContractModel, {
    description: 'Sends the contract each time something on its page has changed.',
    resolve: (contract: ContractModel) => contract,
  })
  @Policy('public')
  async contractChanged(
    @Args('ref', { type: () => String }) ref: string,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<AsyncGenerator<ContractModel>> {
    if (!(await this.contract(ref, viewer))) throw DomainError.notFound('contract', ref);
    return this.feed.changes(async (change) => {
      const isWanted =
        change === CHANGE_UNKNOWN || (change.type === CHANGED && change.payload['ref'] === ref);
      return isWanted ? ((await this.contract(ref, viewer)) ?? undefined) : undefined;
    });
  }

  /** null: any; an empty list: of nobody, so there are none. */
  private async partiesWanted(args: ContractsArgs, viewer: Viewer | null): Promise<Id<'community'>[] | null> {
    const mine = args.mine ? insideOf(requireViewer(viewer)) : null;
    if (!args.communitySlug) return mine;
    const id = (await this.communities.bySlug(args.communitySlug))?.id;
    return id && (mine === null || mine.includes(id)) ? [id] : [];
  }

  private async reload(id: Id<'contract'>, viewer: Viewer | null): Promise<ContractModel> {
    const row = await this.reader.byId(id);
    if (!row) throw DomainError.notFound('contract', id);
    return this.views.contract(row, viewer);
  }
}

const CHANGED = 'contracting.contract-changed';

function insideOf(viewer: Viewer | null): Id<'community'>[] {
  return viewer ? [...viewer.roles.keys()] : [];
}

function notACursor(): DomainError {
  return DomainError.badInput([{ field: 'after', message: '“after” is not a cursor of this list.' }]);
}
