import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { ContractProgressResolver } from './graphql/contract-progress.resolver.js';
import {
  JobBlockResolver,
  JobEventResolver,
  JobLifeActionsResolver,
  JobLifeResolver,
} from './graphql/job-life.resolver.js';
import { JobActionsResolver } from './graphql/job-actions.resolver.js';
import {
  BlocksLoader,
  BoardLoader,
  HistoryLoader,
  JobsOfWorkOrderLoader,
  MaterialLoader,
  NotesLoader,
  TurnLoader,
  WorkOrderLoader,
} from './graphql/job.loader.js';
import { ClaimResolver, JobNoteResolver, JobResolver, WorkOrderResolver } from './graphql/job.resolver.js';
import { CalendarResolver } from './graphql/calendar.resolver.js';
import { CareResolver } from './graphql/care.resolver.js';
import { CalendarLoader, MachinesOfWorkCentreLoader } from './graphql/machine.loader.js';
import { MachineEventResolver, MachineResolver } from './graphql/machine.resolver.js';
import { StockResolver } from './graphql/stock.resolver.js';
import { MakerTimesResolver, StayResolver } from './graphql/people.resolver.js';
import { PlaceActionsResolver } from './graphql/place-actions.resolver.js';
import {
  QualificationLoader,
  RequiredQualificationsLoader,
  SectionCountsLoader,
  SectionLoader,
  WorkCentreLoader,
  WorkCentresOfSectionLoader,
} from './graphql/place.loader.js';
import { SectionResolver } from './graphql/section.resolver.js';
import { JobPinResolver, JobTurnResolver, OrderActionsResolver } from './graphql/turn.resolver.js';
import { MakerQualificationResolver, WorkCentreResolver } from './graphql/work-centre.resolver.js';
import { SectionFeed } from './section.feed.js';
import { LabelController } from './labels/label.controller.js';
import { WorkshopModule } from './workshop.module.js';
import { WorkshopReader } from './workshop.reader.js';

const placeLoaders = [
  CalendarLoader,
  MachinesOfWorkCentreLoader,
  QualificationLoader,
  RequiredQualificationsLoader,
  SectionCountsLoader,
  SectionLoader,
  WorkCentreLoader,
  WorkCentresOfSectionLoader,
];
const jobLifeResolvers = [JobLifeResolver, JobBlockResolver, JobEventResolver, JobLifeActionsResolver];
const jobLoaders = [
  BlocksLoader,
  HistoryLoader,
  MaterialLoader,
  BoardLoader,
  JobsOfWorkOrderLoader,
  NotesLoader,
  TurnLoader,
  WorkOrderLoader,
];
const placeResolvers = [
  CalendarResolver,
  CareResolver,
  MachineEventResolver,
  MachineResolver,
  MakerTimesResolver,
  StayResolver,
  StockResolver,
  SectionResolver,
  WorkCentreResolver,
  MakerQualificationResolver,
  PlaceActionsResolver,
];
const jobResolvers = [
  JobResolver,
  WorkOrderResolver,
  ClaimResolver,
  JobNoteResolver,
  JobTurnResolver,
  JobPinResolver,
  JobActionsResolver,
  OrderActionsResolver,
  ContractProgressResolver,
];

/** What only the API needs of the workshop: its GraphQL surface. */
@Module({
  imports: [IdentityModule, WorkshopModule],
  controllers: [LabelController],
  providers: [
    WorkshopReader,
    SectionFeed,
    ...placeLoaders,
    ...jobLoaders,
    ...placeResolvers,
    ...jobResolvers,
    ...jobLifeResolvers,
  ],
})
export class WorkshopApiModule {}
