import { describe, expect, it } from '@jest/globals';
import type { Id } from '#kernel';
import { explode, problemOf } from './explode.js';
import type { BomLine, ProductVersion } from './product.js';

const version = (name: string): Id<'productVersion'> => name as Id<'productVersion'>;

function line(item: string, milli: bigint, part: string | null = null): BomLine {
  return {
    position: 1,
    item,
    unit: 'pcs',
    quantityMilli: milli,
    partVersionId: part === null ? null : version(part),
  };
}

function made(name: string, bom: BomLine[], steps: [string, number[]][]): ProductVersion {
  const routing = steps.map(([step, after], index) => ({
    id: `${name}-${index}` as Id<'operation'>,
    position: index + 1,
    name: step,
    workCentreId: 'bench' as Id<'workCentre'>,
    setupMinutes: 5,
    unitMinutes: 10,
    after,
    instructions: null,
  }));
  return {
    ...{ id: version(name), label: '1', licence: 'MIT', productId: 'p' as Id<'product'>, productName: name },
    ...{ productSlug: name, fablabId: 'f' as Id<'community'>, bom, routing },
  };
}

const wheel = made(
  'Wheel',
  [line('Spoke', 32_000n), line('Rim', 1000n)],
  [
    ['Lace', []],
    ['True', [1]],
  ],
);
const axle = made('Axle', [line('Wheel', 2000n, 'Wheel'), line('Rod', 500n)], [['Press', []]]);
const trailer = made(
  'Trailer',
  [line('Axle', 1000n, 'Axle'), line('Bed', 1000n), line('Rim', 1000n)],
  [
    ['Weld', []],
    ['Paint', []],
    ['Assemble', [1, 2]],
  ],
);
const versions = new Map([wheel, axle].map((each) => [each.id, each]));

describe('a version with sub-assemblies', () => {
  it('is made from the inside out, each part as often as it is needed', () => {
    expect(
      explode(trailer, versions).steps.map(({ position, name, after, unitsEach }) => [
        position,
        name,
        after,
        unitsEach,
      ]),
    ).toEqual([
      [1, 'Wheel: Lace', [], 2],
      [2, 'Wheel: True', [1], 2],
      [3, 'Axle: Press', [2], 1],
      [4, 'Weld', [3], 1],
      [5, 'Paint', [3], 1],
      [6, 'Assemble', [4, 5], 1],
    ]);
  });

  it('needs the material of all its levels', () => {
    expect(
      explode(trailer, versions).materials.map(({ item, quantityMilli }) => [item, quantityMilli]),
    ).toEqual([
      ['Spoke', 64_000n],
      ['Rim', 3000n],
      ['Rod', 500n],
      ['Bed', 1000n],
    ]);
  });

  it('is itself when it has none', () => {
    const { steps, materials } = explode(wheel, new Map());
    expect(steps.map((step) => [step.name, step.unitsEach])).toEqual([
      ['Lace', 1],
      ['True', 1],
    ]);
    expect(materials).toHaveLength(2);
  });

  it('is refused when it goes round, or grows past what one order can hold', () => {
    const round = made('Round', [line('Round', 1000n, 'Round')], [['Turn', []]]);
    expect(() => explode(round, new Map([[round.id, round]]))).toThrow('deeper than 8 levels');
    expect(() => explode(trailer, new Map())).toThrow('is not there');
    const many = made('Many', [line('Wheel', 2_000_000n, 'Wheel')], [['Stack', []]]);
    expect(problemOf(explode(many, versions))).toContain('One unit would need 2000 of a sub-assembly');
    expect(problemOf(explode(trailer, versions))).toBeNull();
  });
});
