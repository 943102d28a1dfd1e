import { Inject, Injectable } from '@nestjs/common';
import { dayOf, type Clock, type Id } from '#kernel';
import { CLOCK, Database } from '#platform';
import type { QualificationKind } from './domain/places.js';
import type { QualificationLevel } from './domain/qualification.js';

export interface SectionView {
  readonly id: Id<'section'>;
  readonly fablabId: Id<'community'>;
  readonly slug: string;
  readonly name: string;
  readonly code: string;
  readonly coordinatorId: Id<'person'> | null;
  readonly retired: boolean;
}

export interface SectionCounts {
  readonly sectionId: Id<'section'>;
  readonly waiting: number;
  readonly ready: number;
  readonly claimed: number;
  readonly running: number;
  readonly paused: number;
  /** Since midnight, UTC. */
  readonly doneToday: number;
}

export interface WorkCentreView {
  readonly id: Id<'workCentre'>;
  readonly fablabId: Id<'community'>;
  readonly sectionId: Id<'section'>;
  readonly name: string;
  readonly capacity: number;
  readonly hourlyCostMinor: bigint | null;
  readonly hourlyCostCurrency: string | null;
  readonly calendarId: Id<'calendar'> | null;
  readonly retired: boolean;
}

export interface QualificationView {
  readonly id: Id<'qualification'>;
  readonly fablabId: Id<'community'>;
  readonly name: string;
  readonly kind: QualificationKind;
}

export interface MakerQualificationView {
  readonly id: Id<'makerQualification'>;
  readonly fablabId: Id<'community'>;
  readonly personId: Id<'person'>;
  readonly qualificationId: Id<'qualification'>;
  readonly grantedAt: Date;
  readonly expiresOn: string | null;
  readonly level: QualificationLevel;
  readonly supervisorId: Id<'person'> | null;
  readonly mayTeach: boolean;
  readonly supersededAt: Date | null;
  readonly withdrawnReason: string | null;
}

const SECTION = `SELECT id, fablab_id AS "fablabId", slug, name, code, coordinator_id AS "coordinatorId",
  retired_at IS NOT NULL AS retired FROM workshop.section`;
const CENTRE = `SELECT id, fablab_id AS "fablabId", section_id AS "sectionId", name, capacity,
  hourly_cost_minor AS "hourlyCostMinor", hourly_cost_currency AS "hourlyCostCurrency", calendar_id AS "calendarId",
  retired_at IS NOT NULL AS retired FROM workshop.work_centre`;
const QUALIFICATION = `SELECT id, fablab_id AS "fablabId", name, kind FROM workshop.qualification`;
const GRANT = `SELECT id, fablab_id AS "fablabId", person_id AS "personId", qualification_id AS "qualificationId",
  granted_at AS "grantedAt", expires_on::text AS "expiresOn", level, supervisor_id AS "supervisorId",
  may_teach AS "mayTeach", superseded_at AS "supersededAt", withdrawn_reason AS "withdrawnReason" FROM workshop.maker_qualification`;

/** Reads sections, work centres and qualifications. Who may see them is for the caller to decide. */
@Injectable()
export class PlacesReader {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  sectionsByIds(ids: readonly Id<'section'>[]): Promise<SectionView[]> {
    return this.database.query(`${SECTION} WHERE id = ANY ($1::uuid[])`, [ids], 'sections-by-id');
  }

  /** Those in use, by name. */
  sectionsOf(fablabId: Id<'community'>): Promise<SectionView[]> {
    return this.database.query(
      `${SECTION} WHERE fablab_id = $1 AND retired_at IS NULL ORDER BY name, id`,
      [fablabId],
      'sections-of',
    );
  }

  sectionBySlug(fablabId: Id<'community'>, slug: string): Promise<SectionView | null> {
    return this.database.queryOne(
      `${SECTION} WHERE fablab_id = $1 AND slug = $2`,
      [fablabId, slug],
      'section-slug',
    );
  }

  sectionByCode(code: string): Promise<SectionView | null> {
    return this.database.queryOne(`${SECTION} WHERE code = $1`, [code], 'section-code');
  }

  countsOf(sectionIds: readonly Id<'section'>[]): Promise<SectionCounts[]> {
    return this.database.query(
      `SELECT section.id AS "sectionId",
         count(*) FILTER (WHERE job.state = 'waiting')::int AS waiting,
         count(*) FILTER (WHERE job.state = 'ready')::int AS ready,
         count(*) FILTER (WHERE job.state = 'claimed')::int AS claimed,
         count(*) FILTER (WHERE job.state = 'running')::int AS running,
         count(*) FILTER (WHERE job.state = 'paused')::int AS paused,
         (SELECT count(*) FROM workshop.job AS ended WHERE ended.section_id = section.id AND ended.state = 'done'
            AND ended.done_at >= $2::timestamptz)::int AS "doneToday"
       FROM unnest($1::uuid[]) AS section (id) LEFT JOIN workshop.job
         ON job.section_id = section.id AND job.state IN ('waiting', 'ready', 'claimed', 'running', 'paused')
       GROUP BY section.id`,
      [sectionIds, `${dayOf(this.clock.now())}T00:00:00.000Z`],
      'section-counts',
    );
  }

  workCentresByIds(ids: readonly Id<'workCentre'>[]): Promise<WorkCentreView[]> {
    return this.database.query(`${CENTRE} WHERE id = ANY ($1::uuid[])`, [ids], 'work-centres-by-id');
  }

  /** Those in use, by name. */
  workCentresOfSections(ids: readonly Id<'section'>[]): Promise<WorkCentreView[]> {
    return this.database.query(
      `${CENTRE} WHERE section_id = ANY ($1::uuid[]) AND retired_at IS NULL ORDER BY name, id`,
      [ids],
      'work-centres-of',
    );
  }

  qualificationsByIds(ids: readonly Id<'qualification'>[]): Promise<QualificationView[]> {
    return this.database.query(`${QUALIFICATION} WHERE id = ANY ($1::uuid[])`, [ids], 'qualifications-by-id');
  }

  qualificationsOf(fablabId: Id<'community'>): Promise<QualificationView[]> {
    return this.database.query(
      `${QUALIFICATION} WHERE fablab_id = $1 ORDER BY name, id`,
      [fablabId],
      'qualifications-of',
    );
  }

  requiredBy(
    workCentreIds: readonly Id<'workCentre'>[],
  ): Promise<(QualificationView & { workCentreId: Id<'workCentre'> })[]> {
    return this.database.query(
      `SELECT needed.work_centre_id AS "workCentreId", qualification.id, qualification.fablab_id AS "fablabId",
         qualification.name, qualification.kind
       FROM workshop.work_centre_qualification AS needed
       JOIN workshop.qualification ON qualification.id = needed.qualification_id
       WHERE needed.work_centre_id = ANY ($1::uuid[]) ORDER BY qualification.name, qualification.id`,
      [workCentreIds],
      'qualifications-required',
    );
  }

  /** Those that count today, and those that have expired and were not renewed. */
  grantsOf(fablabId: Id<'community'>): Promise<MakerQualificationView[]> {
    return this.database.query(
      `${GRANT} WHERE fablab_id = $1 AND superseded_at IS NULL ORDER BY granted_at, id`,
      [fablabId],
      'grants-of',
    );
  }

  /** All that a person ever held here, the latest first. */
  grantHistory(fablabId: Id<'community'>, personId: Id<'person'>): Promise<MakerQualificationView[]> {
    return this.database.query(
      `${GRANT} WHERE fablab_id = $1 AND person_id = $2 ORDER BY granted_at DESC, id DESC LIMIT 200`,
      [fablabId, personId],
      'grant-history',
    );
  }

  grantById(id: Id<'makerQualification'>): Promise<MakerQualificationView | null> {
    return this.database.queryOne(`${GRANT} WHERE id = $1`, [id], 'grant-by-id');
  }
}
