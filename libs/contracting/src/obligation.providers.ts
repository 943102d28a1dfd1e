import { ContributionService } from './contribution.service.js';
import { ContributionResolver } from './graphql/contribution.resolver.js';
import { ObligationResolver } from './graphql/obligation.resolver.js';
import { ScrutinyResolver } from './graphql/scrutiny.resolver.js';
import { ObligationBooks } from './obligation-books.js';
import { ObligationDeeds } from './obligation-deeds.js';
import { ObligationSettlement } from './obligation-settlement.js';
import {
  ContributionRepository,
  ContributionsOfPledgeLoader,
} from './persistence/contribution.repository.js';
import { ObligationOfPledgeLoader, ObligationsOfContractLoader } from './persistence/obligation.reader.js';
import { ObligationRepository } from './persistence/obligation.repository.js';
import { ReliefService } from './relief.service.js';
import { RepaymentService } from './repayment.service.js';
import { ScrutinyService } from './scrutiny.service.js';

/** Obligations, what happens to them, and the scrutiny that comes from them. */
export const obligationProviders = [
  ObligationRepository,
  ObligationOfPledgeLoader,
  ObligationsOfContractLoader,
  ObligationBooks,
  ObligationSettlement,
  ObligationDeeds,
  RepaymentService,
  ReliefService,
  ContributionRepository,
  ContributionsOfPledgeLoader,
  ContributionService,
  ContributionResolver,
  ScrutinyService,
  ObligationResolver,
  ScrutinyResolver,
];
