export { ContractProgressReader, type ContractProgress } from './contract-progress.reader.js';
export type {
  JobBlocked,
  JobCancelled,
  JobChanged,
  JobCompleted,
  JobLifted,
  JobReady,
  MachineDown,
  MachineUp,
  MaterialLogged,
  OrderRef,
  TimeLogged,
  WorkOrderCompleted,
  WorkshopEvent,
} from './domain/events.js';
export { laneQueueName, readTicketId, ticketId, type Ticket } from './domain/ticket.js';
export { DispatchService, type Taken } from './dispatch.service.js';
export { JobService } from './job.service.js';
export { OrderService, type PlannedStart } from './order.service.js';
export { CarePlanner } from './tasks/care-planner.processor.js';
export { LeaseSweeper } from './tasks/lease-sweeper.processor.js';
export { TicketDelivery } from './tasks/ticket.delivery.js';
export { TicketReconciler, type Reconciliation } from './tasks/ticket-reconciler.processor.js';
export { TicketOffice } from './tickets/ticket-office.js';
export { StayReader } from './stay.reader.js';
export { WorkOrderService, type ContractWork, type WorkLine } from './work-order.service.js';
export { WorkshopApiModule } from './workshop-api.module.js';
export { WorkshopModule } from './workshop.module.js';
export { WorkshopWorkerModule } from './workshop-worker.module.js';
export { PlacesReader } from './places.reader.js';
