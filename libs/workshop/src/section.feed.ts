import { Injectable } from '@nestjs/common';
import { CHANGE_UNKNOWN, ChangeFeed, type Viewer } from '#platform';
import type { JobChanged, MachineDown, MachineUp } from './domain/events.js';
import type { SectionView } from './places.reader.js';
import { WorkshopReader } from './workshop.reader.js';

/** A machine that goes down or up closes or opens jobs of the board. */
const BOARD_EVENTS: readonly string[] = [
  'workshop.job-changed',
  'workshop.machine-down',
  'workshop.machine-up',
] satisfies (JobChanged | MachineDown | MachineUp)['type'][];

/** Tells open boards when to look again. */
@Injectable()
export class SectionFeed {
  constructor(
    private readonly changes: ChangeFeed,
    private readonly workshop: WorkshopReader,
  ) {}

  /**
   * The section, once for each change on its board, and after a lost connection, when something may have changed.
   * @throws DomainError `UNAUTHENTICATED`, `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`, before the first change
   */
  async changesOf(viewer: Viewer | null, sectionId: string): Promise<AsyncGenerator<SectionView>> {
    const section = await this.workshop.sectionById(viewer, sectionId);
    return this.changes.changes((change) => {
      if (change === CHANGE_UNKNOWN || change.type === CHANGE_UNKNOWN.type) return section;
      const isOurs = BOARD_EVENTS.includes(change.type) && change.payload['sectionId'] === section.id;
      return isOurs ? section : undefined;
    });
  }
}
