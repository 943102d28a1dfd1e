/**
 * True for a work centre (in scope as `work_centre`) whose machines are all out of use: `isUp` of
 * domain/machine.ts. Its jobs keep their places and their tickets; nobody is given one until a machine is up.
 */
export const MACHINE_IS_DOWN = `(
  EXISTS (SELECT 1 FROM workshop.machine
    WHERE machine.work_centre_id = work_centre.id AND machine.retired_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM workshop.machine
    WHERE machine.work_centre_id = work_centre.id AND machine.retired_at IS NULL AND machine.state = 'up'))`;
