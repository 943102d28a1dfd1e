import { Inject, Injectable } from '@nestjs/common';
import { MembershipDirectory } from '#identity';
import { DomainError, checkInput, type Clock, type Day, type Id, type InputCheck } from '#kernel';
import {
  CLOCK,
  IdSource,
  UnitOfWork,
  hasRole,
  requireViewer,
  violatedConstraint,
  type Tx,
  type Viewer,
} from '#platform';
import { CalendarReader } from './calendar.reader.js';
import { localDay } from './domain/calendar.js';
import { assertExpiryAhead } from './domain/places.js';
import { QUALIFICATION_LEVELS, assertMayGrant, assertSupervised } from './domain/qualification.js';
import { GrantRepository, type GrantRow } from './persistence/grant.repository.js';
import { PlaceRepository } from './persistence/place.repository.js';

export interface GrantGiven {
  readonly personId: string;
  readonly qualificationId: string;
  readonly expiresOn?: string | null;
  readonly level?: string | null;
  readonly supervisorId?: string | null;
  readonly mayTeach?: boolean | null;
}

const REASON_CHARS_MAX = 500;

/** Who holds which qualification: granted, renewed and withdrawn by coordinators and by those who teach it. */
@Injectable()
export class QualificationService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: IdSource,
    private readonly places: PlaceRepository,
    private readonly grants: GrantRepository,
    private readonly memberships: MembershipDirectory,
    private readonly calendars: CalendarReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Grants, or renews: the earlier grant to the same person is superseded and stays to be read.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` (no maker of this fablab, or a
   *   supervisor who does not teach this)
   */
  async grant(who: Viewer | null, input: GrantGiven): Promise<Id<'makerQualification'>> {
    const viewer = requireViewer(who);
    const { qualificationId, expiresOn, ...wanted } = checkInput((check) => readGrant(check, input));
    const id = this.ids.next<'makerQualification'>();
    try {
      await this.unitOfWork.run(async (tx) => {
        const [qualification] = await this.places.qualifications(tx, [qualificationId]);
        if (!qualification) throw DomainError.notFound('qualification', qualificationId);
        const { fablabId } = qualification;
        const today = await this.today(fablabId);
        const own = await this.grants.current(tx, viewer.personId, qualificationId);
        assertMayGrant(granterOf(viewer, fablabId), own, wanted, today);
        assertExpiryAhead(expiresOn, today);
        await this.requireMaker(fablabId, wanted.personId);
        const { supervisorId } = wanted;
        const supervisor = supervisorId && (await this.grants.current(tx, supervisorId, qualificationId));
        assertSupervised(wanted, supervisor, today);
        const grant = { ...wanted, id, fablabId, qualificationId, expiresOn, grantedBy: viewer.personId };
        await this.grants.grant(tx, grant);
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'maker_qualification_current_key') throw error;
      throw new DomainError(
        'CONFLICT',
        'Somebody else granted this qualification to this person at the same moment. Load the list again.',
      );
    }
    return id;
  }

  /**
   * Ends a grant at once; it stays in the person's history with the reason. Learners whom its holder supervises
   * can take no job until somebody else supervises them.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` (counts no more)
   */
  async withdraw(
    who: Viewer | null,
    input: { grantId: string; reason: string },
  ): Promise<Id<'makerQualification'>> {
    const viewer = requireViewer(who);
    const { id, reason } = checkInput((check) => ({
      id: check.id<'makerQualification'>('grantId', input.grantId, 'the grant'),
      reason: check.text('reason', input.reason, { max: REASON_CHARS_MAX, name: 'a reason' }),
    }));
    return this.unitOfWork.run(async (tx) => {
      const grant = await this.grants.lock(tx, id);
      if (!grant) throw DomainError.notFound('grant', id);
      await this.assertMayWithdraw(tx, viewer, grant);
      if (grant.supersededAt)
        throw new DomainError(
          'INVALID_STATE',
          'This grant counts no more: it was renewed or withdrawn before.',
        );
      await this.grants.withdraw(tx, id, { personId: viewer.personId, reason });
      return id;
    });
  }

  private async assertMayWithdraw(tx: Tx, viewer: Viewer, grant: GrantRow): Promise<void> {
    const own = await this.grants.current(tx, viewer.personId, grant.qualificationId);
    const as = {
      personId: grant.personId,
      level: 'full',
      supervisorId: null,
      mayTeach: grant.mayTeach,
    } as const;
    assertMayGrant(granterOf(viewer, grant.fablabId), own, as, await this.today(grant.fablabId));
  }

  private async today(fablabId: Id<'community'>): Promise<Day> {
    return localDay(this.clock.now(), (await this.calendars.settingOf(fablabId)).timeZone);
  }

  private async requireMaker(fablabId: Id<'community'>, personId: Id<'person'>): Promise<void> {
    if (await this.memberships.isMaker(fablabId, personId)) return;
    throw new DomainError(
      'INVALID_STATE',
      'Only makers of this fablab can hold its qualifications. Give this person the role of a maker first.',
    );
  }
}

function granterOf(viewer: Viewer, fablabId: Id<'community'>) {
  return { personId: viewer.personId, isCoordinator: hasRole(viewer, fablabId, 'coordinator') };
}

function readGrant(check: InputCheck, input: GrantGiven) {
  return {
    personId: check.id<'person'>('personId', input.personId, 'the person'),
    qualificationId: check.id<'qualification'>('qualificationId', input.qualificationId, 'the qualification'),
    expiresOn: input.expiresOn ? check.day('expiresOn', input.expiresOn, 'the last day') : null,
    level: check.oneOf('level', input.level ?? 'full', QUALIFICATION_LEVELS),
    supervisorId: input.supervisorId
      ? check.id<'person'>('supervisorId', input.supervisorId, 'the supervisor')
      : null,
    mayTeach: input.mayTeach ?? false,
  };
}
