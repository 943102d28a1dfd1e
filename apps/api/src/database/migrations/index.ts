import type { MigrationInterface } from 'typeorm';
import { Platform1763600000000 } from './1763600000000-platform.js';
import { Identity1763600001000 } from './1763600001000-identity.js';
import { Ledger1763600002000 } from './1763600002000-ledger.js';
import { WorkshopPlaces1763600003000 } from './1763600003000-workshop-places.js';
import { Catalogue1763600004000 } from './1763600004000-catalogue.js';
import { Contracting1763600005000 } from './1763600005000-contracting.js';
import { WorkshopJobs1763600006000 } from './1763600006000-workshop-jobs.js';
import { Obligations1763600011000 } from './1763600011000-obligations.js';
import { ContractLife1763600012000 } from './1763600012000-contract-life.js';
import { NeedsAndQuestions1763600013000 } from './1763600013000-needs-and-questions.js';
import { WorkshopMachines1763600014000 } from './1763600014000-workshop-machines.js';
import { Mail1763600015000 } from './1763600015000-mail.js';
import { KeptSums1763600016000 } from './1763600016000-kept-sums.js';
import { WorkshopPeople1763600017000 } from './1763600017000-workshop-people.js';
import { Terminations1763600018000 } from './1763600018000-terminations.js';
import { ContractImports1763600020000 } from './1763600020000-contract-imports.js';
import { CostSheets1763600040000 } from './1763600040000-cost-sheets.js';
import { Freemium1763600041000 } from './1763600041000-freemium.js';
import { Instruments1763600042000 } from './1763600042000-instruments.js';
import { PublicLog1763600043000 } from './1763600043000-public-log.js';
import { Contributions1763600043500 } from './1763600043500-contributions.js';
import { Deliveries1763600043700 } from './1763600043700-deliveries.js';
import { WorkshopTurns1763600044000 } from './1763600044000-workshop-turns.js';
import { WorkshopJobLife1763600045000 } from './1763600045000-workshop-job-life.js';
import { WorkshopCare1763600046000 } from './1763600046000-workshop-care.js';
import { SubAssemblies1763600047000 } from './1763600047000-sub-assemblies.js';
import { WorkshopStock1763600048000 } from './1763600048000-workshop-stock.js';

/** Every migration, in the order in which they run. */
export const migrations: readonly (new () => MigrationInterface)[] = [
  Platform1763600000000,
  Identity1763600001000,
  Ledger1763600002000,
  WorkshopPlaces1763600003000,
  Catalogue1763600004000,
  Contracting1763600005000,
  WorkshopJobs1763600006000,
  Obligations1763600011000,
  ContractLife1763600012000,
  NeedsAndQuestions1763600013000,
  WorkshopMachines1763600014000,
  Mail1763600015000,
  KeptSums1763600016000,
  WorkshopPeople1763600017000,
  Terminations1763600018000,
  ContractImports1763600020000,
  CostSheets1763600040000,
  Freemium1763600041000,
  Instruments1763600042000,
  PublicLog1763600043000,
  Contributions1763600043500,
  Deliveries1763600043700,
  WorkshopTurns1763600044000,
  WorkshopJobLife1763600045000,
  WorkshopCare1763600046000,
  SubAssemblies1763600047000,
  WorkshopStock1763600048000,
];
