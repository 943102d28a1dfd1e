import { Injectable } from '@nestjs/common';
import { MembershipDirectory } from '#identity';
import { DomainError, checkInput, type Id } from '#kernel';
import {
  IdSource,
  UnitOfWork,
  hasRole,
  requireRole,
  requireViewer,
  violatedConstraint,
  type Viewer,
} from '#platform';
import { readWeek, type WeeklyOpeningGiven } from './calendar.service.js';
import { StayRepository } from './persistence/stay.repository.js';

interface MakerGiven {
  readonly fablabId: string;
  readonly personId: string;
}

/** When makers are there: each enters their own times, and coordinators those of all. */
@Injectable()
export class MakerHoursService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: IdSource,
    private readonly stays: StayRepository,
    private readonly memberships: MembershipDirectory,
  ) {}

  /** Writes the week as a whole. @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `INVALID_STATE` (no maker) */
  async saveHours(
    who: Viewer | null,
    input: MakerGiven & { week: readonly WeeklyOpeningGiven[] },
  ): Promise<Id<'community'>> {
    const viewer = requireViewer(who);
    const { week, ...maker } = checkInput((check) => ({
      fablabId: check.id<'community'>('fablabId', input.fablabId, 'the fablab'),
      personId: check.id<'person'>('personId', input.personId, 'the maker'),
      week: readWeek(check, input.week),
    }));
    await this.assertMayEnter(viewer, maker);
    await this.unitOfWork.run((tx) => this.stays.saveHours(tx, maker, week));
    return maker.fablabId;
  }

  /** @throws DomainError as `saveHours`; `CONFLICT` when it overlaps another absence */
  async addAbsence(
    who: Viewer | null,
    input: MakerGiven & { fromDay: string; toDay: string },
  ): Promise<Id<'community'>> {
    const viewer = requireViewer(who);
    const absence = checkInput((check) => {
      const read = {
        fablabId: check.id<'community'>('fablabId', input.fablabId, 'the fablab'),
        personId: check.id<'person'>('personId', input.personId, 'the maker'),
        fromDay: check.day('fromDay', input.fromDay, 'the first day'),
        toDay: check.day('toDay', input.toDay, 'the last day'),
      };
      if (read.toDay < read.fromDay) check.refuse('toDay', 'The last day is before the first.');
      return read;
    });
    await this.assertMayEnter(viewer, absence);
    try {
      await this.unitOfWork.run((tx) => this.stays.insertAbsence(tx, { ...absence, id: this.ids.next() }));
    } catch (error) {
      if (violatedConstraint(error) !== 'maker_absence_apart') throw error;
      throw new DomainError('CONFLICT', 'Some of these days are entered as an absence already.');
    }
    return absence.fablabId;
  }

  /** @throws DomainError `FORBIDDEN`, `NOT_FOUND` */
  async removeAbsence(who: Viewer | null, input: { absenceId: string }): Promise<Id<'community'>> {
    const viewer = requireViewer(who);
    const id = checkInput((check) => check.id<'absence'>('absenceId', input.absenceId, 'the absence'));
    return this.unitOfWork.run(async (tx) => {
      const absence = await this.stays.absence(tx, id);
      if (!absence) throw DomainError.notFound('absence', id);
      assertOwnOrCoordinator(viewer, absence);
      await this.stays.removeAbsence(tx, id);
      return absence.fablabId;
    });
  }

  /** A resident takes jobs at any time; a visitor on the days of stays. For coordinators. */
  async setVisiting(who: Viewer | null, input: MakerGiven & { visiting: boolean }): Promise<Id<'community'>> {
    const viewer = requireViewer(who);
    const maker = checkInput((check) => ({
      fablabId: check.id<'community'>('fablabId', input.fablabId, 'the fablab'),
      personId: check.id<'person'>('personId', input.personId, 'the maker'),
      visiting: input.visiting,
    }));
    requireRole(viewer, maker.fablabId, ['coordinator'], 'say who is a visitor');
    await this.requireMaker(maker);
    await this.unitOfWork.run((tx) => this.stays.setVisiting(tx, maker));
    return maker.fablabId;
  }

  private async assertMayEnter(viewer: Viewer, maker: MakerIds): Promise<void> {
    assertOwnOrCoordinator(viewer, maker);
    await this.requireMaker(maker);
  }

  private async requireMaker({ fablabId, personId }: MakerIds): Promise<void> {
    if (await this.memberships.isMaker(fablabId, personId)) return;
    throw new DomainError('INVALID_STATE', 'Only makers of this fablab have working times here.');
  }
}

interface MakerIds {
  readonly fablabId: Id<'community'>;
  readonly personId: Id<'person'>;
}

function assertOwnOrCoordinator(viewer: Viewer, maker: MakerIds): void {
  const isOwn = viewer.personId === maker.personId && hasRole(viewer, maker.fablabId, 'maker');
  if (isOwn || hasRole(viewer, maker.fablabId, 'coordinator')) return;
  throw DomainError.forbidden('Makers enter their own times; a coordinator those of all.');
}
