import type { InputCheck } from '#kernel';

export interface Step {
  readonly name: string;
  readonly after: readonly number[];
}

/**
 * Finds operations that wait for each other in a circle.
 * Operations that wait for nothing are taken away again and again (Kahn, 1962); from what is left, every one
 * waits for another that is left, so going from each to one it waits for must come round.
 * @param steps `steps[0]` is position 1; every position in an `after` exists
 * @returns positions in the order of work, each waiting for the one before it and the first for the last; null
 *   when there is no circle. The smallest position comes first.
 */
export function findCycle(steps: readonly Pick<Step, 'after'>[]): number[] | null {
  const left = new Map(steps.map((step, index) => [index + 1, new Set(step.after)]));
  let free = [...left].filter(([, after]) => after.size === 0).map(([position]) => position);
  while (free.length > 0) {
    for (const position of free) left.delete(position);
    for (const after of left.values()) for (const position of free) after.delete(position);
    free = [...left].filter(([, after]) => after.size === 0).map(([position]) => position);
  }
  const path: number[] = [];
  let position = left.keys().next().value;
  while (position !== undefined && !path.includes(position)) {
    path.push(position);
    position = left.get(position)?.values().next().value;
  }
  return position === undefined ? null : turned(path.slice(path.indexOf(position)).reverse());
}

/** Refuses a routing whose steps refer to steps that are not there, to themselves, or round in a circle. */
export function checkPrecedence(check: InputCheck, field: string, steps: readonly Step[]): void {
  const before = check.problems.length;
  steps.forEach((step, index) => {
    for (const [at, position] of step.after.entries()) {
      const place = `${field}.${index}.after.${at}`;
      if (position === index + 1) check.refuse(place, `${label(steps, position)} cannot come after itself.`);
      else if (!Number.isInteger(position) || position < 1 || position > steps.length)
        check.refuse(
          place,
          `${label(steps, index + 1)} comes after operation ${position}, which is not there.`,
        );
    }
  });
  const cycle = check.problems.length === before ? findCycle(steps) : null;
  if (cycle === null) return;
  const round = [...cycle, cycle[0] as number].map((position) => label(steps, position));
  check.refuse(field, `These operations wait for each other in a circle: ${round.join(' → ')}.`);
}

function label(steps: readonly Step[], position: number): string {
  return `Operation ${position} “${steps[position - 1]?.name ?? ''}”`;
}

function turned(cycle: readonly number[]): number[] {
  const start = cycle.indexOf(Math.min(...cycle));
  return [...cycle.slice(start), ...cycle.slice(0, start)];
}
