import type { Character } from '../../apps/demo/src/people.js';
import { create } from '../../apps/demo/src/workshop.js';

/** The smallest workshop that can make something. @returns its one work centre */
export async function furnish(coordinator: Character, fablabId: string): Promise<string> {
  const sectionId = await create(coordinator, 'createSection', {
    fablabId,
    name: 'Woodworking',
    slug: 'wood',
  });
  return create(coordinator, 'createWorkCentre', {
    sectionId,
    name: 'Bench',
    capacity: 1,
    requiredQualificationIds: [],
  });
}

/** @returns the version's id */
export async function designProduct(
  coordinator: Character,
  fablabId: string,
  workCentreId: string,
): Promise<string> {
  const productId = await create(coordinator, 'createProduct', {
    fablabId,
    name: 'Stool',
    slug: 'stool',
    description: 'A stool.',
  });
  return create(coordinator, 'createProductVersion', {
    productId,
    label: '1',
    licence: 'CERN-OHL-S-2.0',
    billOfMaterials: [{ item: 'Board', quantity: '1', unit: 'm²' }],
    routing: [{ name: 'Make', workCentreId, setupMinutes: 5, unitMinutes: 30, after: [] }],
  });
}
