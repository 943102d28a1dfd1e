import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { Database } from '#platform';
import type { MachineState } from './domain/machine.js';

export interface MachineView {
  readonly id: Id<'machine'>;
  readonly fablabId: Id<'community'>;
  readonly workCentreId: Id<'workCentre'>;
  readonly name: string;
  readonly code: string;
  readonly state: MachineState;
  readonly stateReason: string | null;
  readonly stateSince: Date;
  readonly inspectedOn: string | null;
  readonly inspectionDueOn: string | null;
}

export interface MachineEventView {
  readonly id: string;
  readonly machineId: Id<'machine'>;
  readonly fromState: MachineState;
  readonly toState: MachineState;
  readonly reason: string | null;
  readonly personId: Id<'person'>;
  readonly happenedAt: Date;
}

/** What is printed on one label. */
export interface LabelView {
  readonly kind: 'machine' | 'section';
  readonly code: string;
  readonly name: string;
  /** The work centre of a machine; empty for a section. */
  readonly place: string;
  readonly section: string;
}

const MACHINE = `SELECT id, fablab_id AS "fablabId", work_centre_id AS "workCentreId", name, code, state,
  state_reason AS "stateReason", state_since AS "stateSince", inspected_on::text AS "inspectedOn",
  inspection_due_on::text AS "inspectionDueOn" FROM workshop.machine`;

/** A machine's page shows what happened lately. */
const HISTORY_MAX = 30;

/** Reads machines. Who may see them is for the caller to decide. */
@Injectable()
export class MachineReader {
  constructor(private readonly database: Database) {}

  byId(id: Id<'machine'>): Promise<MachineView | null> {
    return this.database.queryOne(`${MACHINE} WHERE id = $1`, [id], 'machine-by-id');
  }

  byCode(code: string): Promise<MachineView | null> {
    return this.database.queryOne(`${MACHINE} WHERE code = $1`, [code], 'machine-by-code');
  }

  /** Those in use, by name. */
  ofWorkCentres(ids: readonly Id<'workCentre'>[]): Promise<MachineView[]> {
    return this.database.query(
      `${MACHINE} WHERE work_centre_id = ANY ($1::uuid[]) AND retired_at IS NULL ORDER BY name, id`,
      [ids],
      'machines-of',
    );
  }

  /** The latest first. */
  historyOf(id: Id<'machine'>): Promise<MachineEventView[]> {
    return this.database.query(
      `SELECT id::text, machine_id AS "machineId", from_state AS "fromState", to_state AS "toState", reason,
         person_id AS "personId", happened_at AS "happenedAt"
       FROM workshop.machine_event WHERE machine_id = $1 ORDER BY machine_event.id DESC LIMIT ${HISTORY_MAX}`,
      [id],
      'machine-history',
    );
  }

  /** One for each section and each machine in use, section by section; with a section's short name, of it alone. */
  labelsOf(fablabId: Id<'community'>, sectionSlug: string | null): Promise<LabelView[]> {
    return this.database.query(
      `SELECT * FROM (
         SELECT 'section' AS kind, code, name, '' AS place, name AS section
         FROM workshop.section
         WHERE fablab_id = $1 AND retired_at IS NULL AND ($2::text IS NULL OR slug = $2)
         UNION ALL
         SELECT 'machine', machine.code, machine.name, work_centre.name, section.name
         FROM workshop.machine
         JOIN workshop.work_centre ON work_centre.id = machine.work_centre_id
         JOIN workshop.section ON section.id = work_centre.section_id
         WHERE machine.fablab_id = $1 AND machine.retired_at IS NULL AND ($2::text IS NULL OR section.slug = $2)
       ) AS label ORDER BY section, kind = 'machine', place, name, code`,
      [fablabId, sectionSlug],
      'labels-of',
    );
  }
}
