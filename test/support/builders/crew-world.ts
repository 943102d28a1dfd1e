import type { Id } from '#kernel';
import { Database, QueueFactory } from '#platform';
import { LeaseSweeper, TicketReconciler, laneQueueName, ticketId } from '#workshop';
import { startTestApp, type TestApp } from '../test-app.js';
import {
  buildFablab,
  buildMember,
  buildPerson,
  type BuiltCommunity,
  type BuiltPerson,
} from './identity.builder.js';
import {
  buildReadyJobs,
  buildSection,
  buildWorkCentre,
  type BuiltSection,
  type BuiltWorkCentre,
  type TakenJob,
} from './workshop.builder.js';

export const MAKERS = 20;

export interface JobRow {
  readonly id: Id<'job'>;
  readonly name: string;
  readonly state: string;
  readonly epoch: number;
  readonly fence: number;
  readonly laneId: Id<'lane'>;
  readonly claimedBy: string | null;
}

/** A fablab with a crew, on a queue of its own. */
export class CrewWorld {
  app: TestApp;
  mira: BuiltPerson;
  fablab: BuiltCommunity;
  makers: BuiltPerson[];

  constructor(private readonly crew = MAKERS) {}

  async open(environment: Record<string, string>): Promise<void> {
    this.app = await startTestApp({ environment });
    this.mira = await buildPerson(this.app, 'Mira');
    this.fablab = await buildFablab(this.mira, 'Oakmoor');
    this.makers = [];
    for (let index = 0; index < this.crew; index += 1) {
      this.makers.push(await buildMember(this.app, this.mira, this.fablab, ['maker'], `Maker ${index}`));
    }
  }

  /** A section with one bench that asks for nothing. */
  async bench(name: string): Promise<{ section: BuiltSection; centre: BuiltWorkCentre }> {
    const section = await buildSection(this.mira, this.fablab, name);
    return { section, centre: await buildWorkCentre(this.mira, section, 'Bench') };
  }

  async ready(name: string, count: number): Promise<BuiltSection> {
    const { section, centre } = await this.bench(name);
    await buildReadyJobs(this.app, this.mira, this.fablab, centre, count);
    return section;
  }

  jobs(section: BuiltSection): Promise<JobRow[]> {
    return this.app.app.get(Database).query<JobRow>(
      `SELECT id, name, state, epoch, fence, lane_id AS "laneId", claimed_by AS "claimedBy"
       FROM workshop.job WHERE section_id = $1 ORDER BY number`,
      [section.id],
    );
  }

  /** The BullMQ entry of a job under its present epoch, looked up as any BullMQ client would. */
  async hasTicket(job: JobRow): Promise<boolean> {
    const queue = this.app.app.get(QueueFactory).queue(laneQueueName(job.laneId));
    return (await queue.getJob(ticketId({ jobId: job.id, epoch: job.epoch }))) !== undefined;
  }

  async tickets(section: BuiltSection): Promise<boolean[]> {
    return Promise.all((await this.jobs(section)).map((job) => this.hasTicket(job)));
  }

  maker(index: number): BuiltPerson {
    const maker = this.makers[index];
    if (!maker) throw new Error(`There are ${this.makers.length} makers.`);
    return maker;
  }

  reconcile(): Promise<unknown> {
    return this.worker(TicketReconciler).run();
  }

  sweep(): Promise<unknown> {
    return this.worker(LeaseSweeper).run();
  }

  private worker<Service>(service: abstract new (...args: never[]) => Service): Service {
    if (!this.app.worker) throw new Error('This world has no worker.');
    return this.app.worker.get<Service>(service);
  }
}

/** The job that was taken; a failure that says why when there was none. */
export function taken(answer: { job: TakenJob | null; reason: string }): TakenJob {
  if (!answer.job) throw new Error(`No job was taken: ${answer.reason}`);
  return answer.job;
}
