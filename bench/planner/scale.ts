import { checkPlan, firstPlan, generateFablab, plan, repair, type Plan, type Problem } from '#scheduling';
import { cpuSeconds, round } from './families.js';

const SIZES = [2000, 5000, 10_000, 20_000, 50_000];

/** CPU of the first plan by size, with calendars, 50 machines and 100 makers; the exponent is the slope between the ends. */
export function measureScale() {
  firstPlan(generateFablab({ operations: 1000, machines: 50, makers: 100, seed: 9 }));
  const rows = SIZES.map((operations) => {
    const problem = generateFablab({ operations, machines: 50, makers: 100, seed: 1 });
    const seconds = [1, 2, 3].map(() => {
      const begun = cpuSeconds();
      firstPlan(problem);
      return cpuSeconds() - begun;
    });
    const middle = [...seconds].sort((one, other) => one - other)[1]!;
    return {
      operations,
      cpuSeconds: round(middle),
      residentMegabytes: Math.trunc(process.memoryUsage().rss / 1e6),
    };
  });
  const [first, last] = [rows[0]!, rows.at(-1)!];
  const exponent =
    Math.log(last.cpuSeconds / first.cpuSeconds) / Math.log(last.operations / first.operations);
  return { rows, growthExponent: round(exponent) };
}

/** How long a repair takes after a machine breaks down for two days in a plan of 10,000 operations, and what it moves. */
export function measureRepair(events: number) {
  const problem = generateFablab({ operations: 10_000, machines: 50, makers: 100, seed: 1 });
  const published = firstPlan(problem);
  const times: number[] = [];
  let moved = 0;
  let pairs = 0;
  for (let event = 0; event < events; event++) {
    const now = breakdown(problem, published, event);
    const begun = cpuSeconds();
    const repaired = repair(now, published.placements);
    times.push(cpuSeconds() - begun);
    const verdict = checkPlan(now, repaired.placements);
    if (!verdict.accepted) throw new Error(`A repair does not pass the checker: ${verdict.reason}`);
    moved += repaired.disturbance.moved.length;
    pairs += repaired.disturbance.pairsChanged / repaired.disturbance.pairs;
  }
  times.sort((one, other) => one - other);
  return {
    events,
    cpuSecondsMedian: round(times[Math.trunc(events / 2)]!),
    cpuSecondsP95: round(times[Math.min(events - 1, Math.trunc(events * 0.95))]!),
    movedMean: moved / events,
    pairsChangedPercent: round((100 * pairs) / events),
  };
}

/** The machine of some operation is down for two days from just before it starts. */
export function breakdown(problem: Problem, published: Plan, event: number): Problem {
  const hit = published.placements[(event * 997) % published.placements.length]!;
  const down = { start: hit.start, end: hit.start + 2 * 1440 };
  const machines = problem.machines.map((machine, place) => {
    if (place !== hit.machine || !machine.calendar) return machine;
    const calendar = machine.calendar.flatMap(({ start, end }) =>
      [
        { start, end: Math.min(end, down.start) },
        { start: Math.max(start, down.end), end },
      ].filter((part) => part.end > part.start),
    );
    return { ...machine, calendar };
  });
  return { ...problem, machines };
}

/** Weighted tardiness of months of a fablab, against placing order after order in the sequence of their promises. */
export function measureTardiness(seconds: number) {
  return [50, 200, 1000].map((operations) => {
    const problem: Problem = {
      ...generateFablab({ operations, machines: 12, makers: 20, seed: 4 }),
      tiers: ['promised', 'wished'],
    };
    const begun = cpuSeconds();
    const first = firstPlan(problem);
    const found = plan(problem, {
      seed: 1,
      budget: { iterations: Number.MAX_SAFE_INTEGER, shouldStop: () => cpuSeconds() - begun >= seconds },
    });
    const naive = orderAfterOrder(problem);
    return {
      operations,
      orderAfterOrder: naive.objective,
      firstPlan: first.objective,
      afterSeconds: { seconds, objective: found.objective, iterations: found.iterations },
    };
  });
}

/** Each job as a whole in the order of its promise, into the gaps that are left: what ERP planners do. */
function orderAfterOrder(problem: Problem): Plan {
  // A repair of an empty plan inserts every operation into the first gap; what comes first goes first.
  const byPromise = problem.jobs
    .map((job, place) => ({ place, due: job.promised ?? 0 }))
    .sort((one, other) => one.due - other.due);
  const rank = new Map(byPromise.map((each, index) => [each.place, index]));
  const places = problem.operations.map((_, place) => place);
  places.sort(
    (one, other) =>
      rank.get(problem.operations[one]!.job)! - rank.get(problem.operations[other]!.job)! || one - other,
  );
  const renamed = new Map(places.map((place, index) => [place, index]));
  const operations = places.map((place) => {
    const operation = problem.operations[place]!;
    const after = (operation.after ?? []).map((link) => ({
      ...link,
      operation: renamed.get(link.operation)!,
    }));
    return { ...operation, after };
  });
  return repair({ ...problem, operations }, []);
}
