import { Module, type DynamicModule } from '@nestjs/common';
import { PlatformModule, type PlatformSettings } from '#platform';
import { contextModules } from './contexts.js';
import { entities } from './database/entities.js';
import { ApiGraphqlModule } from './graphql/graphql.module.js';
import { HealthModule } from './health/health.module.js';
import { WebModule } from './web/web.module.js';

/** The composition root of the API: every context with its resolvers, and the public registry over plain HTTP. */
@Module({})
export class ApiModule {
  static forRoot(settings: Omit<PlatformSettings, 'processName' | 'entities'>): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PlatformModule.forRoot({ ...settings, processName: 'api', entities }),
        ApiGraphqlModule.forRoot(),
        HealthModule,
        WebModule,
        ...contextModules,
      ],
    };
  }
}
