import type { DynamicModule, Type } from '@nestjs/common';
import { CatalogueApiModule } from '#catalogue';
import { ContractingApiModule } from '#contracting';
import { FreemiumApiModule } from '#freemium';
import { IdentityApiModule } from '#identity';
import { LedgerApiModule } from '#ledger';
import { LogModule, RegistryModule } from '#registry';
import { WorkshopApiModule } from '#workshop';

/** What each context offers to the outside: its resolvers, its plain HTTP. The schema is built from this list. */
export const contextModules: (Type | DynamicModule)[] = [
  IdentityApiModule,
  CatalogueApiModule,
  LedgerApiModule,
  ContractingApiModule,
  WorkshopApiModule,
  FreemiumApiModule,
  LogModule,
  RegistryModule,
];
