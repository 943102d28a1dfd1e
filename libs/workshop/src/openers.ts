import { DomainError, type Id } from '#kernel';
import type { Tx } from '#platform';
import type { PlaceRepository } from './persistence/place.repository.js';

/**
 * Refuses what cannot open a work centre: each must be this fablab's, and of a kind that opens one.
 * @throws DomainError `NOT_FOUND`, `INVALID_STATE` (optional)
 */
export async function requireOpeners(
  places: PlaceRepository,
  tx: Tx,
  fablabId: Id<'community'>,
  ids: readonly Id<'qualification'>[],
): Promise<void> {
  const known = new Map((await places.qualifications(tx, ids)).map((each) => [each.id, each]));
  for (const id of ids) {
    const qualification = known.get(id);
    if (!qualification || qualification.fablabId !== fablabId)
      throw DomainError.notFound('qualification', id);
    if (qualification.kind !== 'optional') continue;
    throw new DomainError(
      'INVALID_STATE',
      `“${qualification.name}” is optional, so a work centre cannot require it. Choose one for safety or competency.`,
    );
  }
}
