import { Args, ID, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { CommunityLoader, CommunityModel, PersonLoader, PersonModel } from '#identity';
import { CurrentViewer, Policy, Request, type RequestContext, type Viewer } from '#platform';
import { JOB_STATES, type JobState } from '../domain/job.js';
import { SectionFeed } from '../section.feed.js';
import { WorkshopReader } from '../workshop.reader.js';
import { BoardLoader } from './job.loader.js';
import { jobModel } from './job.mapper.js';
import { JobModel, JobStateEnum } from './job.model.js';
import { SectionCountsLoader, WorkCentresOfSectionLoader } from './place.loader.js';
import { SectionCountsModel, SectionModel, WorkCentreModel } from './place.model.js';

/** What a board shows unless asked otherwise: work that is still to be done. */
const STATES_SHOWN: readonly JobState[] = ['waiting', 'ready', 'claimed', 'running', 'paused'];

@Resolver(() => SectionModel)
export class SectionResolver {
  constructor(
    private readonly workshop: WorkshopReader,
    private readonly feed: SectionFeed,
    private readonly communities: CommunityLoader,
    private readonly workCentresOf: WorkCentresOfSectionLoader,
    private readonly boards: BoardLoader,
    private readonly countsOf: SectionCountsLoader,
    private readonly people: PersonLoader,
  ) {}

  @Query(() => [SectionModel], { description: 'For members of the fablab.' })
  @Policy('signedIn')
  fablabSections(
    @CurrentViewer() viewer: Viewer | null,
    @Args('fablabSlug', { type: () => String }) fablabSlug: string,
  ): Promise<SectionModel[]> {
    return this.workshop.sections(viewer, fablabSlug);
  }

  @Query(() => SectionModel, { nullable: true, description: 'For members of the fablab.' })
  @Policy('signedIn')
  section(
    @CurrentViewer() viewer: Viewer | null,
    @Args('fablabSlug', { type: () => String }) fablabSlug: string,
    @Args('sectionSlug', { type: () => String }) sectionSlug: string,
  ): Promise<SectionModel | null> {
    return this.workshop.section(viewer, fablabSlug, sectionSlug);
  }

  @Query(() => SectionModel, {
    nullable: true,
    description: 'The one whose label says this code. For members of the fablab.',
  })
  @Policy('signedIn')
  sectionByCode(
    @CurrentViewer() viewer: Viewer | null,
    @Args('code', { type: () => String }) code: string,
  ): Promise<SectionModel | null> {
    return this.workshop.sectionByCode(viewer, code);
  }

  @Subscription(() => SectionModel, {
    description: 'Sends the section each time something on its board is different.',
    resolve: (section: SectionModel) => section,
  })
  @Policy('signedIn')
  sectionChanged(
    @CurrentViewer() viewer: Viewer | null,
    @Args('sectionId', { type: () => ID }) sectionId: string,
  ): Promise<AsyncGenerator<SectionModel>> {
    return this.feed.changesOf(viewer, sectionId);
  }

  @ResolveField(() => CommunityModel)
  fablab(@Parent() section: SectionModel, @Request() context: RequestContext): Promise<CommunityModel> {
    return this.communities.load(context, section.fablabId);
  }

  @ResolveField(() => PersonModel, { nullable: true, description: 'Who looks after it.' })
  async coordinator(
    @Parent() section: SectionModel,
    @Request() context: RequestContext,
  ): Promise<PersonModel | null> {
    return section.coordinatorId && this.people.load(context, section.coordinatorId);
  }

  @ResolveField(() => [WorkCentreModel], { description: 'Those in use.' })
  workCentres(
    @Parent() section: SectionModel,
    @Request() context: RequestContext,
  ): Promise<WorkCentreModel[]> {
    return this.workCentresOf.load(context, section.id);
  }

  @ResolveField(() => [JobModel], {
    description:
      'Work in hand first, then what may be taken, in its order. At most 300; the counts say the rest.',
  })
  async jobs(
    @Parent() section: SectionModel,
    @Request() context: RequestContext,
    @Args('states', { type: () => [JobStateEnum], nullable: true }) states: JobState[] | null,
  ): Promise<JobModel[]> {
    const wanted = states ? JOB_STATES.filter((state) => states.includes(state)) : STATES_SHOWN;
    const jobs = await this.boards.load(context, { sectionId: section.id, states: wanted });
    return jobs.map((job) => jobModel(job, context.viewer?.personId ?? null));
  }

  @ResolveField(() => SectionCountsModel)
  counts(@Parent() section: SectionModel, @Request() context: RequestContext): Promise<SectionCountsModel> {
    return this.countsOf.load(context, section.id);
  }
}
