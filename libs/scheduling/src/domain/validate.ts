import { DomainError, type Problem as FieldProblem } from '#kernel';
import {
  TIME_MAX,
  type Alternative,
  type Interval,
  type MakerChoice,
  type Operation,
  type Problem,
} from './problem.js';

/** More problems than this are not listed: the first few show what is wrong with the source. */
const PROBLEMS_MAX = 20;

class Complaints {
  readonly list: FieldProblem[] = [];

  refuse(field: string, message: string): void {
    if (this.list.length < PROBLEMS_MAX) this.list.push({ field, message });
  }

  time(field: string, value: number | undefined): void {
    if (value !== undefined && !(Number.isInteger(value) && value >= 0 && value <= TIME_MAX))
      this.refuse(field, `${field} must be a whole number from 0 to ${TIME_MAX}, not ${String(value)}.`);
  }

  index(field: string, value: number | undefined, count: number, what: string): void {
    if (value !== undefined && !(Number.isInteger(value) && value >= 0 && value < count))
      this.refuse(field, `${field} names ${what} ${String(value)}, but there are ${count}, counted from 0.`);
  }

  calendar(field: string, calendar: readonly Interval[] | undefined): void {
    let before = 0;
    (calendar ?? []).forEach((each, place) => {
      this.time(`${field}.${place}.start`, each.start);
      this.time(`${field}.${place}.end`, each.end);
      if (each.end <= each.start || each.start < before)
        this.refuse(
          `${field}.${place}`,
          `${field}.${place} must end after it starts, and start no sooner than the interval before it ends.`,
        );
      before = each.end;
    });
  }
}

/**
 * Refuses a problem that cannot be planned, with every fault and its place (`operations.3.alternatives.0.machine`).
 *
 * @throws DomainError BAD_INPUT
 */
export function assertProblem(problem: Problem): void {
  const complaints = new Complaints();
  complaints.time('horizon', problem.horizon);
  problem.machines.forEach((each, place) => {
    complaints.calendar(`machines.${place}.calendar`, each.calendar);
    complaints.index(`machines.${place}.family`, each.family, problem.setups?.length ?? 0, 'family');
  });
  (problem.makers ?? []).forEach((each, place) =>
    complaints.calendar(`makers.${place}.calendar`, each.calendar),
  );
  problem.jobs.forEach((each, place) => {
    complaints.time(`jobs.${place}.release`, each.release);
    complaints.time(`jobs.${place}.promised`, each.promised);
    complaints.time(`jobs.${place}.wished`, each.wished);
    complaints.time(`jobs.${place}.weight`, each.weight);
  });
  checkSetups(problem, complaints);
  problem.operations.forEach((each, place) => checkOperation(problem, each, place, complaints));
  checkPublished(problem, complaints);
  if (complaints.list.length === 0) checkLength(problem, complaints);
  if (complaints.list.length > 0) throw DomainError.badInput(complaints.list);
}

function checkPublished(problem: Problem, complaints: Complaints): void {
  if (!problem.published) return;
  complaints.time('published.soonUntil', problem.published.soonUntil);
  complaints.time('published.soonFactor', problem.published.soonFactor);
  complaints.time('published.reassignment', problem.published.reassignment);
  problem.published.placements.forEach((each, place) => {
    complaints.index(
      `published.placements.${place}.operation`,
      each.operation,
      problem.operations.length,
      'operation',
    );
    complaints.time(`published.placements.${place}.start`, each.start);
  });
}

function checkSetups(problem: Problem, complaints: Complaints): void {
  const setups = problem.setups ?? [];
  setups.forEach((row, from) => {
    if (row.length !== setups.length)
      complaints.refuse(
        `setups.${from}`,
        `setups.${from} must have ${setups.length} numbers, one for each family.`,
      );
    row.forEach((units, to) => complaints.time(`setups.${from}.${to}`, units));
  });
}

function checkOperation(problem: Problem, operation: Operation, place: number, complaints: Complaints): void {
  const field = `operations.${place}`;
  complaints.index(`${field}.job`, operation.job, problem.jobs.length, 'job');
  complaints.time(`${field}.release`, operation.release);
  complaints.index(`${field}.family`, operation.family, problem.setups?.length ?? 0, 'family');
  (operation.after ?? []).forEach((link, each) => {
    complaints.index(
      `${field}.after.${each}.operation`,
      link.operation,
      problem.operations.length,
      'operation',
    );
    complaints.time(`${field}.after.${each}.delay`, link.delay);
  });
  if (operation.frozen) return checkFrozen(problem, operation, field, complaints);
  if (operation.alternatives.length === 0)
    complaints.refuse(`${field}.alternatives`, `${field} needs at least one machine that can do it.`);
  operation.alternatives.forEach((each, number) =>
    checkAlternative(problem, each, `${field}.alternatives.${number}`, complaints),
  );
  checkPin(problem, operation, field, complaints);
}

function checkFrozen(problem: Problem, operation: Operation, field: string, complaints: Complaints): void {
  const frozen = operation.frozen!;
  complaints.index(`${field}.frozen.machine`, frozen.machine, problem.machines.length, 'machine');
  complaints.index(`${field}.frozen.maker`, frozen.maker, problem.makers?.length ?? 0, 'maker');
  complaints.time(`${field}.frozen.start`, frozen.start);
  complaints.time(`${field}.frozen.end`, frozen.end);
  if (frozen.end < frozen.start)
    complaints.refuse(`${field}.frozen.end`, `${field}.frozen must not end before it starts.`);
}

function checkAlternative(
  problem: Problem,
  alternative: Alternative,
  field: string,
  complaints: Complaints,
): void {
  complaints.index(`${field}.machine`, alternative.machine, problem.machines.length, 'machine');
  complaints.time(`${field}.duration`, alternative.duration);
  complaints.time(`${field}.attended`, alternative.attended);
  if ((alternative.attended ?? 0) > alternative.duration)
    complaints.refuse(`${field}.attended`, `${field}.attended must not be more than its duration.`);
  if (alternative.makers?.length === 0)
    complaints.refuse(`${field}.makers`, `${field}.makers is empty: nobody is qualified for it.`);
  const makers = problem.makers?.length ?? 0;
  (alternative.makers ?? []).forEach((choice, each) => {
    // Most of a problem are these choices: the names of the fields are only put together where one is wrong.
    if (isSound(choice, alternative, makers)) return;
    complaints.index(`${field}.makers.${each}.maker`, choice.maker, problem.makers?.length ?? 0, 'maker');
    complaints.time(`${field}.makers.${each}.duration`, choice.duration);
    complaints.time(`${field}.makers.${each}.attended`, choice.attended);
    if ((choice.attended ?? 0) > (choice.duration ?? alternative.duration))
      complaints.refuse(
        `${field}.makers.${each}.attended`,
        `${field}.makers.${each}.attended must not be more than its duration.`,
      );
  });
}

function isSound(choice: MakerChoice, alternative: Alternative, makers: number): boolean {
  const { maker, duration = alternative.duration, attended = 0 } = choice;
  return (
    Number.isInteger(maker) &&
    maker >= 0 &&
    maker < makers &&
    Number.isInteger(duration) &&
    duration >= 0 &&
    duration <= TIME_MAX &&
    Number.isInteger(attended) &&
    attended >= 0 &&
    attended <= duration
  );
}

function checkPin(problem: Problem, operation: Operation, field: string, complaints: Complaints): void {
  const { pin } = operation;
  if (!pin) return;
  complaints.time(`${field}.pin.start`, pin.start);
  complaints.index(`${field}.pin.after`, pin.after, problem.operations.length, 'operation');
  const allowed = operation.alternatives.filter(
    (each) =>
      (pin.machine === undefined || each.machine === pin.machine) &&
      (pin.maker === undefined || (each.makers ?? []).some((choice) => choice.maker === pin.maker)),
  );
  if (allowed.length === 0)
    complaints.refuse(`${field}.pin`, `${field} is pinned to a machine or a maker that cannot do it.`);
  const needsMaker = allowed.some((each) => each.makers !== undefined);
  if (pin.start !== undefined && (pin.machine === undefined || (needsMaker && pin.maker === undefined)))
    complaints.refuse(
      `${field}.pin.start`,
      `${field} is pinned to a time: give its machine${needsMaker ? ' and its maker' : ''} too.`,
    );
}

/** Keeps every time of every plan within 32 bits: even with all work one after the other, nothing may be too late. */
function checkLength(problem: Problem, complaints: Complaints): void {
  const families = problem.setups ?? [];
  const setupMax = families.reduce((most, row) => Math.max(most, ...row), 0);
  let latest = problem.horizon ?? 0;
  let total = 0;
  for (const each of problem.jobs) latest = Math.max(latest, each.release ?? 0);
  for (const calendar of [...problem.machines, ...(problem.makers ?? [])])
    latest = Math.max(latest, calendar.calendar?.at(-1)?.end ?? 0);
  for (const each of problem.operations) {
    latest = Math.max(latest, each.release ?? 0, each.frozen?.end ?? 0, each.pin?.start ?? 0);
    let longest = 0;
    for (const choice of each.alternatives) {
      longest = Math.max(longest, choice.duration);
      for (const maker of choice.makers ?? []) longest = Math.max(longest, maker.duration ?? 0);
    }
    const delay = (each.after ?? []).reduce((most, link) => Math.max(most, link.delay ?? 0), 0);
    total += longest + setupMax + delay;
  }
  if (latest + total > TIME_MAX)
    complaints.refuse(
      'operations',
      `All work one after the other would end at ${latest + total}, past ${TIME_MAX}: choose a larger unit of time.`,
    );
}
