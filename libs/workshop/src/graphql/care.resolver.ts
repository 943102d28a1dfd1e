import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentViewer, Policy, Request, type RequestContext, type Viewer } from '#platform';
import { CareReader } from '../care.reader.js';
import { HouseWorkService } from '../house-work.service.js';
import { WorkshopReader } from '../workshop.reader.js';
import { CarePlanModel, CreateCarePlanInput, CreateHouseJobInput, EndCarePlanInput } from './care.model.js';
import { jobModel } from './job.mapper.js';
import { JobModel } from './job.model.js';
import { WorkCentreLoader } from './place.loader.js';
import { WorkCentreModel } from './place.model.js';

@Resolver(() => CarePlanModel)
export class CareResolver {
  constructor(
    private readonly workshop: WorkshopReader,
    private readonly reader: CareReader,
    private readonly service: HouseWorkService,
    private readonly workCentres: WorkCentreLoader,
  ) {}

  @Query(() => [CarePlanModel], { description: 'The next one first. For members of the fablab.' })
  @Policy('signedIn')
  carePlans(
    @CurrentViewer() viewer: Viewer | null,
    @Args('fablabId', { type: () => ID }) fablabId: string,
  ): Promise<CarePlanModel[]> {
    return this.reader.plansOf(this.workshop.memberOf(viewer, fablabId));
  }

  @ResolveField(() => WorkCentreModel)
  workCentre(@Parent() plan: CarePlanModel, @Request() context: RequestContext): Promise<WorkCentreModel> {
    return this.workCentres.load(context, plan.workCentreId);
  }

  @Mutation(() => JobModel, { description: 'It is ready at once. For coordinators of the fablab.' })
  @Policy('signedIn')
  async createHouseJob(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: CreateHouseJobInput,
  ): Promise<JobModel> {
    const job = await this.workshop.jobAfter(viewer, await this.service.create(viewer, input));
    return jobModel(job, viewer?.personId ?? null);
  }

  @Mutation(() => [CarePlanModel], { description: 'Returns all plans. For coordinators of the fablab.' })
  @Policy('signedIn')
  async createCarePlan(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: CreateCarePlanInput,
  ): Promise<CarePlanModel[]> {
    return this.reader.plansOf(await this.service.plan(viewer, input));
  }

  @Mutation(() => [CarePlanModel], { description: 'Returns the plans that remain. For coordinators.' })
  @Policy('signedIn')
  async endCarePlan(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: EndCarePlanInput,
  ): Promise<CarePlanModel[]> {
    return this.reader.plansOf(await this.service.endPlan(viewer, input));
  }
}
