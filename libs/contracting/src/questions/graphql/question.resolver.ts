import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DomainError, type Id } from '#kernel';
import { CommunityLoader, CommunityModel } from '#identity';
import { CONFIG, CurrentViewer, Policy, Request, requireViewer } from '#platform';
import type { Config, RequestContext, Viewer } from '#platform';
import type { QuestionDeed } from '../../domain/question.js';
import { ContractModel } from '../../graphql/contract.model.js';
import { QuestionService } from '../question.service.js';
import { ThreadViews } from '../thread-views.js';
import { AskQuestionInput, CallMediationInput, QuestionStepInput } from './question.input.js';
import { ThreadLoader } from './question.loader.js';
import { ContractQuestionModel, QuestionRightModel, QuestionStepModel } from './question.model.js';

@Resolver(() => ContractQuestionModel)
export class QuestionResolver {
  constructor(
    private readonly service: QuestionService,
    private readonly views: ThreadViews,
    private readonly communities: CommunityLoader,
  ) {}

  @ResolveField(() => CommunityModel)
  community(
    @Parent() question: ContractQuestionModel,
    @Request() context: RequestContext,
  ): Promise<CommunityModel> {
    return this.communities.load(context, question.communityId);
  }

  @ResolveField(() => [QuestionRightModel], { description: 'The steps that you could take now.' })
  viewerCan(
    @Parent() question: ContractQuestionModel,
    @Request() context: RequestContext,
  ): Promise<QuestionRightModel[]> {
    return Promise.all(
      question.rights.map(async ({ deed, communityId }) => ({
        deed,
        community: await this.communities.load(context, communityId),
      })),
    );
  }

  @Mutation(() => ContractQuestionModel, {
    description:
      'For members of the parties of a draft; once it is open, of communities that receive or support.',
  })
  @Policy('signedIn')
  async askQuestion(
    @Args('input') input: AskQuestionInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractQuestionModel> {
    const asker = requireViewer(viewer);
    return this.reload(this.service.ask(asker, input), asker);
  }

  @Mutation(() => ContractQuestionModel, { description: 'For coordinators of the side that was asked.' })
  @Policy('signedIn')
  async answerQuestion(
    @Args('input') input: QuestionStepInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractQuestionModel> {
    return this.step('answerQuestion', viewer, input);
  }

  @Mutation(() => ContractQuestionModel, {
    description: 'Begins a dispute. For coordinators of communities that receive or support.',
  })
  @Policy('signedIn')
  async objectToAnswer(
    @Args('input') input: QuestionStepInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractQuestionModel> {
    return this.step('objectToAnswer', viewer, input);
  }

  @Mutation(() => ContractQuestionModel, {
    description: 'Calls the mediator whom the contract names. For coordinators of both sides of the dispute.',
  })
  @Policy('signedIn')
  async callMediation(
    @Args('input') input: CallMediationInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractQuestionModel> {
    return this.step('callMediation', viewer, input);
  }

  @Mutation(() => ContractQuestionModel, {
    description: 'Ends a dispute with a note. For coordinators of the community that objected.',
  })
  @Policy('signedIn')
  async closeDispute(
    @Args('input') input: QuestionStepInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<ContractQuestionModel> {
    return this.step('closeDispute', viewer, input);
  }

  private step(
    deed: QuestionDeed,
    viewer: Viewer | null,
    input: CallMediationInput | QuestionStepInput,
  ): Promise<ContractQuestionModel> {
    const speaker = requireViewer(viewer);
    return this.reload(this.service.take(deed, speaker, input), speaker);
  }

  private async reload(step: Promise<Id<'question'>>, viewer: Viewer): Promise<ContractQuestionModel> {
    const id = await step;
    const question = await this.views.question(id, viewer);
    if (!question) throw DomainError.notFound('question', id);
    return question;
  }
}

@Resolver(() => QuestionStepModel)
export class QuestionStepResolver {
  constructor(private readonly communities: CommunityLoader) {}

  @ResolveField(() => CommunityModel)
  community(@Parent() step: QuestionStepModel, @Request() context: RequestContext): Promise<CommunityModel> {
    return this.communities.load(context, step.communityId);
  }
}

/** The thread as a part of the contract's page. */
@Resolver(() => ContractModel)
export class ThreadOfContractResolver {
  constructor(
    private readonly threads: ThreadLoader,
    private readonly communities: CommunityLoader,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @ResolveField(() => Int, {
    description: 'Days within which a question is to be answered, as the release in force promises.',
  })
  async answerDays(@Parent() contract: ContractModel, @Request() context: RequestContext): Promise<number> {
    return (await this.threads.load(context, contract.id)).answerDays ?? this.config.answerDays;
  }

  @ResolveField(() => [ContractQuestionModel], {
    description:
      'The newest first. What was asked in the negotiation is shown to members of the parties only.',
  })
  async questions(
    @Parent() contract: ContractModel,
    @Request() context: RequestContext,
  ): Promise<ContractQuestionModel[]> {
    return (await this.threads.load(context, contract.id)).questions;
  }

  @ResolveField(() => [CommunityModel], { description: 'The communities for which you can ask now.' })
  async viewerAsksFor(
    @Parent() contract: ContractModel,
    @Request() context: RequestContext,
  ): Promise<CommunityModel[]> {
    const { asksFor } = await this.threads.load(context, contract.id);
    return Promise.all(asksFor.map((id) => this.communities.load(context, id)));
  }
}
