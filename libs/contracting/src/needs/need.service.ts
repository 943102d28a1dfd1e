import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, dayOf, type Id } from '#kernel';
import { CommunityDirectory } from '#identity';
import { Idempotency, IdSource, UnitOfWork, requireRole, type Tx, type Viewer } from '#platform';
import {
  assertNeedMoment,
  assertNeedRevision,
  assertWantedInTime,
  readAnswer,
  readNeed,
  type AnswerGiven,
  type Need,
  type NeedGiven,
} from '../domain/need.js';
import { NEED_WORDS } from './need.policy.js';
import { NeedRepository } from './persistence/need.repository.js';

const REVISION = { min: 1, max: 2 ** 31 - 1, name: 'the revision' };

/** Before there is a contract: a community says what it lacks, and fablabs say whether they can make it. */
@Injectable()
export class NeedService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly needs: NeedRepository,
    private readonly communities: CommunityDirectory,
  ) {}

  /** @throws DomainError `BAD_INPUT` (personal data among it), `FORBIDDEN`, `KEY_REUSED` */
  post(
    viewer: Viewer,
    given: NeedGiven & { readonly idempotencyKey: string; readonly communityId: string },
  ): Promise<Id<'need'>> {
    const { idempotencyKey: key, ...input } = given;
    const { communityId, wording } = checkInput((check) => ({
      communityId: check.id<'community'>('communityId', input.communityId, 'the community'),
      wording: readNeed(check, input),
    }));
    requireRole(viewer, communityId, ['coordinator'], NEED_WORDS.postNeed);
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, { actor: viewer.personId, key, operation: 'postNeed', input }, async () => {
        const [community] = await this.communities.requireInTx(tx, [communityId]);
        if (!community?.receives) throw refused('communityId', 'This community does not receive.');
        assertWantedInTime(wording, dayOf(tx.now));
        const id = this.ids.next<'need'>();
        await this.needs.insert(tx, { id, communityId, wording, postedBy: viewer.personId });
        return id;
      }),
    );
  }

  /** @throws DomainError `CONFLICT` when it was changed meanwhile, `INVALID_STATE` once it is in contract, met or closed */
  update(
    viewer: Viewer,
    given: NeedGiven & { readonly needId: string; readonly revision: number },
  ): Promise<Id<'need'>> {
    const { id, revision, wording } = checkInput((check) => ({
      id: check.id<'need'>('needId', given.needId, 'the need'),
      revision: check.integer('revision', given.revision, REVISION),
      wording: readNeed(check, given),
    }));
    return this.unitOfWork.run(async (tx) => {
      const need = await this.locked(tx, id);
      requireRole(viewer, need.communityId, ['coordinator'], NEED_WORDS.updateNeed);
      assertNeedMoment('updateNeed', need);
      assertNeedRevision(need, revision);
      // A need whose day has passed can still be corrected in its other words.
      if (wording.wantedBy !== need.wantedBy) assertWantedInTime(wording, dayOf(tx.now));
      await this.needs.update(tx, need, wording);
      return id;
    });
  }

  /** Takes it from the board; the need and its answers stay readable. @throws as `update` */
  close(viewer: Viewer, given: { readonly needId: string; readonly reason: string }): Promise<Id<'need'>> {
    const { id, reason } = checkInput((check) => ({
      id: check.id<'need'>('needId', given.needId, 'the need'),
      reason: check.text('reason', given.reason, { max: LIMITS.noteCharsMax, name: 'the reason' }),
    }));
    return this.unitOfWork.run(async (tx) => {
      const need = await this.locked(tx, id);
      requireRole(viewer, need.communityId, ['coordinator'], NEED_WORDS.closeNeed);
      assertNeedMoment('closeNeed', need);
      await this.needs.close(tx, id, reason);
      return id;
    });
  }

  /**
   * A fablab's answer replaces the one it gave before, which stays in the history.
   * @throws DomainError `BAD_INPUT` for a community that does not manufacture, `FORBIDDEN`, `INVALID_STATE`, `KEY_REUSED`
   */
  answer(
    viewer: Viewer,
    given: AnswerGiven & {
      readonly idempotencyKey: string;
      readonly needId: string;
      readonly fablabId: string;
    },
  ): Promise<Id<'need'>> {
    const { idempotencyKey: key, ...input } = given;
    const { id, fablabId, answer } = checkInput((check) => ({
      id: check.id<'need'>('needId', input.needId, 'the need'),
      fablabId: check.id<'community'>('fablabId', input.fablabId, 'the fablab'),
      answer: readAnswer(check, input),
    }));
    requireRole(viewer, fablabId, ['coordinator'], NEED_WORDS.answerNeed);
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, { actor: viewer.personId, key, operation: 'answerNeed', input }, async () => {
        const need = await this.locked(tx, id);
        const [fablab] = await this.communities.requireInTx(tx, [fablabId]);
        if (!fablab?.manufactures) throw refused('fablabId', 'This community does not manufacture.');
        if (fablabId === need.communityId)
          throw refused('fablabId', 'A community does not answer its own need.');
        assertNeedMoment('answerNeed', need);
        await this.needs.answer(tx, need, {
          ...answer,
          id: this.ids.next<'needAnswer'>(),
          fablabId,
          answeredBy: viewer.personId,
        });
        return id;
      }),
    );
  }

  private async locked(tx: Tx, id: Id<'need'>): Promise<Need> {
    const need = await this.needs.lock(tx, id);
    if (!need) throw DomainError.notFound('need', id);
    return need;
  }
}

function refused(field: string, message: string): DomainError {
  return DomainError.badInput([{ field, message }]);
}
