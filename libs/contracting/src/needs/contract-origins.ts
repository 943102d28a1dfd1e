import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#kernel';
import type { Tx } from '#platform';
import { answerToStartFrom, assertNeedMoment } from '../domain/need.js';
import { NeedRepository } from './persistence/need.repository.js';

/** Remembers from which need, and from which of the fablab's answers to it, a contract started. */
@Injectable()
export class ContractOrigins {
  constructor(private readonly needs: NeedRepository) {}

  /**
   * @throws DomainError `NOT_FOUND`; `INVALID_STATE` when the need is off the board or the fablab did not say that it can;
   * `BAD_INPUT` when the community that needs it would receive nothing
   */
  async startFromNeed(
    tx: Tx,
    draft: {
      readonly contractId: Id<'contract'>;
      readonly needId: Id<'need'>;
      readonly fablabId: Id<'community'>;
      readonly receivingCommunityIds: readonly Id<'community'>[];
    },
  ): Promise<void> {
    const need = await this.needs.lock(tx, draft.needId);
    if (!need) throw DomainError.notFound('need', draft.needId);
    assertNeedMoment('draftContract', need);
    const answerId = answerToStartFrom(need, draft.fablabId);
    if (!draft.receivingCommunityIds.includes(need.communityId)) {
      throw DomainError.badInput([
        {
          field: 'receivingCommunityIds',
          message: 'The community that posted the need must be one of the receiving communities.',
        },
      ]);
    }
    await this.needs.keepOrigin(tx, { contractId: draft.contractId, needId: need.id, answerId });
  }
}
