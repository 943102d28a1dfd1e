import type { Provider } from '@nestjs/common';
import {
  ContractTerminationResolver,
  TerminationAnswerResolver,
  TerminationResolver,
} from './graphql/termination.resolver.js';
import { TerminationsOfContractLoader } from './persistence/termination.reader.js';
import { TerminationRepository } from './persistence/termination.repository.js';
import { TerminationDecisionService } from './termination-decision.service.js';
import { TerminationSettlement } from './termination-settlement.js';
import { TerminationService } from './termination.service.js';

/** Ending a contract before its time, as part of contracting's module. */
export const terminationProviders: Provider[] = [
  TerminationRepository,
  TerminationsOfContractLoader,
  TerminationService,
  TerminationDecisionService,
  TerminationSettlement,
  ContractTerminationResolver,
  TerminationResolver,
  TerminationAnswerResolver,
];
