import { existsSync } from 'node:fs';
import { FAMILIES, INSTANCES, runFamily, type FamilyResult } from './families.js';
import { measureRepair, measureScale, measureTardiness } from './scale.js';

/**
 * The planner against the literature: the mean distance from the best known makespans at 1, 5 and 30 CPU seconds of one search in
 * one thread, the first plan's growth, repairs, and weighted tardiness.
 *
 * `--quick` ends each search after a second; `--seeds N` (2 where not given); `--families word` takes those whose name has it.
 */
export async function run(args: readonly string[]): Promise<object> {
  const option = (name: string): string | undefined => {
    const place = args.indexOf(`--${name}`);
    return place < 0 ? undefined : args[place + 1];
  };
  const quick = args.includes('--quick');
  const times = quick ? [0.2, 1] : [1, 5, 30];
  const seeds = Number(option('seeds') ?? (quick ? 1 : 2));
  const wanted = (option('families') ?? '').toLowerCase();
  const families: FamilyResult[] = [];
  if (!existsSync(INSTANCES)) console.log(`The instances are not in ${INSTANCES}: families are left out.`);
  for (const family of FAMILIES.filter((each) => each.name.toLowerCase().includes(wanted))) {
    const result = runFamily(family, times, seeds);
    if (!result) continue;
    families.push(result);
    const cells = Object.entries(result.gapPercentAfterSeconds).map(
      ([time, gap]) => `${gap.toFixed(3)} % at ${time} s`,
    );
    console.log(`${result.family.padEnd(22)} ${cells.join('   ')}`);
    // Lets the process hear signals between families.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (wanted !== '') return { families };
  const scale = measureScale();
  for (const row of scale.rows)
    console.log(
      `first plan of ${row.operations} operations: ${row.cpuSeconds} s CPU, ${row.residentMegabytes} MB`,
    );
  console.log(`growth exponent ${scale.growthExponent}`);
  const repairs = measureRepair(quick ? 10 : 100);
  console.log(
    `repair of 10,000: p95 ${repairs.cpuSecondsP95} s CPU, ${repairs.pairsChangedPercent} % of pairs changed`,
  );
  const tardiness = measureTardiness(quick ? 2 : 10);
  for (const row of tardiness)
    console.log(
      `tardiness, ${row.operations} operations: order after order ${row.orderAfterOrder[0]}, first ${row.firstPlan[0]}, ` +
        `search ${row.afterSeconds.objective[0]}`,
    );
  return { families, scale, repairs, tardiness };
}
