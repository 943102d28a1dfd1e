import { DomainError, isId } from '#kernel';
import type { Keyset } from '#platform';

/**
 * Where a list by name goes on: a name, and the id that decides between equal names. The cursor comes from the
 * client, so it may hold anything.
 * @throws DomainError `BAD_INPUT` for a cursor that this list never gave out
 */
export function nameKeyOf(keyset: Keyset): readonly [name: string, id: string] | readonly [null, null] {
  if (keyset.after === null) return [null, null];
  const [name, id] = keyset.after;
  if (name !== undefined && !name.includes('\0') && isId(id)) return [name, id];
  throw DomainError.badInput([{ field: 'after', message: '“after” is not a cursor of this list.' }]);
}
