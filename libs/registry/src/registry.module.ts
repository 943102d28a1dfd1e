import { Module } from '@nestjs/common';
import { ContractingModule } from '#contracting';
import { WorkshopModule } from '#workshop';
import { HomeController } from './http/home.controller.js';
import { RegistryController } from './http/registry.controller.js';
import { ReleasePdfService } from './pdf/release-pdf.service.js';
import { RegistryReader } from './registry-reader.service.js';

/** The public pages and documents, over plain HTTP. For the API only. */
@Module({
  imports: [ContractingModule, WorkshopModule],
  controllers: [HomeController, RegistryController],
  providers: [RegistryReader, ReleasePdfService],
})
export class RegistryModule {}
