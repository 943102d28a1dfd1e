import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import {
  ChangeDelivery,
  Database,
  LOGGER,
  OutboxRelay,
  PlatformModule,
  UnitOfWork,
  type Delivery,
  type Logger,
  type PlatformSettings,
  type Reaction,
} from '#platform';
import { entities } from '../../api/src/database/entities.js';
import { contextModules, deliveryClasses, reactionClasses } from './reactions/index.js';

const REACTIONS = Symbol('REACTIONS');
const DELIVERIES = Symbol('DELIVERIES');

/** The composition root of the worker: everything that happens without a request. */
@Module({})
export class WorkerModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(OutboxRelay) private readonly relay: OutboxRelay) {}

  static forRoot(settings: Omit<PlatformSettings, 'processName' | 'entities'>): DynamicModule {
    return {
      module: WorkerModule,
      imports: [PlatformModule.forRoot({ ...settings, processName: 'worker', entities }), ...contextModules],
      providers: [
        ...reactionClasses,
        ...deliveryClasses,
        { provide: REACTIONS, useFactory: (...all: Reaction[]) => all, inject: [...reactionClasses] },
        { provide: DELIVERIES, useFactory: (...all: Delivery[]) => all, inject: [...deliveryClasses] },
        {
          provide: OutboxRelay,
          inject: [Database, UnitOfWork, LOGGER, REACTIONS, DELIVERIES],
          useFactory: (
            database: Database,
            unitOfWork: UnitOfWork,
            logger: Logger,
            reactions: Reaction[],
            deliveries: Delivery[],
          ) =>
            new OutboxRelay(database, unitOfWork, logger, reactions, [
              ...deliveries,
              new ChangeDelivery(database),
            ]),
        },
      ],
    };
  }

  onApplicationBootstrap(): void {
    this.relay.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay.stop();
  }
}
