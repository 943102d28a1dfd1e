import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PersonLoader, PersonModel } from '#identity';
import { formatMilli, type Id } from '#kernel';
import { CurrentViewer, Policy, Request, hasRole, type RequestContext, type Viewer } from '#platform';
import { BatchService } from '../batch.service.js';
import { BlockService } from '../block.service.js';
import { MaterialService } from '../material.service.js';
import { WorkshopReader } from '../workshop.reader.js';
import {
  BlockJobInput,
  CancelJobInput,
  LiftBlockInput,
  LogMaterialInput,
  MergeJobsInput,
  SplitJobInput,
} from './job.input.js';
import { BlocksLoader, HistoryLoader, MaterialLoader } from './job.loader.js';
import { jobModel } from './job.mapper.js';
import { JobBlockModel, JobEventModel, JobMaterialModel } from './job-life.model.js';
import { JobModel } from './job.model.js';
import { FABLAB_MEMBER } from './workshop.policy.js';

/** What a job went through, and what is in its way. */
@Resolver(() => JobModel)
export class JobLifeResolver {
  constructor(
    private readonly blocksOf: BlocksLoader,
    private readonly historyOf: HistoryLoader,
    private readonly materialOf: MaterialLoader,
    private readonly workshop: WorkshopReader,
  ) {}

  @Query(() => JobModel, {
    nullable: true,
    description: 'By the number on its label, such as J-000123. For members of the fablab.',
  })
  @Policy('signedIn')
  async jobByNumber(
    @CurrentViewer() viewer: Viewer | null,
    @Args('fablabId', { type: () => ID }) fablabId: string,
    @Args('number', { type: () => String }) number: string,
  ): Promise<JobModel | null> {
    const job = await this.workshop.jobByNumber(viewer, fablabId, number);
    return job && jobModel(job, viewer?.personId ?? null);
  }

  @ResolveField(() => [JobBlockModel], { description: 'Open ones first.' })
  @Policy(FABLAB_MEMBER)
  async blocks(@Parent() job: JobModel, @Request() context: RequestContext): Promise<JobBlockModel[]> {
    const { viewer } = context;
    return (await this.blocksOf.load(context, job.id)).map((block) => ({
      ...block,
      fablabId: job.fablabId,
      viewerCanLift:
        block.liftedAt === null &&
        (block.lifterId === viewer?.personId || hasRole(viewer, job.fablabId, 'coordinator')),
    }));
  }

  @ResolveField(() => [JobEventModel], { description: 'From the beginning.' })
  @Policy(FABLAB_MEMBER)
  async history(@Parent() job: JobModel, @Request() context: RequestContext): Promise<JobEventModel[]> {
    const events = await this.historyOf.load(context, job.id);
    return events.map((event) => ({ ...event, id: event.id.toString(), fablabId: job.fablabId }));
  }

  @ResolveField(() => [JobMaterialModel])
  @Policy(FABLAB_MEMBER)
  async material(@Parent() job: JobModel, @Request() context: RequestContext): Promise<JobMaterialModel[]> {
    const rows = await this.materialOf.load(context, job.id);
    return rows.map((row) => ({ ...row, quantity: formatMilli(row.quantityMilli), fablabId: job.fablabId }));
  }
}

@Resolver(() => JobBlockModel)
export class JobBlockResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => PersonModel)
  raiser(@Parent() block: JobBlockModel, @Request() context: RequestContext): Promise<PersonModel> {
    return this.people.load(context, block.raisedBy);
  }

  @ResolveField(() => PersonModel, { description: 'Who can lift it, beside the coordinators.' })
  lifter(@Parent() block: JobBlockModel, @Request() context: RequestContext): Promise<PersonModel> {
    return this.people.load(context, block.lifterId);
  }
}

@Resolver(() => JobEventModel)
export class JobEventResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => PersonModel, { nullable: true, description: 'Null: it happened by itself.' })
  async actor(
    @Parent() event: JobEventModel,
    @Request() context: RequestContext,
  ): Promise<PersonModel | null> {
    return event.actorId && this.people.load(context, event.actorId);
  }
}

/** What is done to jobs beside the work itself. */
@Resolver()
export class JobLifeActionsResolver {
  constructor(
    private readonly batches: BatchService,
    private readonly blocks: BlockService,
    private readonly materials: MaterialService,
    private readonly workshop: WorkshopReader,
  ) {}

  @Mutation(() => JobModel, { description: 'Records material that was used or wasted.' })
  @Policy('signedIn')
  async logMaterial(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: LogMaterialInput,
  ): Promise<JobModel> {
    return this.after(viewer, await this.materials.log(viewer, input));
  }

  @Mutation(() => JobModel, { description: 'Says what is in the way of a job. For makers and coordinators.' })
  @Policy('signedIn')
  async blockJob(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: BlockJobInput,
  ): Promise<JobModel> {
    return this.after(viewer, await this.blocks.raise(viewer, input));
  }

  @Mutation(() => JobModel, { description: 'For the person named for it, and coordinators.' })
  @Policy('signedIn')
  async liftBlock(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: LiftBlockInput,
  ): Promise<JobModel> {
    return this.after(viewer, await this.blocks.lift(viewer, input));
  }

  @Mutation(() => JobModel, {
    description:
      'Puts units that nobody has begun into a new job, which is returned. For coordinators and its holder.',
  })
  @Policy('signedIn')
  async splitJob(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: SplitJobInput,
  ): Promise<JobModel> {
    return this.after(viewer, await this.batches.split(viewer, input));
  }

  @Mutation(() => JobModel, {
    description: 'Joins parts of one operation that nobody has begun. For coordinators.',
  })
  @Policy('signedIn')
  async mergeJobs(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: MergeJobsInput,
  ): Promise<JobModel> {
    return this.after(viewer, await this.batches.merge(viewer, input));
  }

  @Mutation(() => JobModel, { description: 'Ends a job that nobody holds. For coordinators.' })
  @Policy('signedIn')
  async cancelJob(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: CancelJobInput,
  ): Promise<JobModel> {
    return this.after(viewer, await this.batches.cancel(viewer, input));
  }

  private async after(viewer: Viewer | null, id: Id<'job'>): Promise<JobModel> {
    return jobModel(await this.workshop.jobAfter(viewer, id), viewer?.personId ?? null);
  }
}
