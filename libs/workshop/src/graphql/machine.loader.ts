import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#kernel';
import { RequestLoader, inOrder } from '#platform';
import { CalendarReader, type CalendarView } from '../calendar.reader.js';
import { MachineReader, type MachineView } from '../machine.reader.js';
import { grouped } from './place.loader.js';

@Injectable()
export class MachinesOfWorkCentreLoader extends RequestLoader<Id<'workCentre'>, MachineView[]> {
  constructor(private readonly machines: MachineReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'workCentre'>[]): Promise<readonly MachineView[][]> {
    return grouped(ids, await this.machines.ofWorkCentres(ids), (row) => row.workCentreId);
  }
}

@Injectable()
export class CalendarLoader extends RequestLoader<Id<'calendar'>, CalendarView> {
  constructor(private readonly calendars: CalendarReader) {
    super();
  }

  protected override async loadMany(
    ids: readonly Id<'calendar'>[],
  ): Promise<readonly (CalendarView | Error)[]> {
    const rows = await this.calendars.byIds(ids);
    const missing = (id: string): Error => DomainError.notFound('calendar', id);
    return inOrder(ids, rows, (row) => row.id, missing);
  }
}
