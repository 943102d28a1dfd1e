import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import { mailHealth } from '#identity';
import { CLOCK, Database, QueueFactory, outboxAgeSeconds } from '#platform';

const OUTBOX_AGE_SECONDS_AMBER = 30;
const FAILED_MAIL_HOURS = 24;
const CHECK_MILLISECONDS_MAX = 2000;

export type Light = 'green' | 'amber' | 'red';

export interface HealthPart {
  readonly status: Light;
  readonly detail?: string;
}

export interface Health {
  readonly status: Light;
  readonly parts: Readonly<Record<string, HealthPart>>;
}

/** Looks at each part this process needs. PostgreSQL is all it cannot do without. */
@Injectable()
export class HealthService {
  constructor(
    private readonly database: Database,
    private readonly queues: QueueFactory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async check(): Promise<Health> {
    const parts: Record<string, HealthPart> = {
      postgresql: await bounded(this.postgresql()),
      outbox: await bounded(this.outbox()),
      queues: await bounded(this.queued(), 'amber'),
      mail: await bounded(this.mail(), 'amber'),
    };
    const lights = Object.values(parts).map((part) => part.status);
    const status = lights.includes('red') ? 'red' : lights.includes('amber') ? 'amber' : 'green';
    return { status, parts };
  }

  private async postgresql(): Promise<HealthPart> {
    await this.database.query('SELECT 1');
    return { status: 'green' };
  }

  /** Amber at most: without Redis makers pull from PostgreSQL. */
  private async queued(): Promise<HealthPart> {
    const { up, detail } = await this.queues.health();
    return { status: up ? 'green' : 'amber', ...(detail !== null && { detail }) };
  }

  /** Amber at most: nothing waits for a mail, and everything that it says stands in the app. */
  private async mail(): Promise<HealthPart> {
    const since = new Date(this.clock.now().getTime() - FAILED_MAIL_HOURS * 3_600_000);
    const { delayed, failedLately } = await mailHealth(this.database, since);
    if (delayed + failedLately === 0) return { status: 'green' };
    return {
      status: 'amber',
      detail: `Mails: ${delayed} not taken yet and tried again, ${failedLately} given up in ${FAILED_MAIL_HOURS} hours; the worker’s log and identity.mail say why.`,
    };
  }

  private async outbox(): Promise<HealthPart> {
    const age = await outboxAgeSeconds(this.database);
    if (age < OUTBOX_AGE_SECONDS_AMBER) return { status: 'green' };
    return {
      status: 'amber',
      detail: `The oldest event waits for ${Math.round(age)} s; is the worker running?`,
    };
  }
}

/** @param worst the light of a part that does not answer */
async function bounded(check: Promise<HealthPart>, worst: Light = 'red'): Promise<HealthPart> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<HealthPart>((resolve) => {
    timer = setTimeout(() => resolve({ status: worst, detail: 'no answer in time' }), CHECK_MILLISECONDS_MAX);
  });
  try {
    return await Promise.race([check, late]);
  } catch {
    return { status: worst, detail: 'cannot be reached' };
  } finally {
    clearTimeout(timer);
  }
}
