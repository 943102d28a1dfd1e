import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, assertTransition, checkInput, type Id, type InputCheck } from '#kernel';
import {
  Idempotency,
  IdSource,
  UnitOfWork,
  isMember,
  requireRole,
  requireViewer,
  violatedConstraint,
  type Tx,
  type Viewer,
} from '#platform';
import type { MachineDown, MachineUp } from './domain/events.js';
import { MACHINE_REASON_CHARS_MAX, MACHINE_TRANSITIONS, isUp, type MachineState } from './domain/machine.js';
import { MachineRepository, type MachineFacts, type MachineRow } from './persistence/machine.repository.js';
import { PlaceRepository } from './persistence/place.repository.js';

export interface MachineGiven {
  readonly name: string;
  readonly inspectedOn?: string | null;
  readonly inspectionDueOn?: string | null;
}

export interface MachineDeed {
  readonly idempotencyKey: string;
  readonly machineId: string;
  readonly reason?: string | null;
}

/** Machines: set up by coordinators, reported broken by anyone of the fablab, put right by makers. */
@Injectable()
export class MachineService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly machines: MachineRepository,
    private readonly places: PlaceRepository,
  ) {}

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `CONFLICT` (name taken at the work centre) */
  async create(who: Viewer | null, input: MachineGiven & { workCentreId: string }): Promise<Id<'machine'>> {
    const viewer = requireViewer(who);
    const { workCentreId, ...facts } = checkInput((check) => ({
      workCentreId: check.id<'workCentre'>('workCentreId', input.workCentreId, 'the work centre'),
      ...readFacts(check, input),
    }));
    const id = this.ids.next<'machine'>();
    await this.named(facts.name, async (tx) => {
      const centre = await this.places.workCentre(tx, workCentreId);
      if (!centre || centre.retiredAt) throw DomainError.notFound('work centre', workCentreId);
      requireRole(viewer, centre.fablabId, ['coordinator'], 'add machines');
      await this.machines.insert(tx, { ...facts, id, fablabId: centre.fablabId, workCentreId });
    });
    return id;
  }

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `CONFLICT` (name taken) */
  async update(who: Viewer | null, input: MachineGiven & { machineId: string }): Promise<Id<'machine'>> {
    const viewer = requireViewer(who);
    const { machineId, ...facts } = checkInput((check) => ({
      machineId: readMachineId(check, input),
      ...readFacts(check, input),
    }));
    await this.named(facts.name, async (tx) => {
      const machine = await this.lock(tx, machineId);
      requireRole(viewer, machine.fablabId, ['coordinator'], 'change machines');
      await this.machines.update(tx, machineId, facts);
    });
    return machineId;
  }

  /** For good: it leaves the lists, and its label leads to nothing. @throws DomainError as `update` */
  async retire(who: Viewer | null, input: { machineId: string }): Promise<Id<'workCentre'>> {
    const viewer = requireViewer(who);
    const machineId = checkInput((check) => readMachineId(check, input));
    return this.unitOfWork.run(async (tx) => {
      const machine = await this.lock(tx, machineId);
      requireRole(viewer, machine.fablabId, ['coordinator'], 'retire machines');
      await this.machines.retire(tx, machineId);
      await this.announce(tx, machine, 'down', null);
      return machine.workCentreId;
    });
  }

  /**
   * Sets a machine down at once, for everyone of the fablab who stands before it. One that is down already stays
   * down, and the report is kept.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN` (not of this fablab), `NOT_FOUND`, `KEY_REUSED`
   */
  reportBreakdown(who: Viewer | null, input: MachineDeed): Promise<Id<'machine'>> {
    return this.move(who, 'reportBreakdown', input, 'down');
  }

  /** @throws DomainError as `reportBreakdown`; `FORBIDDEN` for who is neither maker nor coordinator */
  startMaintenance(who: Viewer | null, input: MachineDeed): Promise<Id<'machine'>> {
    return this.move(who, 'startMaintenance', input, 'maintenance');
  }

  /** @throws DomainError as `startMaintenance`; `INVALID_STATE` for a machine that is up */
  repair(who: Viewer | null, input: MachineDeed): Promise<Id<'machine'>> {
    return this.move(who, 'repairMachine', input, 'up');
  }

  private move(
    who: Viewer | null,
    operation: string,
    { idempotencyKey: key, ...input }: MachineDeed,
    state: MachineState,
  ): Promise<Id<'machine'>> {
    const viewer = requireViewer(who);
    const { machineId, reason } = checkInput((check) => ({
      machineId: readMachineId(check, input),
      reason: readReason(check, input.reason, state),
    }));
    const call = { actor: viewer.personId, key, operation, input };
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, call, async () => {
        const machine = await this.lock(tx, machineId);
        assertMayMove(viewer, machine, state);
        if (state !== 'down' || machine.state !== 'down') {
          assertTransition(MACHINE_TRANSITIONS, `machine “${machine.name}”`, machine.state, state);
        }
        await this.machines.move(tx, machine, { state, reason, personId: viewer.personId });
        if (state !== machine.state) await this.announce(tx, machine, state, reason);
        return machineId;
      }),
    );
  }

  /** Says whether the work centre can still work: what a job's readiness hangs on is the centre, not one machine. */
  private async announce(
    tx: Tx,
    machine: MachineRow,
    state: MachineState,
    reason: string | null,
  ): Promise<void> {
    const { id: machineId, workCentreId, sectionId, fablabId } = machine;
    const isCentreUp = isUp(await this.machines.statesAt(tx, workCentreId));
    const payload = { machineId, workCentreId, sectionId, fablabId, isCentreUp };
    const event: MachineDown | MachineUp =
      state === 'up'
        ? { type: 'workshop.machine-up', payload }
        : { type: 'workshop.machine-down', payload: { ...payload, reason } };
    tx.publish(event);
  }

  private async lock(tx: Tx, id: Id<'machine'>): Promise<MachineRow> {
    const machine = await this.machines.lock(tx, id);
    if (!machine || machine.retiredAt) throw DomainError.notFound('machine', id);
    return machine;
  }

  private async named(name: string, work: (tx: Tx) => Promise<void>): Promise<void> {
    try {
      await this.unitOfWork.run(work);
    } catch (error) {
      if (violatedConstraint(error) !== 'machine_name_key') throw error;
      throw new DomainError(
        'CONFLICT',
        `This work centre has a machine “${name}” already. Give each its own name, such as “${name} 2”.`,
      );
    }
  }
}

function assertMayMove(viewer: Viewer, machine: MachineRow, state: MachineState): void {
  if (state !== 'down') {
    requireRole(viewer, machine.fablabId, ['maker', 'coordinator'], 'put its machines right');
    return;
  }
  if (!isMember(viewer, machine.fablabId)) {
    throw DomainError.forbidden('Only people of this fablab can report its machines broken.');
  }
}

function readMachineId(check: InputCheck, input: { machineId: string }): Id<'machine'> {
  return check.id<'machine'>('machineId', input.machineId, 'the machine');
}

function readReason(
  check: InputCheck,
  reason: string | null | undefined,
  state: MachineState,
): string | null {
  const limit = { max: MACHINE_REASON_CHARS_MAX, name: 'what is wrong' };
  return state === 'up' ? check.optionalText('reason', reason, limit) : check.text('reason', reason, limit);
}

function readFacts(check: InputCheck, input: MachineGiven): MachineFacts {
  const day = (field: 'inspectedOn' | 'inspectionDueOn', name: string) =>
    input[field] ? check.day(field, input[field], name) : null;
  const facts = {
    name: check.text('name', input.name, { max: LIMITS.nameCharsMax, name: 'a name' }),
    inspectedOn: day('inspectedOn', 'the last inspection'),
    inspectionDueOn: day('inspectionDueOn', 'the next inspection'),
  };
  if (facts.inspectedOn && facts.inspectionDueOn && facts.inspectionDueOn <= facts.inspectedOn) {
    check.refuse('inspectionDueOn', 'The next inspection must be after the last one.');
  }
  return facts;
}
