import { Injectable } from '@nestjs/common';
import { Database, QueueFactory, outboxAgeSeconds } from '#platform';

const OUTBOX_AGE_SECONDS_AMBER = 30;
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
  ) {}

  async check(): Promise<Health> {
    const parts: Record<string, HealthPart> = {
      postgresql: await bounded(this.postgresql()),
      outbox: await bounded(this.outbox()),
      queues: await bounded(this.queued(), 'amber'),
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
