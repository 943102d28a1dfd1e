import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CommunityLoader, CommunityModel } from '#identity';
import { Request, hasRole, type RequestContext } from '#platform';
import { ContractModel } from '../../graphql/contract.model.js';
import { viewerCanWithNeed } from '../need.policy.js';
import { AnswersOfNeedLoader, ContractsOfNeedLoader, NeedOfContractLoader } from './need.loader.js';
import { NeedAnswerModel, NeedContractModel, NeedModel } from './need.model.js';
import { needView } from './need.view.js';

/** What the board and the page of a need show beside its words. */
@Resolver(() => NeedModel)
export class NeedPartsResolver {
  constructor(
    private readonly communities: CommunityLoader,
    private readonly answersOf: AnswersOfNeedLoader,
    private readonly contractsOf: ContractsOfNeedLoader,
  ) {}

  @ResolveField(() => CommunityModel)
  community(@Parent() need: NeedModel, @Request() context: RequestContext): Promise<CommunityModel> {
    return this.communities.load(context, need.communityId);
  }

  @ResolveField(() => [NeedAnswerModel], {
    description: 'The newest first; replaced ones are kept and marked.',
  })
  answers(@Parent() need: NeedModel, @Request() context: RequestContext): Promise<NeedAnswerModel[]> {
    return this.answersOf.load(context, need.id);
  }

  @ResolveField(() => [NeedContractModel], {
    description: 'Published ones, and drafts of your own communities.',
  })
  contracts(@Parent() need: NeedModel, @Request() context: RequestContext): Promise<NeedContractModel[]> {
    return this.contractsOf.load(context, need.id);
  }

  @ResolveField(() => [String], { description: 'Names of the mutations that you could call on it now.' })
  async viewerCan(@Parent() need: NeedModel, @Request() context: RequestContext): Promise<string[]> {
    const { viewer } = context;
    const coordinated = [...(viewer?.roles.keys() ?? [])].filter((id) => hasRole(viewer, id, 'coordinator'));
    const own = await Promise.all(coordinated.map((id) => this.communities.load(context, id)));
    const fablabs = new Set(own.filter(({ manufactures }) => manufactures).map(({ id }) => id));
    return viewerCanWithNeed(viewer, { ...need, answers: need.currentAnswers }, fablabs);
  }
}

@Resolver(() => NeedAnswerModel)
export class NeedAnswerResolver {
  constructor(private readonly communities: CommunityLoader) {}

  @ResolveField(() => CommunityModel)
  fablab(@Parent() answer: NeedAnswerModel, @Request() context: RequestContext): Promise<CommunityModel> {
    return this.communities.load(context, answer.fablabId);
  }
}

@Resolver(() => ContractModel)
export class NeedOfContractResolver {
  constructor(private readonly needOf: NeedOfContractLoader) {}

  @ResolveField(() => NeedModel, { nullable: true, description: 'The need from which it started.' })
  async need(
    @Parent() contract: ContractModel,
    @Request() context: RequestContext,
  ): Promise<NeedModel | null> {
    const row = await this.needOf.load(context, contract.id);
    return row && needView(row);
  }
}
