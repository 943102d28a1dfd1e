import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#kernel';
import { RequestLoader, inOrder } from '#platform';
import type { JobState } from '../domain/job.js';
import {
  JobReader,
  type BlockView,
  type JobEventView,
  type JobView,
  type MaterialView,
  type NoteView,
  type WorkOrderView,
} from '../job.reader.js';
import { TurnReader, type TurnView } from '../turn.reader.js';
import { grouped } from './place.loader.js';

/** A section's board: which section, and jobs in which states. */
export interface BoardKey {
  readonly sectionId: Id<'section'>;
  readonly states: readonly JobState[];
}

/** Boards of all sections that a request wants, one statement for each choice of states. */
@Injectable()
export class BoardLoader extends RequestLoader<BoardKey, JobView[]> {
  constructor(private readonly jobs: JobReader) {
    super();
  }

  protected override async loadMany(keys: readonly BoardKey[]): Promise<readonly JobView[][]> {
    const choices = new Map(keys.map((key) => [key.states.join(), key.states]));
    const boards = new Map<string, JobView[]>();
    for (const [choice, states] of choices) {
      const ids = keys.filter((key) => key.states.join() === choice).map((key) => key.sectionId);
      const rows = await this.jobs.ofSections(ids, states);
      grouped(ids, rows, (row) => row.sectionId).forEach((board, index) => {
        boards.set(`${ids[index]} ${choice}`, board);
      });
    }
    return keys.map((key) => boards.get(`${key.sectionId} ${key.states.join()}`) ?? []);
  }
}

@Injectable()
export class NotesLoader extends RequestLoader<Id<'job'>, NoteView[]> {
  constructor(private readonly jobs: JobReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'job'>[]): Promise<readonly NoteView[][]> {
    return grouped(ids, await this.jobs.notesOf(ids), (row) => row.jobId);
  }
}

@Injectable()
export class WorkOrderLoader extends RequestLoader<Id<'workOrder'>, WorkOrderView> {
  constructor(private readonly jobs: JobReader) {
    super();
  }

  protected override async loadMany(
    ids: readonly Id<'workOrder'>[],
  ): Promise<readonly (WorkOrderView | Error)[]> {
    const rows = await this.jobs.workOrdersByIds(ids);
    return inOrder(
      ids,
      rows,
      (row) => row.id,
      (id) => DomainError.notFound('work order', id),
    );
  }
}

@Injectable()
export class JobsOfWorkOrderLoader extends RequestLoader<Id<'workOrder'>, JobView[]> {
  constructor(private readonly jobs: JobReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'workOrder'>[]): Promise<readonly JobView[][]> {
    return grouped(ids, await this.jobs.ofWorkOrders(ids), (row) => row.workOrderId);
  }
}

/** Null for a job that is not ready, or too far back to be counted. */
@Injectable()
export class TurnLoader extends RequestLoader<Id<'job'>, TurnView | null> {
  constructor(private readonly turns: TurnReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'job'>[]): Promise<readonly (TurnView | null)[]> {
    const turns = new Map((await this.turns.turnsOf(ids)).map((each) => [each.jobId, each]));
    return ids.map((id) => turns.get(id) ?? null);
  }
}

@Injectable()
export class BlocksLoader extends RequestLoader<Id<'job'>, BlockView[]> {
  constructor(private readonly jobs: JobReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'job'>[]): Promise<readonly BlockView[][]> {
    return grouped(ids, await this.jobs.blocksOf(ids), (row) => row.jobId);
  }
}

@Injectable()
export class HistoryLoader extends RequestLoader<Id<'job'>, JobEventView[]> {
  constructor(private readonly jobs: JobReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'job'>[]): Promise<readonly JobEventView[][]> {
    return grouped(ids, await this.jobs.historyOf(ids), (row) => row.jobId);
  }
}

@Injectable()
export class MaterialLoader extends RequestLoader<Id<'job'>, MaterialView[]> {
  constructor(private readonly jobs: JobReader) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'job'>[]): Promise<readonly MaterialView[][]> {
    return grouped(ids, await this.jobs.materialOf(ids), (row) => row.jobId);
  }
}
