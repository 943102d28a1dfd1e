import { DomainError } from '#kernel';
import { fitWork, type Calendar, type Fit } from './calendar.js';
import type { Blocks } from './model.js';
import type { Problem } from './problem.js';

interface Modes {
  readonly modeStart: Int32Array;
  readonly modeMachine: Int32Array;
  readonly modeMaker: Int32Array;
  readonly modeDuration: Int32Array;
  readonly modeAttended: Int32Array;
}

interface Block {
  readonly start: number;
  readonly end: number;
  readonly owner: number;
}

/**
 * What no sequence can move: frozen operations, and the time kept free for operations that are pinned to a start. A pin
 * keeps the time of its worst set-up free; what precedes it decides later how much of that it needs.
 *
 * @throws DomainError BAD_INPUT where a pin lies in a closing time, or two pins (or a pin and frozen work) overlap
 */
export function compileFixed(
  problem: Problem,
  modes: Modes,
  machineCalendar: readonly (Calendar | null)[],
  makerCalendar: readonly (Calendar | null)[],
) {
  const count = problem.operations.length;
  const fixed = new Uint8Array(count);
  const fixedStart = new Int32Array(count).fill(-1);
  const fixedEnd = new Int32Array(count).fill(-1);
  const fixedAttendedEnd = new Int32Array(count).fill(-1);
  const fit: Fit = { start: 0, end: 0, attendedEnd: 0 };
  problem.operations.forEach((operation, place) => {
    if (operation.frozen) {
      fixed[place] = 1;
      fixedStart[place] = operation.frozen.start;
      fixedEnd[place] = operation.frozen.end;
      fixedAttendedEnd[place] = operation.frozen.attendedUntil ?? operation.frozen.end;
    } else if (operation.pin?.start !== undefined) {
      const mode = modes.modeStart[place]!;
      const setup = modes.modeDuration[mode] === 0 ? 0 : worstSetup(problem, operation.family);
      const maker = modes.modeMaker[mode]!;
      fitWork(
        machineCalendar[modes.modeMachine[mode]!]!,
        maker < 0 ? null : makerCalendar[maker]!,
        operation.pin.start,
        setup + modes.modeDuration[mode]!,
        maker < 0 ? 0 : setup + modes.modeAttended[mode]!,
        operation.interruptible ?? false,
        fit,
      );
      if (fit.start !== operation.pin.start) refusePin(place, `the next possible start is ${fit.start}`);
      fixed[place] = 2;
      fixedStart[place] = fit.start;
      fixedEnd[place] = fit.end;
      fixedAttendedEnd[place] = fit.attendedEnd;
    }
  });
  const ofMachines = collect(problem.machines.length);
  const ofMakers = collect(problem.makers?.length ?? 0);
  for (let place = 0; place < count; place++) {
    if (fixed[place] === 0) continue;
    const mode = modes.modeStart[place]!;
    const maker = modes.modeMaker[mode]!;
    const start = fixedStart[place]!;
    ofMachines[modes.modeMachine[mode]!]!.push({ start, end: fixedEnd[place]!, owner: place });
    if (maker >= 0) ofMakers[maker]!.push({ start, end: fixedAttendedEnd[place]!, owner: place });
  }
  return {
    fixed,
    fixedStart,
    fixedEnd,
    fixedAttendedEnd,
    machineBlocks: ofMachines.map((blocks) => freeze(blocks, fixed)),
    makerBlocks: ofMakers.map((blocks) => freeze(blocks, fixed)),
  };
}

function collect(count: number): Block[][] {
  return Array.from({ length: count }, () => []);
}

function worstSetup(problem: Problem, family: number | undefined): number {
  if (family === undefined) return 0;
  return (problem.setups ?? []).reduce((most, row) => Math.max(most, row[family]!), 0);
}

function freeze(blocks: readonly Block[], fixed: Uint8Array): Blocks | null {
  const held = blocks
    .filter((each) => each.end > each.start)
    .sort((one, other) => one.start - other.start || one.owner - other.owner);
  if (held.length === 0) return null;
  let before = held[0]!;
  for (const each of held.slice(1)) {
    // Two facts may overlap on paper; that is not ours to refuse. A pin must not.
    const pin = fixed[each.owner] === 2 ? each : fixed[before.owner] === 2 ? before : null;
    if (pin && each.start < before.end)
      refusePin(pin.owner, `operation ${pin === each ? before.owner : each.owner} is there at that time`);
    if (each.end > before.end) before = each;
  }
  return {
    start: Int32Array.from(held, (each) => each.start),
    end: Int32Array.from(held, (each) => each.end),
    owner: Int32Array.from(held, (each) => each.owner),
  };
}

function refusePin(place: number, reason: string): never {
  const field = `operations.${place}.pin.start`;
  throw DomainError.badInput([
    { field, message: `Operation ${place} cannot be pinned to that start: ${reason}.` },
  ]);
}
