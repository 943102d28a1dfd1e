import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { secureRandom, systemClock, type Clock, type Random } from '#kernel';
import { CLOCK, RANDOM } from './config/clock.tokens.js';
import { CONFIG, type Config } from './config/config.js';
import { IdSource } from './config/id-source.js';
import { DATA_SOURCE, createDataSource, type EntityClass } from './database/data-source.js';
import { Database } from './database/database.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { Idempotency } from './idempotency/idempotency.js';
import { LOGGER, createLogger, type Logger } from './logging/logger.js';
import { ChangeFeed } from './outbox/change-feed.js';
import { OutboxWaker } from './outbox/outbox-waker.js';
import { QueueFactory } from './queues/queue-factory.js';

export interface PlatformSettings {
  readonly config: Config;
  /** `api` or `worker`: how this process calls itself in the log and to the database. */
  readonly processName: string;
  readonly entities: readonly EntityClass[];
  readonly clock?: Clock;
  readonly random?: Random;
  readonly logger?: Logger;
}

/** The plumbing that every context finds by injection. Global: contexts import no infrastructure module. */
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  static forRoot(settings: PlatformSettings): DynamicModule {
    const { config, processName } = settings;
    const services = [IdSource, Database, UnitOfWork, Idempotency, OutboxWaker, ChangeFeed, QueueFactory];
    const values = [
      { provide: CONFIG, useValue: config },
      { provide: CLOCK, useValue: settings.clock ?? systemClock },
      { provide: RANDOM, useValue: settings.random ?? secureRandom },
      { provide: LOGGER, useValue: settings.logger ?? createLogger(config, processName) },
      {
        provide: DATA_SOURCE,
        useFactory: () =>
          createDataSource({
            url: config.databaseUrl,
            connectionsMax: config.databaseConnectionsMax,
            applicationName: `commonwright ${processName}`,
            entities: settings.entities,
          }).initialize(),
      },
    ];
    return {
      module: PlatformModule,
      global: true,
      providers: [...values, ...services],
      exports: [...values, ...services],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
