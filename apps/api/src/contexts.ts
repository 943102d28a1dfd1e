import type { DynamicModule, Type } from '@nestjs/common';
import { IdentityApiModule } from '#identity';

/** What each context offers to the outside: its resolvers, its plain HTTP. The schema is built from this list. */
export const contextModules: (Type | DynamicModule)[] = [IdentityApiModule];
