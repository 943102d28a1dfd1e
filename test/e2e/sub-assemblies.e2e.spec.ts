import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildProduct, operation } from '../support/builders/catalogue.builder.js';
import { buildFablab, type BuiltCommunity } from '../support/builders/identity.builder.js';
import { activateContract, buildSection, buildWorkCentre } from '../support/builders/workshop.builder.js';
import { NOWHERE, WorkshopWorld } from '../support/builders/workshop-world.js';

const CREATE = `mutation ($input: CreateProductVersionInput!) {
  createProductVersion(input: $input) { id billOfMaterials { item partVersionId } }
}`;

const world = new WorkshopWorld();
let bench: string;
let section: string;
beforeAll(async () => {
  await world.open();
  const built = await buildSection(world.mira, world.fablab, 'Assembly');
  section = built.slug;
  bench = (await buildWorkCentre(world.mira, built, 'Bench')).id;
}, 90_000);
afterAll(() => world.app?.close());

interface Line {
  readonly item: string;
  readonly quantity: string;
  readonly partVersionId?: string;
}

function inputOf(productId: string, lines: readonly Line[], step: string, label = '1.0') {
  const billOfMaterials = lines.map((line) => ({ unit: 'pcs', ...line }));
  return { productId, label, licence: 'MIT', billOfMaterials, routing: [operation(step, bench)] };
}

async function version(
  name: string,
  lines: readonly Line[],
  step: string,
  fablab: BuiltCommunity = world.fablab,
) {
  const product = await buildProduct(world.mira, fablab, name);
  const { createProductVersion: made } = await world.mira.client.get<{
    createProductVersion: { id: string };
  }>(CREATE, { input: inputOf(product.id, lines, step) });
  return { product, id: made.id };
}

describe('a product with sub-assemblies', () => {
  it('becomes one work order, in which parts are made before what holds them', async () => {
    const wheel = await version('Wheel', [{ item: 'Spoke', quantity: '32' }], 'Lace');
    const cart = await version('Cart', [{ item: 'Wheel', quantity: '2', partVersionId: wheel.id }], 'Mount');
    await activateContract(world.app, world.fablab, cart.id, [{ quantity: 3 }]);
    const query = `query ($f: String!, $s: String!) { section(fablabSlug: $f, sectionSlug: $s) {
      jobs { name position after quantity plannedMinutes state } } }`;
    expect(await world.mira.client.get(query, { f: world.fablab.slug, s: section })).toEqual({
      section: {
        jobs: [
          { name: 'Wheel: Lace', position: 1, after: [], quantity: 6, plannedMinutes: 95, state: 'ready' },
          { name: 'Mount', position: 2, after: [1], quantity: 3, plannedMinutes: 50, state: 'waiting' },
        ],
      },
    });
  });

  it('is refused in halves, from elsewhere, and as a part of itself', async () => {
    const inner = await version('Frame', [], 'Weld');
    const outer = await version('Rack', [{ item: 'Frame', quantity: '1', partVersionId: inner.id }], 'Screw');
    const line = (partVersionId: string, quantity = '1') => [{ item: 'Part', quantity, partVersionId }];
    const refused = (productId: string, lines: readonly Line[], message: string) =>
      world.refused(world.mira, CREATE, inputOf(productId, lines, 'Do', '2.0'), {
        code: 'BAD_INPUT',
        message,
      });
    await refused(outer.product.id, line(inner.id, '0.5'), 'made whole');
    await refused(outer.product.id, line(NOWHERE), 'no such version in this fablab');
    await refused(inner.product.id, line(inner.id), 'a product cannot be a part of itself');
    await refused(inner.product.id, line(outer.id), 'a product cannot be a part of itself');
    await refused(outer.product.id, line(inner.id, '1001'), 'Take it from the stock instead');
    const other = await buildFablab(world.mira, 'Elsewhere');
    const theirs = await buildProduct(world.mira, other, 'Foreign');
    await refused(theirs.id, line(inner.id), 'no such version in this fablab');
  });
});
