import { DomainError } from './domain-error.js';

/** Which state may follow which, as data: rows are the present state, entries the states that may come next. */
export type TransitionTable<State extends string> = Readonly<Record<State, readonly State[]>>;

/**
 * Refuses a step that the table does not hold.
 * @param what the thing in the sentence, such as `contract CSM-2026-0001`
 * @throws DomainError `INVALID_STATE` with `details: { from, to, allowed }`
 */
export function assertTransition<State extends string>(
  table: TransitionTable<State>,
  what: string,
  from: State,
  to: State,
): void {
  const allowed = table[from];
  if (allowed.includes(to)) return;
  const next = allowed.length === 0 ? 'nothing follows' : `it can become ${allowed.join(' or ')}`;
  throw new DomainError('INVALID_STATE', `The ${what} is ${from}; ${next}, not ${to}.`, {
    from,
    to,
    allowed,
  });
}

/** States that cannot be reached from `initial`, and targets that are no rows: both are mistakes in a table. */
export function tableMistakes<State extends string>(table: TransitionTable<State>, initial: State): string[] {
  const rows = Object.keys(table) as State[];
  const reached = new Set<State>([initial]);
  for (const state of reached) for (const next of table[state] ?? []) reached.add(next);
  const unreachable = rows.filter((state) => !reached.has(state)).map((state) => `${state} is unreachable`);
  const unknown = [...reached].filter((state) => !rows.includes(state)).map((state) => `${state} has no row`);
  return [...unreachable, ...unknown];
}
