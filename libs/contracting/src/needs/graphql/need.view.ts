import { needState } from '../../domain/need.js';
import type { NeedRow } from '../persistence/need.reader.js';
import type { NeedModel } from './need.model.js';

/** A row as the API shows it. */
export function needView(row: NeedRow): NeedModel {
  const { id, communityId, revision, title, purpose, quantity, wantedBy, place, brings } = row;
  const { postedAt, closedAt, closeReason, answers, contractStates } = row;
  return {
    id,
    communityId,
    state: needState({ isClosed: closedAt !== null, answers, contractStates }),
    title,
    purpose,
    quantity,
    wantedBy,
    place,
    brings,
    revision,
    postedAt,
    closedAt,
    closeReason,
    currentAnswers: answers,
  };
}
