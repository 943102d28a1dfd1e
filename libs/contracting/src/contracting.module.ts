import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { ContractReader } from './persistence/contract.reader.js';
import { ObligationReader } from './persistence/obligation.reader.js';
import { PublicContracts } from './public-contracts.service.js';
import { TerminationReader } from './terminations/persistence/termination.reader.js';

/** What other contexts and every process read of contracts. */
@Module({
  imports: [IdentityModule],
  providers: [ContractReader, ObligationReader, TerminationReader, PublicContracts],
  exports: [ContractReader, ObligationReader, TerminationReader, PublicContracts],
})
export class ContractingModule {}
