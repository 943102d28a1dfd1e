import { Field, Int, ObjectType, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CommunityLoader, CommunityModel } from '#identity';
import type { Id } from '#kernel';
import { CurrentViewer, Policy, Request, requireViewer, type RequestContext, type Viewer } from '#platform';
import { StatementService, type StatementAccount } from './statement.service.js';

@ObjectType('StatementAccount', {
  description:
    'A supporter and a fablab between whom money moved. Files: /statements/<supporter>/<year>.pdf or .csv, with ?fablab=<slug>.',
})
@Policy('signedIn')
export class StatementAccountModel {
  supporterId: Id<'community'>;

  fablabId: Id<'community'>;

  @Field(() => [Int], { description: 'The latest first; the first is the year that runs.' })
  years: number[];
}

@Resolver(() => StatementAccountModel)
export class StatementResolver {
  constructor(
    private readonly service: StatementService,
    private readonly communities: CommunityLoader,
  ) {}

  @Query(() => [StatementAccountModel], {
    description:
      'The statements that you may read: of your communities, and of those that support your fablab.',
  })
  @Policy('signedIn')
  statementAccounts(@CurrentViewer() viewer: Viewer | null): Promise<StatementAccount[]> {
    return this.service.accountsFor(requireViewer(viewer));
  }

  @ResolveField(() => CommunityModel)
  supporter(
    @Parent() account: StatementAccountModel,
    @Request() context: RequestContext,
  ): Promise<CommunityModel> {
    return this.communities.load(context, account.supporterId);
  }

  @ResolveField(() => CommunityModel)
  fablab(
    @Parent() account: StatementAccountModel,
    @Request() context: RequestContext,
  ): Promise<CommunityModel> {
    return this.communities.load(context, account.fablabId);
  }
}
