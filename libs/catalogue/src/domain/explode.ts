import type { Id } from '#kernel';
import type { Operation, ProductVersion } from './product.js';

/** One operation of a version or of one of its sub-assemblies, at its place in the whole. */
export interface ExplodedStep extends Operation {
  /** How many times it is done for one unit of the product. */
  readonly unitsEach: number;
}

/** What goes into one unit of the product, over all levels; equal items are summed. */
export interface Material {
  readonly item: string;
  readonly unit: string;
  readonly quantityMilli: bigint;
}

export interface Exploded {
  readonly steps: readonly ExplodedStep[];
  readonly materials: readonly Material[];
}

export const LEVELS_MAX = 8;
export const STEPS_MAX = 300;
export const UNITS_EACH_MAX = 1000;

type Versions = ReadonlyMap<Id<'productVersion'>, ProductVersion>;

/** As much of a version as its making needs; the top one has no name to be told apart by. */
interface Made {
  readonly productName?: string;
  readonly bom: ProductVersion['bom'];
  readonly routing: readonly Operation[];
}

/**
 * Opens a version over all its levels. Operations of sub-assemblies stand before those that use them; what begins
 * the assembly waits for what ends each of its parts.
 * @param versions every version that is met, `version` itself need not be among them
 * @throws Error when one is missing, or the levels go too deep; `problemOf` says so before a version is written
 */
export function explode(version: Made, versions: Versions): Exploded {
  const steps: ExplodedStep[] = [];
  const materials = new Map<string, Material>();
  /** Appends one level. @returns positions of the operations that end it */
  const add = (part: Made, units: number, level: number): number[] => {
    if (level > LEVELS_MAX) throw new Error(`A bill of materials goes deeper than ${LEVELS_MAX} levels.`);
    const partsDone: number[] = [];
    for (const line of part.bom) {
      if (line.partVersionId === null) {
        addMaterial(materials, line.item, line.unit, line.quantityMilli * BigInt(units));
        continue;
      }
      const inner = versions.get(line.partVersionId);
      if (!inner) throw new Error(`Product version ${line.partVersionId} is not there.`);
      partsDone.push(...add(inner, units * Number(line.quantityMilli / 1000n), level + 1));
    }
    return addSteps(steps, part, level, units, partsDone);
  };
  add(version, 1, 0);
  return { steps, materials: [...materials.values()] };
}

/** One sentence about what keeps a version from being made over its levels; null when nothing does. */
export function problemOf(exploded: Exploded): string | null {
  if (exploded.steps.length > STEPS_MAX)
    return `With its sub-assemblies this version has ${exploded.steps.length} operations; at most ${STEPS_MAX} can be made as one work order.`;
  const most = Math.max(...exploded.steps.map((step) => step.unitsEach));
  if (most > UNITS_EACH_MAX)
    return `One unit would need ${most} of a sub-assembly; at most ${UNITS_EACH_MAX} can be made with it. Take it from the stock instead.`;
  return null;
}

function addMaterial(into: Map<string, Material>, item: string, unit: string, quantityMilli: bigint): void {
  const key = `${item.toLowerCase()}\n${unit}`;
  const known = into.get(key);
  into.set(
    key,
    known ? { ...known, quantityMilli: known.quantityMilli + quantityMilli } : { item, unit, quantityMilli },
  );
}

function addSteps(
  steps: ExplodedStep[],
  part: Omit<Made, 'bom'>,
  level: number,
  unitsEach: number,
  partsDone: readonly number[],
): number[] {
  const offset = steps.length;
  const followed = new Set(part.routing.flatMap((step) => step.after));
  for (const step of part.routing) {
    const after = step.after.length === 0 ? [...partsDone] : step.after.map((position) => position + offset);
    steps.push({
      position: step.position + offset,
      name: level === 0 ? step.name : nameOf(part.productName ?? '', step.name),
      workCentreId: step.workCentreId,
      setupMinutes: step.setupMinutes,
      unitMinutes: step.unitMinutes,
      after: after.sort((a, b) => a - b),
      instructions: step.instructions,
      unitsEach,
    });
  }
  return part.routing.filter((step) => !followed.has(step.position)).map((step) => step.position + offset);
}

const NAME_CHARS_MAX = 120;

/** `Frame: Weld`, so that a maker knows which part of the whole this is. */
function nameOf(product: string, step: string): string {
  return [...`${product}: ${step}`].slice(0, NAME_CHARS_MAX).join('');
}
