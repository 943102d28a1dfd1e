import { Injectable } from '@nestjs/common';
import { CommunityDirectory } from '#identity';
import { DomainError, LIMITS, checkInput, type Id } from '#kernel';
import {
  IdSource,
  UnitOfWork,
  requireRole,
  requireViewer,
  violatedConstraint,
  type Tx,
  type Viewer,
} from '#platform';
import {
  CAPACITY_MAX,
  QUALIFICATION_KINDS,
  REQUIRED_QUALIFICATIONS_MAX,
  readSectionSlug,
} from './domain/places.js';
import { requireOpeners } from './openers.js';
import { PlaceRepository } from './persistence/place.repository.js';

/** What coordinators set up: where work is done, and who may do it. */
@Injectable()
export class PlacesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: IdSource,
    private readonly places: PlaceRepository,
    private readonly communities: CommunityDirectory,
  ) {}

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `INVALID_STATE` (no fablab), `CONFLICT` (slug taken) */
  async createSection(
    who: Viewer | null,
    input: { fablabId: string; name: string; slug?: string | null },
  ): Promise<Id<'section'>> {
    const viewer = requireViewer(who);
    const section = checkInput((check) => {
      const name = check.text('name', input.name, { max: LIMITS.nameCharsMax, name: 'a name' });
      const fablabId = check.id<'community'>('fablabId', input.fablabId, 'the fablab');
      return {
        id: this.ids.next<'section'>(),
        fablabId,
        name,
        slug: readSectionSlug(check, input.slug, name),
      };
    });
    requireRole(viewer, section.fablabId, ['coordinator'], 'add sections');
    await this.requireFablab(section.fablabId);
    await this.insert(
      (tx) => this.places.insertSection(tx, section),
      'section_slug_key',
      `This fablab has a section “${section.slug}” already. Choose another name, or give another short name.`,
    );
    return section.id;
  }

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `CONFLICT` (name taken in the section) */
  async createWorkCentre(
    who: Viewer | null,
    input: { sectionId: string; name: string; capacity: number; requiredQualificationIds: readonly string[] },
  ): Promise<Id<'workCentre'>> {
    const viewer = requireViewer(who);
    const read = checkInput((check) => ({
      sectionId: check.id<'section'>('sectionId', input.sectionId, 'the section'),
      name: check.text('name', input.name, { max: LIMITS.nameCharsMax, name: 'a name' }),
      capacity: check.integer('capacity', input.capacity, {
        min: 1,
        max: CAPACITY_MAX,
        name: 'the capacity',
      }),
      required: check.list(
        'requiredQualificationIds',
        input.requiredQualificationIds,
        { max: REQUIRED_QUALIFICATIONS_MAX, name: 'qualifications' },
        (id, path) => check.id<'qualification'>(path, id, 'the qualification'),
      ),
    }));
    const id = this.ids.next<'workCentre'>();
    const write = async (tx: Tx): Promise<void> => {
      const section = await this.places.section(tx, read.sectionId);
      if (!section || section.retiredAt) throw DomainError.notFound('section', read.sectionId);
      const { fablabId } = section;
      requireRole(viewer, fablabId, ['coordinator'], 'add work centres');
      const requiredQualificationIds = [...new Set(read.required)];
      await requireOpeners(this.places, tx, fablabId, requiredQualificationIds);
      const centre = { ...read, id, laneId: this.ids.next<'lane'>(), fablabId, requiredQualificationIds };
      await this.places.insertWorkCentre(tx, centre);
    };
    await this.insert(
      write,
      'work_centre_name_key',
      `This section has a work centre “${read.name}” already. Choose another name, or raise that one's capacity.`,
    );
    return id;
  }

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `INVALID_STATE` (no fablab), `CONFLICT` (name taken) */
  async createQualification(
    who: Viewer | null,
    input: { fablabId: string; name: string; kind: string },
  ): Promise<Id<'qualification'>> {
    const viewer = requireViewer(who);
    const qualification = checkInput((check) => ({
      id: this.ids.next<'qualification'>(),
      fablabId: check.id<'community'>('fablabId', input.fablabId, 'the fablab'),
      name: check.text('name', input.name, { max: LIMITS.nameCharsMax, name: 'a name' }),
      kind: check.oneOf('kind', input.kind, QUALIFICATION_KINDS),
    }));
    requireRole(viewer, qualification.fablabId, ['coordinator'], 'add qualifications');
    await this.requireFablab(qualification.fablabId);
    await this.insert(
      (tx) => this.places.insertQualification(tx, qualification),
      'qualification_name_key',
      `This fablab has a qualification “${qualification.name}” already.`,
    );
    return qualification.id;
  }

  private async insert(work: (tx: Tx) => Promise<void>, taken: string, sentence: string): Promise<void> {
    try {
      await this.unitOfWork.run(work);
    } catch (error) {
      if (violatedConstraint(error) === taken) throw new DomainError('CONFLICT', sentence);
      throw error;
    }
  }

  private async requireFablab(id: Id<'community'>): Promise<void> {
    const community = await this.communities.byId(id);
    if (!community) throw DomainError.notFound('community', id);
    if (community.manufactures) return;
    throw new DomainError('INVALID_STATE', `${community.name} does not manufacture, so it has no workshop.`);
  }
}
