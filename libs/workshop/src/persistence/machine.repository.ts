import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import type { Tx } from '#platform';
import type { MachineState } from '../domain/machine.js';

/** A machine as its rules see it, with what every change of it must tell others. */
export interface MachineRow {
  readonly id: Id<'machine'>;
  readonly fablabId: Id<'community'>;
  readonly sectionId: Id<'section'>;
  readonly workCentreId: Id<'workCentre'>;
  readonly name: string;
  readonly state: MachineState;
  readonly retiredAt: Date | null;
}

export interface MachineFacts {
  readonly name: string;
  readonly inspectedOn: Day | null;
  readonly inspectionDueOn: Day | null;
}

/** Writes machines and what happened to them. */
@Injectable()
export class MachineRepository {
  async insert(
    tx: Tx,
    machine: MachineFacts & {
      id: Id<'machine'>;
      fablabId: Id<'community'>;
      workCentreId: Id<'workCentre'>;
    },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.machine (id, fablab_id, work_centre_id, name, state, state_since, inspected_on, inspection_due_on, created_at)
       VALUES ($1, $2, $3, $4, 'up', $7, $5, $6, $7)`,
      [
        machine.id,
        machine.fablabId,
        machine.workCentreId,
        machine.name,
        machine.inspectedOn,
        machine.inspectionDueOn,
        tx.now,
      ],
    );
  }

  async lock(tx: Tx, id: Id<'machine'>): Promise<MachineRow | null> {
    const [row] = await tx.query<MachineRow>(
      `SELECT machine.id, machine.fablab_id AS "fablabId", work_centre.section_id AS "sectionId",
         machine.work_centre_id AS "workCentreId", machine.name, machine.state, machine.retired_at AS "retiredAt"
       FROM workshop.machine JOIN workshop.work_centre ON work_centre.id = machine.work_centre_id
       WHERE machine.id = $1 FOR NO KEY UPDATE OF machine`,
      [id],
    );
    return row ?? null;
  }

  async update(tx: Tx, id: Id<'machine'>, facts: MachineFacts): Promise<void> {
    await tx.execute(
      `UPDATE workshop.machine SET name = $2, inspected_on = $3, inspection_due_on = $4 WHERE id = $1`,
      [id, facts.name, facts.inspectedOn, facts.inspectionDueOn],
    );
  }

  async retire(tx: Tx, id: Id<'machine'>): Promise<void> {
    await tx.execute(`UPDATE workshop.machine SET retired_at = $2 WHERE id = $1`, [id, tx.now]);
  }

  /** Puts the machine into a state, and says so in its history; a report about the same state is history alone. */
  async move(
    tx: Tx,
    machine: MachineRow,
    to: { state: MachineState; reason: string | null; personId: Id<'person'> },
  ): Promise<void> {
    if (to.state !== machine.state) {
      await tx.execute(
        `UPDATE workshop.machine SET state = $2, state_reason = $3, state_since = $4 WHERE id = $1`,
        [machine.id, to.state, to.reason, tx.now],
      );
    }
    await tx.execute(
      `INSERT INTO workshop.machine_event (machine_id, from_state, to_state, reason, person_id, happened_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [machine.id, machine.state, to.state, to.reason, to.personId, tx.now],
    );
  }

  /** The states of the machines that a work centre has in use. */
  async statesAt(tx: Tx, workCentreId: Id<'workCentre'>): Promise<MachineState[]> {
    const rows = await tx.query<{ state: MachineState }>(
      `SELECT state FROM workshop.machine WHERE work_centre_id = $1 AND retired_at IS NULL`,
      [workCentreId],
    );
    return rows.map((row) => row.state);
  }
}
