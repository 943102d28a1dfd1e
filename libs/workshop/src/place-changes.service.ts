import { Injectable } from '@nestjs/common';
import { MembershipDirectory } from '#identity';
import { DomainError, LIMITS, checkInput, type Id } from '#kernel';
import { UnitOfWork, requireRole, requireViewer, violatedConstraint, type Tx, type Viewer } from '#platform';
import { CAPACITY_MAX, REQUIRED_QUALIFICATIONS_MAX } from './domain/places.js';
import { requireOpeners } from './openers.js';
import { CalendarRepository } from './persistence/calendar.repository.js';
import { PlaceRepository } from './persistence/place.repository.js';

export interface SectionChange {
  readonly sectionId: string;
  readonly name: string;
  readonly coordinatorId?: string | null;
}

export interface WorkCentreChange {
  readonly workCentreId: string;
  readonly name: string;
  readonly capacity: number;
  readonly hourlyCost?: { readonly amountMinor: bigint; readonly currency: string } | null;
  readonly calendarId?: string | null;
  readonly requiredQualificationIds: readonly string[];
}

/** How coordinators change places, and take them out of use. */
@Injectable()
export class PlaceChangesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly places: PlaceRepository,
    private readonly calendars: CalendarRepository,
    private readonly memberships: MembershipDirectory,
  ) {}

  /**
   * The short name in addresses stays, so that links and labels stay good.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` (coordinator is no member)
   */
  async updateSection(who: Viewer | null, input: SectionChange): Promise<Id<'section'>> {
    const viewer = requireViewer(who);
    const read = checkInput((check) => ({
      id: check.id<'section'>('sectionId', input.sectionId, 'the section'),
      name: check.text('name', input.name, { max: LIMITS.nameCharsMax, name: 'a name' }),
      coordinatorId: input.coordinatorId
        ? check.id<'person'>('coordinatorId', input.coordinatorId, 'the coordinator')
        : null,
    }));
    return this.unitOfWork.run(async (tx) => {
      const { fablabId } = await this.section(tx, viewer, read.id, 'change sections');
      if (read.coordinatorId) await this.requireMember(fablabId, read.coordinatorId);
      await this.places.updateSection(tx, read);
      return read.id;
    });
  }

  /**
   * With its work centres and machines; what was done there stays to be read.
   * @throws DomainError `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` (jobs are open there)
   */
  async retireSection(who: Viewer | null, input: { sectionId: string }): Promise<Id<'section'>> {
    const viewer = requireViewer(who);
    const id = checkInput((check) => check.id<'section'>('sectionId', input.sectionId, 'the section'));
    return this.unitOfWork.run(async (tx) => {
      const section = await this.section(tx, viewer, id, 'retire sections');
      assertIdle(section);
      await this.places.retireSection(tx, id);
      return id;
    });
  }

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `CONFLICT` (name taken in the section) */
  async updateWorkCentre(who: Viewer | null, input: WorkCentreChange): Promise<Id<'workCentre'>> {
    const viewer = requireViewer(who);
    const read = readWorkCentre(input);
    try {
      await this.unitOfWork.run(async (tx) => {
        const { fablabId } = await this.workCentre(tx, viewer, read.id, 'change work centres');
        await requireOpeners(this.places, tx, fablabId, read.requiredQualificationIds);
        if (read.calendarId && (await this.calendars.fablabOf(tx, read.calendarId)) !== fablabId)
          throw DomainError.notFound('calendar', read.calendarId);
        await this.places.updateWorkCentre(tx, { ...read, fablabId });
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'work_centre_name_key') throw error;
      throw new DomainError('CONFLICT', `This section has a work centre “${read.name}” already.`);
    }
    return read.id;
  }

  /** With its machines. @throws DomainError `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` (jobs are open there) */
  async retireWorkCentre(who: Viewer | null, input: { workCentreId: string }): Promise<Id<'section'>> {
    const viewer = requireViewer(who);
    const id = checkInput((check) =>
      check.id<'workCentre'>('workCentreId', input.workCentreId, 'the work centre'),
    );
    return this.unitOfWork.run(async (tx) => {
      const centre = await this.workCentre(tx, viewer, id, 'retire work centres');
      assertIdle(centre);
      await this.places.retireWorkCentre(tx, id);
      return centre.sectionId;
    });
  }

  private async section(tx: Tx, viewer: Viewer, id: Id<'section'>, what: string) {
    const section = await this.places.section(tx, id);
    if (!section || section.retiredAt) throw DomainError.notFound('section', id);
    requireRole(viewer, section.fablabId, ['coordinator'], what);
    return section;
  }

  private async workCentre(tx: Tx, viewer: Viewer, id: Id<'workCentre'>, what: string) {
    const centre = await this.places.workCentre(tx, id);
    if (!centre || centre.retiredAt) throw DomainError.notFound('work centre', id);
    requireRole(viewer, centre.fablabId, ['coordinator'], what);
    return centre;
  }

  private async requireMember(fablabId: Id<'community'>, personId: Id<'person'>): Promise<void> {
    if ((await this.memberships.rolesOf(fablabId, personId)).length > 0) return;
    throw new DomainError(
      'INVALID_STATE',
      'Only a member of this fablab can look after one of its sections.',
    );
  }
}

function readWorkCentre(input: WorkCentreChange) {
  return checkInput((check) => ({
    id: check.id<'workCentre'>('workCentreId', input.workCentreId, 'the work centre'),
    name: check.text('name', input.name, { max: LIMITS.nameCharsMax, name: 'a name' }),
    capacity: check.integer('capacity', input.capacity, { min: 1, max: CAPACITY_MAX, name: 'the capacity' }),
    hourlyCost: input.hourlyCost
      ? check.money('hourlyCost', input.hourlyCost, { zero: true, name: 'the cost of an hour' })
      : null,
    calendarId: input.calendarId
      ? check.id<'calendar'>('calendarId', input.calendarId, 'the calendar')
      : null,
    requiredQualificationIds: [
      ...new Set(
        check.list(
          'requiredQualificationIds',
          input.requiredQualificationIds,
          { max: REQUIRED_QUALIFICATIONS_MAX, name: 'qualifications' },
          (id, path) => check.id<'qualification'>(path, id, 'the qualification'),
        ),
      ),
    ],
  }));
}

function assertIdle(place: { readonly name: string; readonly jobsOpen: number }): void {
  if (place.jobsOpen === 0) return;
  const jobs = place.jobsOpen === 1 ? 'one job is' : `${place.jobsOpen} jobs are`;
  throw new DomainError(
    'INVALID_STATE',
    `${jobs.charAt(0).toUpperCase()}${jobs.slice(1)} still open in “${place.name}”. Finish them first.`,
    { jobsOpen: place.jobsOpen },
  );
}
