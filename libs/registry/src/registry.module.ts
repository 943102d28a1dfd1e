import { Module } from '@nestjs/common';
import { ContractingModule } from '#contracting';
import { IdentityModule } from '#identity';
import { LedgerModule } from '#ledger';
import { WorkshopModule } from '#workshop';
import { HomeController } from './http/home.controller.js';
import { LedgerDaysController } from './http/ledger-days.controller.js';
import { LogController } from './http/log.controller.js';
import { RegistryController } from './http/registry.controller.js';
import { VerifyController } from './http/verify.controller.js';
import { WitnessController } from './http/witness.controller.js';
import { LogProofs } from './log/log-proofs.js';
import { LogModule } from './log/log.module.js';
import { WitnessService } from './log/witness.service.js';
import { ReleasePdfService } from './pdf/release-pdf.service.js';
import { RegistryReader } from './registry-reader.service.js';

/** The public pages and documents, over plain HTTP. For the API only. */
@Module({
  imports: [ContractingModule, WorkshopModule, IdentityModule, LedgerModule, LogModule],
  controllers: [
    HomeController,
    RegistryController,
    LogController,
    LedgerDaysController,
    VerifyController,
    WitnessController,
  ],
  providers: [RegistryReader, ReleasePdfService, LogProofs, WitnessService],
})
export class RegistryModule {}
