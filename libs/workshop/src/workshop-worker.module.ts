import { Module } from '@nestjs/common';
import { CarePlanner } from './tasks/care-planner.processor.js';
import { LeaseSweeper } from './tasks/lease-sweeper.processor.js';
import { TicketReconciler } from './tasks/ticket-reconciler.processor.js';
import { WorkshopClockwork } from './tasks/workshop-clockwork.js';
import { WorkshopModule } from './workshop.module.js';

/** What only the worker needs of the workshop: what happens there without a request. */
@Module({
  imports: [WorkshopModule],
  providers: [CarePlanner, LeaseSweeper, TicketReconciler, WorkshopClockwork],
  exports: [WorkshopModule, CarePlanner, LeaseSweeper, TicketReconciler],
})
export class WorkshopWorkerModule {}
