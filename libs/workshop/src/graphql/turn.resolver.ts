import {
  Args,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { CommunityDirectory, PersonLoader, PersonModel } from '#identity';
import { DomainError } from '#kernel';
import { CurrentViewer, Policy, Request, type RequestContext, type Viewer } from '#platform';
import { othersBeforeAtMost } from '../domain/fairness.js';
import { reasonOf } from '../domain/reason.js';
import { OrderService } from '../order.service.js';
import { TurnReader } from '../turn.reader.js';
import { WorkshopReader } from '../workshop.reader.js';
import { TurnLoader } from './job.loader.js';
import { jobModel } from './job.mapper.js';
import { JobModel } from './job.model.js';
import { JobPinModel, JobTurnModel, WorkshopRulesModel } from './turn.model.js';
import { FABLAB_MEMBER } from './workshop.policy.js';

const KEY = 'A new one for each new action; the same one when an action is sent again.';

@InputType()
export class PinJobInput {
  @Field(() => String, { description: KEY })
  idempotencyKey: string;

  @Field(() => ID)
  jobId: string;

  @Field(() => String, { description: 'Everybody sees it.' })
  reason: string;
}

@InputType()
export class UnpinJobInput {
  @Field(() => String, { description: KEY })
  idempotencyKey: string;

  @Field(() => ID)
  jobId: string;
}

@InputType()
export class SetFreeBoundInput {
  @Field(() => ID)
  fablabId: string;

  @Field(() => Int, { description: '0 to 50.' })
  freeBound: number;
}

/** Why a job is where it is. */
@Resolver(() => JobModel)
export class JobTurnResolver {
  constructor(private readonly turns: TurnLoader) {}

  @ResolveField(() => String, {
    description:
      'One sentence: why it is where it is. `turn` has its parts, for other words and other calendars.',
  })
  @Policy(FABLAB_MEMBER)
  async reason(@Parent() job: JobModel, @Request() context: RequestContext): Promise<string> {
    return reasonOf({ ...job.view, place: await this.turns.load(context, job.id) });
  }

  @ResolveField(() => JobTurnModel)
  @Policy(FABLAB_MEMBER)
  async turn(@Parent() { view }: JobModel, @Request() context: RequestContext): Promise<JobTurnModel> {
    const place = await this.turns.load(context, view.id);
    const { dueOn, contractRef, tier, priority, plannedStart, waitsFor, fablabId } = view;
    const { pinnedAt, pinnedBy: personId, pinReason: reason } = view;
    const isPinned = pinnedAt !== null && personId !== null && reason !== null;
    return {
      ...{ dueOn, contractRef, tier, priority, plannedStart, waitsFor, fablabId },
      pin: isPinned ? { reason, pinnedAt, personId, fablabId } : null,
      rank: place?.rank ?? null,
      turn: place?.turn ?? null,
      othersBeforeAtMost:
        place === null || place.turn === null ? null : othersBeforeAtMost(place, place.turn, place.freeBound),
    };
  }
}

@Resolver(() => JobPinModel)
export class JobPinResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => PersonModel)
  coordinator(@Parent() pin: JobPinModel, @Request() context: RequestContext): Promise<PersonModel> {
    return this.people.load(context, pin.personId);
  }
}

/** What coordinators may change about the order, and what everybody may know about it. */
@Resolver()
export class OrderActionsResolver {
  constructor(
    private readonly order: OrderService,
    private readonly workshop: WorkshopReader,
    private readonly turns: TurnReader,
    private readonly communities: CommunityDirectory,
  ) {}

  @Query(() => WorkshopRulesModel, { description: 'Published: nobody needs to sign in.' })
  @Policy('public')
  async workshopRules(
    @Args('fablabSlug', { type: () => String }) fablabSlug: string,
  ): Promise<WorkshopRulesModel> {
    const fablab = await this.communities.bySlug(fablabSlug);
    if (!fablab) throw DomainError.notFound('community', fablabSlug);
    return { fablabId: fablab.id, freeBound: await this.turns.freeBoundOf(fablab.id) };
  }

  @Mutation(() => WorkshopRulesModel, { description: 'For coordinators.' })
  @Policy('signedIn')
  setFreeBound(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: SetFreeBoundInput,
  ): Promise<WorkshopRulesModel> {
    return this.order.setFreeBound(viewer, input);
  }

  @Mutation(() => JobModel, { description: 'Puts a job first in its lane. For coordinators.' })
  @Policy('signedIn')
  async pinJob(@CurrentViewer() viewer: Viewer | null, @Args('input') input: PinJobInput): Promise<JobModel> {
    const id = await this.order.pin(viewer, input);
    return jobModel(await this.workshop.jobAfter(viewer, id), viewer?.personId ?? null);
  }

  @Mutation(() => JobModel, { description: 'For coordinators.' })
  @Policy('signedIn')
  async unpinJob(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: UnpinJobInput,
  ): Promise<JobModel> {
    const id = await this.order.unpin(viewer, input);
    return jobModel(await this.workshop.jobAfter(viewer, id), viewer?.personId ?? null);
  }
}
