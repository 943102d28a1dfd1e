import { Injectable } from '@nestjs/common';
import { CommunityDirectory } from '#identity';
import { DomainError, checkInput, isId, type Id } from '#kernel';
import { isMember, requireViewer, type Viewer } from '#platform';
import { JobReader, type JobView, type WorkOrderView } from './job.reader.js';
import {
  PlacesReader,
  type MakerQualificationView,
  type QualificationView,
  type SectionView,
} from './places.reader.js';

/** What a viewer may ask the workshop for: the readers' answers behind the question who asks. */
@Injectable()
export class WorkshopReader {
  constructor(
    private readonly communities: CommunityDirectory,
    private readonly places: PlacesReader,
    private readonly jobs: JobReader,
  ) {}

  /** @throws DomainError `UNAUTHENTICATED`, `NOT_FOUND` (no such fablab), `FORBIDDEN` (no member) */
  async sections(viewer: Viewer | null, fablabSlug: string): Promise<SectionView[]> {
    return this.places.sectionsOf(await this.fablabOf(viewer, fablabSlug));
  }

  /** Null when the fablab has no such section. @throws DomainError as `sections` */
  async section(viewer: Viewer | null, fablabSlug: string, sectionSlug: string): Promise<SectionView | null> {
    return this.places.sectionBySlug(await this.fablabOf(viewer, fablabSlug), sectionSlug);
  }

  /** @throws DomainError `UNAUTHENTICATED`, `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN` */
  async sectionById(viewer: Viewer | null, id: string): Promise<SectionView> {
    const known = requireViewer(viewer);
    const sectionId = checkInput((check) => check.id<'section'>('sectionId', id, 'the section'));
    const [section] = await this.places.sectionsByIds([sectionId]);
    if (!section) throw DomainError.notFound('section', id);
    assertMember(known, section.fablabId);
    return section;
  }

  /** Null for a code that no label of the viewer's fablabs has. */
  async sectionByCode(viewer: Viewer | null, code: string): Promise<SectionView | null> {
    const section = await this.places.sectionByCode(code.toUpperCase());
    return section && isMember(viewer, section.fablabId) ? section : null;
  }

  /** Null for a job that is not there, or not for this viewer. */
  async job(viewer: Viewer | null, id: string): Promise<JobView | null> {
    if (!isId(id)) return null;
    const [job] = await this.jobs.byIds([id]);
    return job && isMember(viewer, job.fablabId) ? job : null;
  }

  /** As `job`, by its number in the fablab, with or without `J-` and zeros. */
  async jobByNumber(viewer: Viewer | null, fablabId: string, text: string): Promise<JobView | null> {
    const number = Number(/^(?:J-)?0*(\d{1,9})$/i.exec(text.trim())?.[1] ?? Number.NaN);
    if (!isId(fablabId) || Number.isNaN(number) || !isMember(viewer, fablabId)) return null;
    return this.jobs.byNumber(fablabId, number);
  }

  /** As `job`, for those who have just done something to it. */
  async jobAfter(viewer: Viewer | null, id: Id<'job'>): Promise<JobView> {
    const job = await this.job(viewer, id);
    if (!job) throw DomainError.notFound('job', id);
    return job;
  }

  myJobs(viewer: Viewer | null): Promise<JobView[]> {
    return this.jobs.heldBy(requireViewer(viewer).personId);
  }

  /** Those of fablabs that the viewer is a member of. */
  async workOrders(viewer: Viewer | null, contractRef: string): Promise<WorkOrderView[]> {
    const fablabIds = [...requireViewer(viewer).roles.keys()];
    return fablabIds.length === 0 ? [] : this.jobs.workOrdersOf(contractRef, fablabIds);
  }

  /** @throws DomainError `UNAUTHENTICATED`, `BAD_INPUT`, `FORBIDDEN` */
  async qualifications(viewer: Viewer | null, fablabId: string): Promise<QualificationView[]> {
    return this.places.qualificationsOf(this.memberOf(viewer, fablabId));
  }

  /** @throws DomainError `UNAUTHENTICATED`, `BAD_INPUT`, `FORBIDDEN` */
  async makerQualifications(viewer: Viewer | null, fablabId: string): Promise<MakerQualificationView[]> {
    return this.places.grantsOf(this.memberOf(viewer, fablabId));
  }

  /** @throws DomainError `UNAUTHENTICATED`, `BAD_INPUT`, `FORBIDDEN` */
  async qualificationHistory(
    viewer: Viewer | null,
    fablabId: string,
    personId: string,
  ): Promise<MakerQualificationView[]> {
    const id = checkInput((check) => check.id<'person'>('personId', personId, 'the person'));
    return this.places.grantHistory(this.memberOf(viewer, fablabId), id);
  }

  /** The fablab, when the viewer belongs to it. @throws DomainError `UNAUTHENTICATED`, `BAD_INPUT`, `FORBIDDEN` */
  memberOf(viewer: Viewer | null, id: string): Id<'community'> {
    const known = requireViewer(viewer);
    const fablabId = checkInput((check) => check.id<'community'>('fablabId', id, 'the fablab'));
    assertMember(known, fablabId);
    return fablabId;
  }

  private async fablabOf(viewer: Viewer | null, slug: string): Promise<Id<'community'>> {
    const known = requireViewer(viewer);
    const fablab = await this.communities.bySlug(slug);
    if (!fablab) throw DomainError.notFound('community', slug);
    assertMember(known, fablab.id);
    return fablab.id;
  }
}

function assertMember(viewer: Viewer, fablabId: Id<'community'>): void {
  if (!isMember(viewer, fablabId))
    throw DomainError.forbidden('Only members of this fablab see its workshop.');
}
