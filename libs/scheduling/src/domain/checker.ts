import { CheckedCalendar } from './checked-calendar.js';
import type { Operation, Placement, Problem } from './problem.js';

/** The verdict on a plan, with the reason and the operation where it is refused. */
export type Verdict =
  | { readonly accepted: true; readonly makespan: number }
  | { readonly accepted: false; readonly reason: string; readonly operation: number | null };

class Refusal extends Error {
  constructor(
    readonly reason: string,
    readonly operation: number | null,
  ) {
    super(reason);
  }
}

/**
 * Accepts or refuses a plan, from the problem alone: it shares no code with the decoder and the search, and does not
 * know how the plan came about. Expects a problem that `assertProblem` accepts.
 */
export function checkPlan(problem: Problem, placements: readonly Placement[]): Verdict {
  try {
    return new Inspection(problem, placements).run();
  } catch (error) {
    if (error instanceof Refusal)
      return { accepted: false, reason: error.reason, operation: error.operation };
    throw error;
  }
}

interface Held {
  readonly operation: number;
  readonly start: number;
  readonly end: number;
}

class Inspection {
  private readonly byOperation: Placement[] = [];
  private readonly setup: number[] = [];
  private readonly attendedEnd: number[] = [];
  private readonly worstSetup: number;
  private readonly machines: CheckedCalendar[];
  private readonly makers: CheckedCalendar[];

  constructor(
    private readonly problem: Problem,
    private readonly placements: readonly Placement[],
  ) {
    const resources = [...problem.machines, ...(problem.makers ?? [])];
    const latest = Math.max(0, ...resources.map((each) => each.calendar?.at(-1)?.end ?? 0));
    const horizon = problem.horizon ?? latest;
    this.worstSetup = (problem.setups ?? []).flat().reduce((most, units) => Math.max(most, units), 0);
    this.machines = problem.machines.map((each) => new CheckedCalendar(each.calendar, horizon));
    this.makers = (problem.makers ?? []).map((each) => new CheckedCalendar(each.calendar, horizon));
  }

  run(): Verdict {
    this.checkComplete();
    this.problem.operations.forEach((operation, place) => {
      if (operation.frozen) this.checkFrozen(operation, place);
      else this.checkChoice(operation, place);
    });
    this.checkMachines();
    this.problem.operations.forEach((operation, place) => {
      if (operation.frozen) return;
      this.checkTimes(operation, place);
      this.checkWaiting(operation, place);
    });
    this.checkMakers();
    return { accepted: true, makespan: this.byOperation.reduce((most, each) => Math.max(most, each.end), 0) };
  }

  private checkComplete(): void {
    const { operations } = this.problem;
    for (const each of this.placements) {
      const place = each.operation;
      if (!Number.isInteger(place) || place < 0 || place >= operations.length)
        throw new Refusal(`The plan names operation ${place}, which the problem does not have.`, null);
      if (this.byOperation[place]) throw new Refusal(`Operation ${place} is in the plan twice.`, place);
      if (!Number.isInteger(each.start) || !Number.isInteger(each.end) || each.start < 0)
        throw new Refusal(`Operation ${place} does not start and end at whole times from 0 on.`, place);
      if (each.end < each.start) throw new Refusal(`Operation ${place} ends before it starts.`, place);
      this.byOperation[place] = each;
    }
    for (let place = 0; place < operations.length; place++)
      if (!this.byOperation[place]) throw new Refusal(`Operation ${place} is missing from the plan.`, place);
  }

  private checkFrozen(operation: Operation, place: number): void {
    const frozen = operation.frozen!;
    const found = this.byOperation[place]!;
    if (found.machine !== frozen.machine || found.maker !== frozen.maker)
      throw new Refusal(`Operation ${place} is frozen, but was moved to another machine or maker.`, place);
    if (found.start !== frozen.start || found.end !== frozen.end)
      throw new Refusal(`Operation ${place} is frozen, but was moved in time.`, place);
    this.setup[place] = 0;
    this.attendedEnd[place] = frozen.attendedUntil ?? frozen.end;
  }

  private checkChoice(operation: Operation, place: number): void {
    const { machine, maker } = this.byOperation[place]!;
    const { pin } = operation;
    if (pin?.machine !== undefined && pin.machine !== machine)
      throw new Refusal(`Operation ${place} is pinned to machine ${pin.machine}, not ${machine}.`, place);
    if (pin?.maker !== undefined && pin.maker !== maker)
      throw new Refusal(`Operation ${place} is pinned to maker ${pin.maker}.`, place);
    if (!operation.alternatives.some((each) => each.machine === machine))
      throw new Refusal(`Operation ${place} cannot be done on machine ${machine}.`, place);
    if (this.work(place).length === 0)
      throw new Refusal(
        maker === undefined
          ? `Operation ${place} needs a maker on machine ${machine}.`
          : `Maker ${maker} does not do operation ${place} on machine ${machine}.`,
        place,
      );
  }

  /** The duration and attended part of every alternative that fits the chosen machine and maker. */
  private work(place: number): { duration: number; attended: number }[] {
    const { machine, maker } = this.byOperation[place]!;
    const found: { duration: number; attended: number }[] = [];
    for (const each of this.problem.operations[place]!.alternatives) {
      if (each.machine !== machine) continue;
      if (!each.makers && maker === undefined) found.push({ duration: each.duration, attended: 0 });
      for (const choice of each.makers ?? [])
        if (choice.maker === maker) {
          const duration = choice.duration ?? each.duration;
          found.push({
            duration,
            attended: Math.min(duration, choice.attended ?? each.attended ?? duration),
          });
        }
    }
    return found;
  }

  private checkMachines(): void {
    const held: Held[][] = this.machines.map(() => []);
    for (const { operation, machine, start, end } of this.byOperation)
      held[machine]!.push({ operation, start, end });
    held.forEach((list, machine) => {
      this.checkApart(list, `Machine ${machine}`);
      let family = this.problem.machines[machine]!.family;
      for (const { operation, start, end } of list) {
        // What has no length is no work: it needs no set-up and leaves the machine as it is.
        const own = end === start ? undefined : this.problem.operations[operation]!.family;
        if (!this.problem.operations[operation]!.frozen)
          this.setup[operation] =
            family === undefined || own === undefined ? 0 : this.problem.setups![family]![own]!;
        if (own !== undefined) family = own;
      }
    });
  }

  /** Sorts by time and refuses two that are held at once. What holds nothing (no length) is in nobody's way. */
  private checkApart(list: Held[], who: string): void {
    list.sort(
      (one, other) => one.start - other.start || one.end - other.end || one.operation - other.operation,
    );
    let before: Held | null = null;
    for (const each of list) {
      if (each.end === each.start) continue;
      if (before && each.start < before.end) {
        const facts = [each, before].every((one) => this.problem.operations[one.operation]!.frozen);
        if (!facts)
          throw new Refusal(
            `${who} would do operations ${before.operation} and ${each.operation} at once, from ${each.start}.`,
            each.operation,
          );
      }
      if (!before || each.end > before.end) before = each;
    }
  }

  private checkTimes(operation: Operation, place: number): void {
    const { machine, maker, start, end } = this.byOperation[place]!;
    let reason = '';
    let fits = false;
    for (const { duration, attended } of this.work(place)) {
      const setup = duration === 0 ? 0 : this.setup[place]!;
      const total = setup + duration;
      const byMaker = maker === undefined ? 0 : setup + attended;
      const found = operation.interruptible
        ? this.machines[machine]!.interrupted(
            maker === undefined ? null : this.makers[maker]!,
            start,
            total,
            byMaker,
          )
        : this.machines[machine]!.whole(
            maker === undefined ? null : this.makers[maker]!,
            start,
            total,
            byMaker,
          );
      if (found === null) reason = `its machine or its maker is not there when it would be worked on`;
      else if (found.end !== end)
        reason = `it takes ${total} units of work (${setup} of them set-up) and ends at ${found.end}, not ${end}`;
      // Where two alternatives name the same machine and maker, the one that holds the maker for less counts.
      else if (!fits || found.attendedEnd < this.attendedEnd[place]!) {
        this.attendedEnd[place] = found.attendedEnd;
        fits = true;
      }
    }
    if (fits) return;
    throw new Refusal(`Operation ${place} starts at ${start} on machine ${machine}: ${reason}.`, place);
  }

  private checkWaiting(operation: Operation, place: number): void {
    const { start } = this.byOperation[place]!;
    const release = Math.max(operation.release ?? 0, this.problem.jobs[operation.job]!.release ?? 0);
    if (start < release)
      throw new Refusal(`Operation ${place} starts at ${start}, before its release at ${release}.`, place);
    let arrival = release;
    const waits = [...(operation.after ?? [])];
    if (operation.pin?.after !== undefined) waits.push({ operation: operation.pin.after });
    for (const link of waits) {
      const from = this.byOperation[link.operation]!.end + (link.delay ?? 0);
      if (start < from)
        throw new Refusal(
          `Operation ${place} starts at ${start}, before operation ${link.operation} has arrived at ${from}.`,
          place,
        );
      arrival = Math.max(arrival, from);
    }
    const pinned = operation.pin?.start;
    // Whether the time could be kept was decided with the worst set-up before it, which may not have been needed.
    const surely = arrival + (waits.length > 0 ? this.worstSetup : 0);
    if (pinned !== undefined && (start < pinned || (start > pinned && surely <= pinned)))
      throw new Refusal(`Operation ${place} is pinned to start at ${pinned}, not at ${start}.`, place);
  }

  private checkMakers(): void {
    const held: Held[][] = this.makers.map(() => []);
    for (const { operation, maker, start } of this.byOperation)
      if (maker !== undefined) held[maker]!.push({ operation, start, end: this.attendedEnd[operation]! });
    held.forEach((list, maker) => this.checkApart(list, `Maker ${maker}`));
  }
}

/** The checker's word on identical operators: no more than `operators` operations at once. */
export function checkOperators(placements: readonly Placement[], operators: number): Verdict {
  const steps = placements
    .filter((each) => each.end > each.start)
    .flatMap((each) => [
      { time: each.start, change: 1, operation: each.operation },
      { time: each.end, change: -1, operation: each.operation },
    ])
    .sort((one, other) => one.time - other.time || one.change - other.change);
  let busy = 0;
  for (const step of steps) {
    busy += step.change;
    if (busy > operators)
      return {
        accepted: false,
        reason: `From ${step.time} there is work for ${busy} operators, but there are ${operators}.`,
        operation: step.operation,
      };
  }
  return { accepted: true, makespan: placements.reduce((most, each) => Math.max(most, each.end), 0) };
}
