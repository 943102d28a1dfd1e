import { Module } from '@nestjs/common';
import { CatalogueModule } from '#catalogue';
import { IdentityModule } from '#identity';
import { LedgerModule } from '#ledger';
import { AcceptanceService } from './acceptance.service.js';
import { AmendmentDecisionService } from './amendment-decision.service.js';
import { AmendmentPreviewService } from './amendment-preview.service.js';
import { AmendmentService } from './amendment.service.js';
import { ContractViews } from './contract-views.js';
import { ContractingModule } from './contracting.module.js';
import { DraftService } from './draft.service.js';
import {
  AcceptanceResolver,
  ContractPartsResolver,
  DeliverableResolver,
} from './graphql/contract-parts.resolver.js';
import { AmendmentResolver, ReleaseResolver } from './graphql/amendment.resolver.js';
import { ContractResolver } from './graphql/contract.resolver.js';
import {
  AcceptancesOfContractLoader,
  AllAcceptancesLoader,
  PaymentsOfPledgeLoader,
  PledgesOfContractLoader,
  ReleasesOfContractLoader,
} from './graphql/contracting.loader.js';
import { PledgeResolver } from './graphql/pledge.resolver.js';
import { importProviders } from './imports/import.providers.js';
import { deliveryProviders } from './deliveries/delivery.providers.js';
import { needProviders } from './needs/need.providers.js';
import { obligationProviders } from './obligation.providers.js';
import { OpeningService } from './opening.service.js';
import { AmendmentRepository } from './persistence/amendment.repository.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { PledgeRepository } from './persistence/pledge.repository.js';
import { PledgeAccounts } from './pledge-accounts.js';
import { PledgeBooks } from './pledge-books.js';
import { PledgeSettlement } from './pledge-settlement.js';
import { PaymentService } from './payment.service.js';
import { PledgeService } from './pledge.service.js';
import { questionProviders } from './questions/question.providers.js';
import { ReleaseAnnouncer } from './release-announcer.js';
import { ReleaseComposer } from './release-composer.js';
import { StatementController } from './statements/statement.controller.js';
import { statementProviders } from './statements/statement.providers.js';
import { templateProviders } from './templates/template.providers.js';
import { SheetController } from './sheet/sheet.controller.js';
import { sheetProviders } from './sheet/sheet.providers.js';
import { terminationProviders } from './terminations/termination.providers.js';
import { TermsChecker } from './terms-checker.js';

const rows = [AmendmentRepository, ContractRepository, PledgeRepository];
const services = [
  ReleaseAnnouncer,
  ReleaseComposer,
  TermsChecker,
  DraftService,
  OpeningService,
  AcceptanceService,
  AmendmentService,
  AmendmentDecisionService,
  AmendmentPreviewService,
  PledgeService,
  PaymentService,
  PledgeSettlement,
  PledgeBooks,
  PledgeAccounts,
];
const loaders = [
  ReleasesOfContractLoader,
  AcceptancesOfContractLoader,
  AllAcceptancesLoader,
  PledgesOfContractLoader,
  PaymentsOfPledgeLoader,
];
const resolvers = [
  ContractResolver,
  ContractPartsResolver,
  DeliverableResolver,
  AcceptanceResolver,
  AmendmentResolver,
  ReleaseResolver,
  PledgeResolver,
];

/** What people do with contracts, and the GraphQL surface. */
@Module({
  imports: [ContractingModule, IdentityModule, CatalogueModule, LedgerModule],
  providers: [
    ...rows,
    ...services,
    ...loaders,
    ContractViews,
    ...resolvers,
    ...needProviders,
    ...questionProviders,
    ...templateProviders,
    ...terminationProviders,
    ...obligationProviders,
    ...deliveryProviders,
    ...sheetProviders,
    ...statementProviders,
    ...importProviders,
  ],
  controllers: [SheetController, StatementController],
})
export class ContractingApiModule {}
