import { Inject } from '@nestjs/common';
import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { checkInput, dayOf, type Clock } from '#kernel';
import { CommunityLoader } from '#identity';
import { LedgerTransferModel } from '#ledger';
import { CLOCK, CurrentViewer, Policy, Request, keysetOf, pageOf, requireViewer } from '#platform';
import type { Page, RequestContext, Viewer } from '#platform';
import { productOf, type ReleaseDocument } from '../domain/release-document.js';
import { dialsOf, hasScrutiny } from '../domain/scrutiny.js';
import { instalmentView } from '../obligation-views.js';
import { ObligationsOfContractLoader } from '../persistence/obligation.reader.js';
import { ScrutinyService } from '../scrutiny.service.js';
import { ContractModel } from './contract.model.js';
import { ReleasesOfContractLoader } from './contracting.loader.js';
import { ContractEntriesArgs } from './obligation.input.js';
import { ContractEntryConnection, ScrutinyDialModel, type ContractEntryModel } from './obligation.model.js';

/** What a supporter may read while an obligation to it is open. Nothing here writes. */
@Resolver(() => ContractModel)
export class ScrutinyResolver {
  constructor(
    private readonly service: ScrutinyService,
    private readonly obligationsOf: ObligationsOfContractLoader,
    private readonly releasesOf: ReleasesOfContractLoader,
    private readonly communities: CommunityLoader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @ResolveField(() => [ScrutinyDialModel], {
    description: 'For each supporter: what is still owed, and when its oversight ends.',
  })
  async scrutiny(
    @Parent() contract: ContractModel,
    @Request() context: RequestContext,
  ): Promise<ScrutinyDialModel[]> {
    const found = await this.obligationsOf.load(context, contract.id);
    const obligations = found.map(({ obligation }) => obligation);
    const releases = await this.releasesOf.load(context, contract.id);
    const inForce = releases.find(({ number }) => number === contract.currentReleaseNumber);
    const names = inForce && productOf(JSON.parse(inForce.canonicalJson) as ReleaseDocument);
    return Promise.all(
      dialsOf(obligations, dayOf(this.clock.now()), names).map(async (dial) => ({
        community: await this.communities.load(context, dial.communityId),
        state: dial.state,
        open: { amountMinor: dial.openMinor, currency: dial.currency },
        nextDue: dial.nextDue && instalmentView(dial.nextDue, dial.currency),
        endedOn: dial.endedOn,
        sentence: dial.sentence,
      })),
    );
  }

  @ResolveField(() => Boolean, { description: 'You are a member of a supporter to which something is owed.' })
  async viewerHasScrutiny(
    @Parent() contract: ContractModel,
    @Request() context: RequestContext,
  ): Promise<boolean> {
    if (!context.viewer) return false;
    const found = await this.obligationsOf.load(context, contract.id);
    return hasScrutiny(
      found.map(({ obligation }) => obligation),
      context.viewer.roles.keys(),
    );
  }

  @Query(() => ContractEntryConnection, {
    description:
      'The ledger entries of a contract, newest first: for supporters while something is owed to them, and for treasurers and coordinators of the fablab.',
  })
  @Policy('signedIn')
  async contractEntries(
    @Args() args: ContractEntriesArgs,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<Page<ContractEntryModel>> {
    const keyset = keysetOf(args, 2);
    const { contractRef, figure = null, supporter = null } = args;
    const rows = await this.service.entries(
      requireViewer(viewer),
      contractRef,
      { figure, supporter },
      keyset,
    );
    return pageOf(rows, keyset, ({ id }) => id.split('/'));
  }

  @Query(() => LedgerTransferModel, {
    description: 'One transfer of a contract with both its sides, for those who may read its entries.',
  })
  @Policy('signedIn')
  contractTransfer(
    @Args('contractRef', { type: () => String }) contractRef: string,
    @Args('id', { type: () => ID }) given: string,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<LedgerTransferModel> {
    const id = checkInput((check) => check.id<'transfer'>('id', given, 'the transfer'));
    return this.service.transfer(requireViewer(viewer), contractRef, id);
  }
}
