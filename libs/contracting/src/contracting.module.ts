import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { ContractReader } from './persistence/contract.reader.js';
import { PublicContracts } from './public-contracts.service.js';

/** What other contexts and every process read of contracts. */
@Module({
  imports: [IdentityModule],
  providers: [ContractReader, PublicContracts],
  exports: [ContractReader, PublicContracts],
})
export class ContractingModule {}
