import { Injectable } from '@nestjs/common';
import { MembershipDirectory } from '#identity';
import { DomainError, LIMITS, checkInput, type Id, type InputCheck } from '#kernel';
import {
  IdSource,
  UnitOfWork,
  hasRole,
  requireRole,
  requireViewer,
  violatedConstraint,
  type Tx,
  type Viewer,
} from '#platform';
import { StayRepository, type StayRow } from './persistence/stay.repository.js';

export interface StayGiven {
  readonly fromDay: string;
  readonly toDay: string;
  readonly hostId: string;
  readonly skills?: string | null;
}

export interface NewStayGiven extends StayGiven {
  readonly fablabId: string;
  readonly personId: string;
}

const ONBOARDING_ITEMS_MAX = 50;
const ITEM_CHARS_MAX = 300;

/** Stays of visiting makers. */
@Injectable()
export class StayService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: IdSource,
    private readonly stays: StayRepository,
    private readonly memberships: MembershipDirectory,
  ) {}

  /**
   * Enters a stay; from now on the maker counts as a visitor, and takes jobs on the days of stays only.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `INVALID_STATE` (no maker, or the host no member), `CONFLICT` (overlaps)
   */
  async create(who: Viewer | null, input: NewStayGiven): Promise<Id<'stay'>> {
    const viewer = requireViewer(who);
    const read = checkInput((check) => ({
      fablabId: check.id<'community'>('fablabId', input.fablabId, 'the fablab'),
      personId: check.id<'person'>('personId', input.personId, 'the maker'),
      ...readStay(check, input, input.personId),
    }));
    requireRole(viewer, read.fablabId, ['coordinator'], 'enter stays');
    const id = this.ids.next<'stay'>();
    await this.apart(async (tx) => {
      await this.requirePeople(read.fablabId, read.hostId, read.personId);
      await this.stays.setVisiting(tx, { ...read, visiting: true });
      await this.stays.insert(tx, { ...read, id });
    });
    return id;
  }

  /** @throws DomainError as `create`, and `NOT_FOUND` */
  async update(who: Viewer | null, input: StayGiven & { stayId: string }): Promise<Id<'stay'>> {
    const viewer = requireViewer(who);
    const read = checkInput((check) => ({
      id: check.id<'stay'>('stayId', input.stayId, 'the stay'),
      ...readStay(check, input, null),
    }));
    await this.apart(async (tx) => {
      const stay = await this.lock(tx, read.id);
      requireRole(viewer, stay.fablabId, ['coordinator'], 'change stays');
      if (stay.personId === read.hostId) throw hostsThemselves();
      await this.requirePeople(stay.fablabId, read.hostId, null);
      await this.stays.update(tx, read);
    });
    return read.id;
  }

  /** @throws DomainError `FORBIDDEN`, `NOT_FOUND` */
  async cancel(who: Viewer | null, input: { stayId: string }): Promise<Id<'stay'>> {
    const viewer = requireViewer(who);
    const id = checkInput((check) => check.id<'stay'>('stayId', input.stayId, 'the stay'));
    return this.unitOfWork.run(async (tx) => {
      const stay = await this.lock(tx, id);
      requireRole(viewer, stay.fablabId, ['coordinator'], 'cancel stays');
      await this.stays.cancel(tx, id);
      return id;
    });
  }

  /** For coordinators and the host. @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND` */
  async tick(
    who: Viewer | null,
    input: { stayId: string; position: number; done: boolean },
  ): Promise<Id<'stay'>> {
    const viewer = requireViewer(who);
    const read = checkInput((check) => ({
      id: check.id<'stay'>('stayId', input.stayId, 'the stay'),
      position: check.integer('position', input.position, { min: 1, max: ONBOARDING_ITEMS_MAX }),
    }));
    return this.unitOfWork.run(async (tx) => {
      const stay = await this.lock(tx, read.id);
      if (stay.hostId !== viewer.personId && !hasRole(viewer, stay.fablabId, 'coordinator'))
        throw DomainError.forbidden('Only the host of this stay or a coordinator can tick its list.');
      if (!(await this.stays.tick(tx, read.id, read.position, input.done ? viewer.personId : null)))
        throw DomainError.notFound('line', String(read.position));
      return read.id;
    });
  }

  /** The list of what is gone through with those who come; stays that are entered keep theirs. */
  async saveOnboarding(
    who: Viewer | null,
    input: { fablabId: string; items: readonly string[] },
  ): Promise<Id<'community'>> {
    const viewer = requireViewer(who);
    const read = checkInput((check) => ({
      fablabId: check.id<'community'>('fablabId', input.fablabId, 'the fablab'),
      items: check.list('items', input.items, { max: ONBOARDING_ITEMS_MAX, name: 'lines' }, (text, path) =>
        check.text(path, text, { max: ITEM_CHARS_MAX, name: 'the line' }),
      ),
    }));
    requireRole(viewer, read.fablabId, ['coordinator'], 'change the onboarding list');
    await this.unitOfWork.run((tx) => this.stays.saveOnboarding(tx, read.fablabId, read.items));
    return read.fablabId;
  }

  private async lock(tx: Tx, id: Id<'stay'>): Promise<StayRow> {
    const stay = await this.stays.lock(tx, id);
    if (!stay || stay.cancelledAt) throw DomainError.notFound('stay', id);
    return stay;
  }

  private async requirePeople(
    fablabId: Id<'community'>,
    hostId: Id<'person'>,
    personId: Id<'person'> | null,
  ): Promise<void> {
    if (personId && !(await this.memberships.isMaker(fablabId, personId)))
      throw new DomainError(
        'INVALID_STATE',
        'Only makers of this fablab have stays. Invite the visitor with the role of a maker first.',
      );
    if ((await this.memberships.rolesOf(fablabId, hostId)).length === 0)
      throw new DomainError('INVALID_STATE', 'The host must be a member of this fablab.');
  }

  private async apart(work: (tx: Tx) => Promise<void>): Promise<void> {
    try {
      await this.unitOfWork.run(work);
    } catch (error) {
      if (violatedConstraint(error) !== 'stay_apart') throw error;
      throw new DomainError(
        'CONFLICT',
        'This maker has another stay here on some of these days. Change that one, or choose other days.',
      );
    }
  }
}

function readStay(check: InputCheck, input: StayGiven, personId: string | null) {
  const read = {
    fromDay: check.day('fromDay', input.fromDay, 'the first day'),
    toDay: check.day('toDay', input.toDay, 'the last day'),
    hostId: check.id<'person'>('hostId', input.hostId, 'the host'),
    skills: check.optionalText('skills', input.skills, { max: LIMITS.noteCharsMax, name: 'the skills' }),
  };
  if (read.toDay < read.fromDay) check.refuse('toDay', 'The last day is before the first.');
  if (personId === input.hostId) check.refuse('hostId', hostsThemselves().message);
  return read;
}

function hostsThemselves(): DomainError {
  return DomainError.badInput([{ field: 'hostId', message: 'Nobody hosts themselves.' }]);
}
