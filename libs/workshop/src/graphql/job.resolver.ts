import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PersonLoader, PersonModel } from '#identity';
import { CurrentViewer, Policy, Request, type RequestContext, type Viewer } from '#platform';
import { WorkshopReader } from '../workshop.reader.js';
import { JobsOfWorkOrderLoader, NotesLoader, WorkOrderLoader } from './job.loader.js';
import { jobModel, workOrderModel } from './job.mapper.js';
import { ClaimModel, JobModel, JobNoteModel, WorkOrderModel } from './job.model.js';
import { SectionLoader, WorkCentreLoader } from './place.loader.js';
import { SectionModel, WorkCentreModel } from './place.model.js';

@Resolver(() => JobModel)
export class JobResolver {
  constructor(
    private readonly workshop: WorkshopReader,
    private readonly workCentres: WorkCentreLoader,
    private readonly sections: SectionLoader,
    private readonly orders: WorkOrderLoader,
    private readonly notesOf: NotesLoader,
  ) {}

  @Query(() => JobModel, { nullable: true, description: 'For members of the fablab.' })
  @Policy('signedIn')
  async job(
    @CurrentViewer() viewer: Viewer | null,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<JobModel | null> {
    const job = await this.workshop.job(viewer, id);
    return job && jobModel(job, viewer?.personId ?? null);
  }

  @Query(() => [JobModel], { description: 'Those that the viewer holds.' })
  @Policy('signedIn')
  async myJobs(@CurrentViewer() viewer: Viewer | null): Promise<JobModel[]> {
    const jobs = await this.workshop.myJobs(viewer);
    return jobs.map((job) => jobModel(job, viewer?.personId ?? null));
  }

  @ResolveField(() => WorkCentreModel)
  workCentre(@Parent() job: JobModel, @Request() context: RequestContext): Promise<WorkCentreModel> {
    return this.workCentres.load(context, job.workCentreId);
  }

  @ResolveField(() => SectionModel)
  section(@Parent() job: JobModel, @Request() context: RequestContext): Promise<SectionModel> {
    return this.sections.load(context, job.sectionId);
  }

  @ResolveField(() => WorkOrderModel)
  async workOrder(@Parent() job: JobModel, @Request() context: RequestContext): Promise<WorkOrderModel> {
    return workOrderModel(await this.orders.load(context, job.workOrderId));
  }

  @ResolveField(() => [JobNoteModel])
  async notes(@Parent() job: JobModel, @Request() context: RequestContext): Promise<JobNoteModel[]> {
    const notes = await this.notesOf.load(context, job.id);
    return notes.map((note) => ({ ...note, fablabId: job.fablabId }));
  }
}

@Resolver(() => WorkOrderModel)
export class WorkOrderResolver {
  constructor(
    private readonly workshop: WorkshopReader,
    private readonly jobsOf: JobsOfWorkOrderLoader,
  ) {}

  @Query(() => [WorkOrderModel], { description: 'Those of fablabs that the viewer is a member of.' })
  @Policy('signedIn')
  async workOrders(
    @CurrentViewer() viewer: Viewer | null,
    @Args('contractRef', { type: () => String }) contractRef: string,
  ): Promise<WorkOrderModel[]> {
    return (await this.workshop.workOrders(viewer, contractRef)).map(workOrderModel);
  }

  @ResolveField(() => [JobModel])
  async jobs(@Parent() order: WorkOrderModel, @Request() context: RequestContext): Promise<JobModel[]> {
    const jobs = await this.jobsOf.load(context, order.id);
    return jobs.map((job) => jobModel(job, context.viewer?.personId ?? null));
  }
}

@Resolver(() => ClaimModel)
export class ClaimResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => PersonModel)
  maker(@Parent() claim: ClaimModel, @Request() context: RequestContext): Promise<PersonModel> {
    return this.people.load(context, claim.makerId);
  }
}

@Resolver(() => JobNoteModel)
export class JobNoteResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => String)
  async authorName(@Parent() note: JobNoteModel, @Request() context: RequestContext): Promise<string> {
    return (await this.people.load(context, note.authorId)).displayName;
  }
}
