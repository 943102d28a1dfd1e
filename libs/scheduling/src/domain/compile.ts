import { DomainError } from '#kernel';
import { Calendar } from './calendar.js';
import { compileFixed } from './fixed.js';
import { NEVER, type Model } from './model.js';
import { FABLAB_TIERS, type Interval, type Operation, type Problem } from './problem.js';
import { assertProblem } from './validate.js';

/**
 * Checks a problem and compiles it for the planner.
 *
 * @throws DomainError BAD_INPUT where the problem cannot be planned
 */
export function compile(problem: Problem): Model {
  assertProblem(problem);
  const horizon = problem.horizon ?? lastEnd(problem);
  const calendarOf = (each: { calendar?: readonly Interval[] }): Calendar | null =>
    each.calendar ? new Calendar(each.calendar, horizon) : null;
  const machineCalendar = problem.machines.map(calendarOf);
  const makerCalendar = (problem.makers ?? []).map(calendarOf);
  const links = compileLinks(problem);
  const modes = compileModes(problem);
  const scalars = compileScalars(problem);
  const fixed = compileFixed(problem, modes, machineCalendar, makerCalendar);
  const published = compilePublished(problem);
  const open = [...machineCalendar, ...makerCalendar].every((each) => each === null);
  const attendedFully = modes.modeAttended.every(
    (units, mode) => modes.modeMaker[mode]! < 0 || units === modes.modeDuration[mode],
  );
  return {
    operationCount: problem.operations.length,
    jobCount: problem.jobs.length,
    machineCount: problem.machines.length,
    makerCount: problem.makers?.length ?? 0,
    ...links,
    ...modes,
    ...scalars,
    ...fixed,
    ...published,
    machineCalendar,
    makerCalendar,
    horizon,
    tiers: problem.tiers ?? FABLAB_TIERS,
    plain: open && attendedFully && !problem.setups?.length && fixed.fixed.every((each) => each === 0),
  };
}

function lastEnd(problem: Problem): number {
  let latest = 0;
  for (const each of [...problem.machines, ...(problem.makers ?? [])])
    latest = Math.max(latest, each.calendar?.at(-1)?.end ?? 0);
  return latest;
}

interface Arc {
  readonly from: number;
  readonly to: number;
  readonly delay: number;
}

function compileLinks(problem: Problem) {
  const count = problem.operations.length;
  const arcs: Arc[] = [];
  problem.operations.forEach((operation, to) => {
    for (const link of operation.after ?? []) arcs.push({ from: link.operation, to, delay: link.delay ?? 0 });
    const after = operation.frozen ? undefined : operation.pin?.after;
    if (after !== undefined) arcs.push({ from: after, to, delay: 0 });
  });
  const into = compress(
    count,
    arcs,
    (arc) => arc.to,
    (arc) => arc.from,
  );
  const out = compress(
    count,
    arcs,
    (arc) => arc.from,
    (arc) => arc.to,
  );
  const single = (starts: Int32Array): boolean =>
    starts.every((start, place) => place === 0 || start - starts[place - 1]! <= 1);
  return {
    predecessorStart: into.starts,
    predecessor: into.items,
    predecessorDelay: into.delays,
    successorStart: out.starts,
    successor: out.items,
    successorDelay: out.delays,
    topological: topologicalOrder(count, into.starts, out.starts, out.items),
    chains: single(into.starts) && single(out.starts),
  };
}

function compress(
  count: number,
  arcs: readonly Arc[],
  key: (arc: Arc) => number,
  item: (arc: Arc) => number,
) {
  const starts = new Int32Array(count + 1);
  for (const arc of arcs) starts[key(arc) + 1]!++;
  for (let each = 0; each < count; each++) starts[each + 1]! += starts[each]!;
  const fill = starts.slice(0, count);
  const items = new Int32Array(arcs.length);
  const delays = new Int32Array(arcs.length);
  for (const arc of arcs) {
    const place = fill[key(arc)]!++;
    items[place] = item(arc);
    delays[place] = arc.delay;
  }
  return { starts, items, delays };
}

function topologicalOrder(
  count: number,
  incoming: Int32Array,
  starts: Int32Array,
  items: Int32Array,
): Int32Array {
  const waiting = new Int32Array(count);
  const order = new Int32Array(count);
  let filled = 0;
  for (let each = 0; each < count; each++) {
    waiting[each] = incoming[each + 1]! - incoming[each]!;
    if (waiting[each] === 0) order[filled++] = each;
  }
  for (let read = 0; read < filled; read++) {
    const from = order[read]!;
    for (let arc = starts[from]!; arc < starts[from + 1]!; arc++)
      if (--waiting[items[arc]!]! === 0) order[filled++] = items[arc]!;
  }
  if (filled < count) {
    const stuck = waiting.findIndex((each) => each > 0);
    throw DomainError.badInput([
      {
        field: `operations.${stuck}.after`,
        message: `Operation ${stuck} waits for itself: its predecessors form a circle.`,
      },
    ]);
  }
  return order;
}

/** Hands every mode that an operation may take to `push`. */
function eachMode(
  operation: Operation,
  push: (machine: number, maker: number, duration: number, attended: number) => void,
): void {
  const { frozen, pin } = operation;
  if (frozen) return push(frozen.machine, frozen.maker ?? -1, frozen.end - frozen.start, 0);
  for (const each of operation.alternatives) {
    if (pin?.machine !== undefined && pin.machine !== each.machine) continue;
    if (!each.makers) {
      if (pin?.maker === undefined) push(each.machine, -1, each.duration, 0);
      continue;
    }
    for (const choice of each.makers) {
      if (pin?.maker !== undefined && pin.maker !== choice.maker) continue;
      const duration = choice.duration ?? each.duration;
      const attended = choice.attended ?? each.attended ?? duration;
      push(each.machine, choice.maker, duration, Math.min(attended, duration));
    }
  }
}

/**
 * Counted first and then filled: growing lists would take ten times the memory of a million modes. Of two modes with the
 * same machine and maker the shorter one stays, so that a machine and a maker name a mode.
 */
function compileModes(problem: Problem) {
  const { operations } = problem;
  let most = 0;
  for (const operation of operations) eachMode(operation, () => most++);
  const modeStart = new Int32Array(operations.length + 1);
  const modeMachine = new Int32Array(most);
  const modeMaker = new Int32Array(most);
  const modeDuration = new Int32Array(most);
  const modeAttended = new Int32Array(most);
  const makers = (problem.makers?.length ?? 0) + 1;
  const seen = new Int32Array(problem.machines.length * makers).fill(-1);
  let count = 0;
  operations.forEach((operation, place) => {
    const first = count;
    eachMode(operation, (machine, maker, duration, attended) => {
      const key = machine * makers + maker + 1;
      const twin = seen[key]! >= first;
      const mode = twin ? seen[key]! : count++;
      const better = duration - modeDuration[mode]! || attended - modeAttended[mode]!;
      if (twin && better >= 0) return;
      seen[key] = mode;
      modeMachine[mode] = machine;
      modeMaker[mode] = maker;
      modeDuration[mode] = duration;
      modeAttended[mode] = attended;
    });
    modeStart[place + 1] = count;
  });
  return {
    modeStart,
    modeMachine: modeMachine.slice(0, count),
    modeMaker: modeMaker.slice(0, count),
    modeDuration: modeDuration.slice(0, count),
    modeAttended: modeAttended.slice(0, count),
  };
}

function compileScalars(problem: Problem) {
  const setups = problem.setups ?? [];
  return {
    job: Int32Array.from(problem.operations, (each) => each.job),
    release: Int32Array.from(problem.operations, (each) =>
      Math.max(each.release ?? 0, problem.jobs[each.job]!.release ?? 0, each.pin?.start ?? 0),
    ),
    interruptible: Uint8Array.from(problem.operations, (each) => (each.interruptible ? 1 : 0)),
    family: Int32Array.from(problem.operations, (each) => each.family ?? -1),
    familyCount: setups.length,
    setup: Int32Array.from(setups.flat()),
    machineFamily: Int32Array.from(problem.machines, (each) => each.family ?? -1),
    promised: Int32Array.from(problem.jobs, (each) => each.promised ?? NEVER),
    wished: Int32Array.from(problem.jobs, (each) => each.wished ?? NEVER),
    weight: Int32Array.from(problem.jobs, (each) => each.weight ?? 1),
  };
}

function compilePublished(problem: Problem) {
  const count = problem.operations.length;
  const publishedStart = new Int32Array(count).fill(-1);
  const publishedMachine = new Int32Array(count).fill(-1);
  const publishedMaker = new Int32Array(count).fill(-1);
  for (const each of problem.published?.placements ?? []) {
    publishedStart[each.operation] = each.start;
    publishedMachine[each.operation] = each.machine;
    publishedMaker[each.operation] = each.maker ?? -1;
  }
  return {
    publishedStart,
    publishedMachine,
    publishedMaker,
    soonUntil: problem.published?.soonUntil ?? 0,
    soonFactor: problem.published?.soonFactor ?? 10,
    reassignment: problem.published?.reassignment ?? 1,
  };
}
