import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, isSlug, type Id } from '#kernel';
import { CommunityDirectory } from '#identity';
import { UnitOfWork, requireRole, type Viewer } from '#platform';
import {
  assertTemplateRevision,
  readTemplate,
  templatesOf,
  type ContractTemplate,
  type TemplateContent,
} from '../domain/contract-template.js';
import { TemplateRepository } from './persistence/template.repository.js';

export interface SaveTemplateGiven extends TemplateContent {
  readonly fablabId: string;
  readonly key: string;
  readonly revision: number;
}

/** The texts with which a fablab's drafts start. */
@Injectable()
export class TemplateService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly templates: TemplateRepository,
    private readonly communities: CommunityDirectory,
  ) {}

  async of(fablabId: Id<'community'>): Promise<ContractTemplate[]> {
    return templatesOf(fablabId, await this.templates.ownOf(fablabId));
  }

  /**
   * Changes a fablab's own copy of a template, or adds one under a new key.
   * @throws DomainError `BAD_INPUT` (a forbidden clause among it), `FORBIDDEN`, `CONFLICT` when it was changed meanwhile
   */
  async save(viewer: Viewer, given: SaveTemplateGiven): Promise<ContractTemplate> {
    const { fablabId, key, seen, content } = checkInput((check) => {
      if (!isSlug(given.key)) check.refuse('key', 'The key must be a word such as prototype-first.');
      return {
        fablabId: check.id<'community'>('fablabId', given.fablabId, 'the fablab'),
        key: given.key,
        seen: check.integer('revision', given.revision, { min: 0, max: 2 ** 31 - 1, name: 'the revision' }),
        content: readTemplate(check, given),
      };
    });
    requireRole(viewer, fablabId, ['coordinator'], 'change its templates');
    return this.unitOfWork.run(async (tx) => {
      const [fablab] = await this.communities.requireInTx(tx, [fablabId]);
      if (!fablab?.manufactures) {
        throw DomainError.badInput([{ field: 'fablabId', message: 'This community does not manufacture.' }]);
      }
      const current = await this.templates.lockRevision(tx, fablabId, key);
      assertTemplateRevision(current, seen);
      const saved = await this.templates.save(tx, {
        fablabId,
        key,
        content,
        seen,
        changedBy: viewer.personId,
      });
      if (!saved) assertTemplateRevision(current + 1, seen);
      return { ...content, key, fablabId, revision: current + 1 };
    });
  }
}
