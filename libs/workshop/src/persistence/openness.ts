/**
 * True for a work centre (in scope as `work_centre`) whose machines are all out of use: `isUp` of
 * domain/machine.ts. Its jobs keep their places and their tickets; nobody is given one until a machine is up.
 */
export const MACHINE_IS_DOWN = `(
  EXISTS (SELECT 1 FROM workshop.machine
    WHERE machine.work_centre_id = work_centre.id AND machine.retired_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM workshop.machine
    WHERE machine.work_centre_id = work_centre.id AND machine.retired_at IS NULL AND machine.state = 'up'))`;

/** The fablab's own day, for a work centre in scope as `work_centre` and an instant as the third parameter. */
export const TODAY = `workshop.local_day(work_centre.fablab_id, $3::timestamptz)`;

/** True for a work centre that asks for something this person has not, or no more. $2 person, $3 now. */
export const LACKS_A_QUALIFICATION = `EXISTS (
  SELECT 1 FROM workshop.work_centre_qualification AS needed
  WHERE needed.work_centre_id = work_centre.id AND NOT workshop.holds($2, needed.qualification_id, ${TODAY}))`;

/** True for a visiting maker on a day without a stay. $2 person, $3 now. */
export const OUTSIDE_STAY = `NOT workshop.may_work($2, work_centre.fablab_id, ${TODAY})`;
