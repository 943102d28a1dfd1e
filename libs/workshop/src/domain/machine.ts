import type { TransitionTable } from '#kernel';

export const MACHINE_STATES = ['up', 'down', 'maintenance'] as const;
export type MachineState = (typeof MACHINE_STATES)[number];

/** Repeated in the database as the trigger `machine_step`. */
export const MACHINE_TRANSITIONS: TransitionTable<MachineState> = {
  up: ['down', 'maintenance'],
  down: ['up', 'maintenance'],
  maintenance: ['up', 'down'],
};

export const MACHINE_REASON_CHARS_MAX = 500;

/** Said of the jobs of a work centre whose machines are all out of use. */
export const MACHINE_DOWN = 'machine down';

/**
 * True while jobs can run at a work centre: one without machines, a bench, is always up; else one of its machines
 * must be. Repeated in SQL by `MACHINE_IS_DOWN` of persistence/openness.ts.
 */
export function isUp(states: readonly MachineState[]): boolean {
  return states.length === 0 || states.includes('up');
}
