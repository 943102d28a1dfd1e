import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '#platform';
import { jobName, takeStep } from '../domain/job.js';
import { JOB_COLUMNS, JobRepository, type JobRow } from '../persistence/job.repository.js';

const BATCH_JOBS = 50;

/**
 * Returns jobs whose lease has ended to their queue, with notes, time and counts. It needs PostgreSQL alone. Time
 * is counted up to the holder's last sign of life: what happened after it nobody knows.
 */
@Injectable()
export class LeaseSweeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: JobRepository,
  ) {}

  /** @returns how many jobs went back */
  async run(): Promise<number> {
    let returned = 0;
    for (;;) {
      const batch = await this.unitOfWork.run((tx) => this.sweep(tx));
      returned += batch;
      if (batch < BATCH_JOBS) return returned;
    }
  }

  private async sweep(tx: Tx): Promise<number> {
    const ended = await tx.query<JobRow>(
      `SELECT ${JOB_COLUMNS} FROM workshop.job WHERE lease_ends_at < $1
       ORDER BY id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED`,
      [tx.now, BATCH_JOBS],
    );
    for (const job of ended) {
      const step = takeStep(jobName(job.number), job, { kind: 'return' }, job.seenAt ?? tx.now);
      await this.jobs.move(tx, job, step, { hold: null, cause: 'lease-ended', actorId: null });
    }
    return ended.length;
  }
}
