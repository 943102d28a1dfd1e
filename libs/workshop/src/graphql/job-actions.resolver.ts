import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentViewer, Policy, type Viewer } from '#platform';
import { DispatchService } from '../dispatch.service.js';
import { JobService, type ClaimInput, type JobMutation } from '../job.service.js';
import { WorkshopReader } from '../workshop.reader.js';
import {
  CompleteJobInput,
  HandOverJobInput,
  LogJobInput,
  PauseJobInput,
  ResumeJobInput,
  ReturnJobInput,
  ScrapJobInput,
  StartJobInput,
  TakeNextJobInput,
} from './job.input.js';
import { jobModel } from './job.mapper.js';
import { JobModel, TakeNextJobPayload } from './job.model.js';

/** What makers do. */
@Resolver()
export class JobActionsResolver {
  constructor(
    private readonly dispatch: DispatchService,
    private readonly jobs: JobService,
    private readonly workshop: WorkshopReader,
  ) {}

  @Mutation(() => TakeNextJobPayload, {
    description: 'Takes the first job that the viewer is qualified for.',
  })
  @Policy('signedIn')
  async takeNextJob(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: TakeNextJobInput,
  ): Promise<TakeNextJobPayload> {
    const { jobId, reason } = await this.dispatch.takeNext(viewer, input);
    const job = jobId && (await this.workshop.jobAfter(viewer, jobId));
    return { job: job && jobModel(job, viewer?.personId ?? null), reason };
  }

  @Mutation(() => JobModel)
  @Policy('signedIn')
  startJob(@CurrentViewer() viewer: Viewer | null, @Args('input') input: StartJobInput): Promise<JobModel> {
    return this.act(viewer, 'start', input);
  }

  @Mutation(() => JobModel)
  @Policy('signedIn')
  pauseJob(@CurrentViewer() viewer: Viewer | null, @Args('input') input: PauseJobInput): Promise<JobModel> {
    return this.act(viewer, 'pause', input);
  }

  @Mutation(() => JobModel)
  @Policy('signedIn')
  resumeJob(@CurrentViewer() viewer: Viewer | null, @Args('input') input: ResumeJobInput): Promise<JobModel> {
    return this.act(viewer, 'resume', input);
  }

  @Mutation(() => JobModel, { description: 'Adds a note, sets the counts so far, or both.' })
  @Policy('signedIn')
  logJob(@CurrentViewer() viewer: Viewer | null, @Args('input') input: LogJobInput): Promise<JobModel> {
    return this.act(viewer, 'log', input);
  }

  @Mutation(() => JobModel)
  @Policy('signedIn')
  completeJob(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: CompleteJobInput,
  ): Promise<JobModel> {
    return this.act(viewer, 'complete', input);
  }

  @Mutation(() => JobModel, {
    description: 'Gives the job back to its queue, with its notes, time and counts.',
  })
  @Policy('signedIn')
  returnJob(@CurrentViewer() viewer: Viewer | null, @Args('input') input: ReturnJobInput): Promise<JobModel> {
    return this.act(viewer, 'return', input);
  }

  @Mutation(() => JobModel, {
    description: 'Gives the job to another maker, with its notes, time and counts.',
  })
  @Policy('signedIn')
  handOverJob(
    @CurrentViewer() viewer: Viewer | null,
    @Args('input') input: HandOverJobInput,
  ): Promise<JobModel> {
    return this.act(viewer, 'handOver', input);
  }

  @Mutation(() => JobModel, {
    description: 'Ends the job: what is not good is lost, and a new job makes it again.',
  })
  @Policy('signedIn')
  scrapJob(@CurrentViewer() viewer: Viewer | null, @Args('input') input: ScrapJobInput): Promise<JobModel> {
    return this.act(viewer, 'scrap', input);
  }

  private async act(viewer: Viewer | null, mutation: JobMutation, input: ClaimInput): Promise<JobModel> {
    const id = await this.jobs.act(viewer, mutation, input);
    return jobModel(await this.workshop.jobAfter(viewer, id), viewer?.personId ?? null);
  }
}
