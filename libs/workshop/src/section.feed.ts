import { Injectable } from '@nestjs/common';
import { CHANGE_UNKNOWN, ChangeFeed, type Viewer } from '#platform';
import type { JobChanged } from './domain/events.js';
import type { SectionView } from './places.reader.js';
import { WorkshopReader } from './workshop.reader.js';

const JOB_CHANGED: JobChanged['type'] = 'workshop.job-changed';

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
      return change.type === JOB_CHANGED && change.payload['sectionId'] === section.id ? section : undefined;
    });
  }
}
