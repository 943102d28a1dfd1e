import { Module } from '@nestjs/common';
import { CatalogueModule } from '#catalogue';
import { IdentityModule } from '#identity';
import { CareReader } from './care.reader.js';
import { CalendarReader } from './calendar.reader.js';
import { CalendarService } from './calendar.service.js';
import { ContractProgressReader } from './contract-progress.reader.js';
import { DispatchService } from './dispatch.service.js';
import { BatchService } from './batch.service.js';
import { BlockService } from './block.service.js';
import { JobEnd } from './job-end.service.js';
import { MaterialService } from './material.service.js';
import { BatchRepository } from './persistence/batch.repository.js';
import { TurnRepository } from './persistence/turn.repository.js';
import { HouseWorkService } from './house-work.service.js';
import { JobReader } from './job.reader.js';
import { JobService } from './job.service.js';
import { LaneReader } from './lane.reader.js';
import { CareRepository } from './persistence/care.repository.js';
import { GrantRepository } from './persistence/grant.repository.js';
import { OrderService } from './order.service.js';
import { JobRepository } from './persistence/job.repository.js';
import { MachineReader } from './machine.reader.js';
import { MakerHoursService } from './maker-hours.service.js';
import { MachineService } from './machine.service.js';
import { CalendarRepository } from './persistence/calendar.repository.js';
import { MachineRepository } from './persistence/machine.repository.js';
import { PlaceRepository } from './persistence/place.repository.js';
import { StockRepository } from './persistence/stock.repository.js';
import { StayRepository } from './persistence/stay.repository.js';
import { WorkOrderRepository } from './persistence/work-order.repository.js';
import { PlaceChangesService } from './place-changes.service.js';
import { PlacesReader } from './places.reader.js';
import { PlacesService } from './places.service.js';
import { QualificationService } from './qualification.service.js';
import { StockReader } from './stock.reader.js';
import { StockService } from './stock.service.js';
import { StayReader } from './stay.reader.js';
import { StayService } from './stay.service.js';
import { TicketOffice } from './tickets/ticket-office.js';
import { TurnReader } from './turn.reader.js';
import { WorkOrderService } from './work-order.service.js';

const rows = [CalendarRepository, JobRepository, MachineRepository, PlaceRepository, WorkOrderRepository];
const readers = [CalendarReader, ContractProgressReader, JobReader, LaneReader, MachineReader, PlacesReader];
const people = [CareRepository, GrantRepository, StayRepository, StockRepository];
const setUp = [
  CalendarService,
  CareReader,
  HouseWorkService,
  MachineService,
  MakerHoursService,
  PlaceChangesService,
  QualificationService,
  StayReader,
  StockReader,
  StockService,
  StayService,
];
const services = [DispatchService, JobService, PlacesService, TicketOffice, WorkOrderService];
const turns = [OrderService, TurnReader, TurnRepository];
const life = [BatchRepository, BatchService, BlockService, JobEnd, MaterialService];

/** Services of the workshop, for every process and every context. */
@Module({
  imports: [IdentityModule, CatalogueModule],
  providers: [...rows, ...people, ...readers, ...services, ...turns, ...life, ...setUp],
  exports: [...readers, ...services, ...turns, ...life, ...setUp, JobRepository],
})
export class WorkshopModule {}
