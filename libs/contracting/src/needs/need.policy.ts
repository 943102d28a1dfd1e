import type { Id } from '#kernel';
import { hasRole, type Viewer } from '#platform';
import { NEED_DEEDS, isNeedOnBoard, type AnswerKind, type NeedDeed, type NeedState } from '../domain/need.js';

/** Completes «Only a coordinator of this community can …». */
export const NEED_WORDS: Readonly<Record<NeedDeed | 'postNeed', string>> = {
  postNeed: 'post a need for it',
  updateNeed: 'change this need',
  closeNeed: 'close this need',
  answerNeed: 'answer needs for it',
  draftContract: 'draft contracts for it',
};

export interface NeedRights {
  readonly state: NeedState;
  readonly communityId: Id<'community'>;
  readonly answers: readonly { readonly fablabId: Id<'community'>; readonly kind: AnswerKind }[];
}

/**
 * The mutations that this viewer could call on the need now.
 * @param fablabs the viewer's communities that manufacture
 */
export function viewerCanWithNeed(
  viewer: Viewer | null,
  need: NeedRights,
  fablabs: ReadonlySet<Id<'community'>>,
): NeedDeed[] {
  if (!viewer || !isNeedOnBoard(need.state)) return [];
  const coordinates = (id: Id<'community'>): boolean => hasRole(viewer, id, 'coordinator');
  const may: Readonly<Record<NeedDeed, boolean>> = {
    updateNeed: coordinates(need.communityId),
    closeNeed: coordinates(need.communityId),
    answerNeed: [...fablabs].some((id) => id !== need.communityId && coordinates(id)),
    draftContract: need.answers.some(({ fablabId, kind }) => kind !== 'cannot' && coordinates(fablabId)),
  };
  return NEED_DEEDS.filter((deed) => may[deed]);
}
