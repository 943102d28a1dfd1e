import type { Day } from '#kernel';
import { addDays } from './calendar.js';

/** Kinds of job that a fablab does for itself, in the queue beside those for contracts. */
export const HOUSE_KINDS = ['care', 'cleaning', 'teaching', 'documentation'] as const;
export type HouseKind = (typeof HOUSE_KINDS)[number];

/** What stands in the place of a product's name. */
export const HOUSE_NAMES: Readonly<Record<HouseKind, string>> = {
  care: 'Care',
  cleaning: 'Cleaning',
  teaching: 'Teaching',
  documentation: 'Documentation',
};

export const EVERY_DAYS_MAX = 3660;
export const LEAD_DAYS_MAX = 365;

/**
 * The day of the job after the one that is made today. Days that passed while nothing ran are passed over: a
 * machine is not oiled five times because the worker was away for five weeks.
 */
export function nextAfter(plan: { readonly nextOn: Day; readonly everyDays: number }, today: Day): Day {
  let next = addDays(plan.nextOn, plan.everyDays);
  while (next <= today) next = addDays(next, plan.everyDays);
  return next;
}
