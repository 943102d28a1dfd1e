import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#platform';
import { operation } from '../support/builders/catalogue.builder.js';
import {
  act,
  activateContract,
  buildRouting,
  buildSection,
  buildWorkCentre,
  takeNext,
} from '../support/builders/workshop.builder.js';
import { NOWHERE, WorkshopWorld } from '../support/builders/workshop-world.js';

const CREATE = `mutation ($input: CreateStockItemInput!) { createStockItem(input: $input) { id name unit onHand } }`;
const MOVE = `mutation ($input: MoveStockInput!) { moveStock(input: $input) { onHand } }`;
const SHORTAGES = `query ($id: ID!) { shortages(fablabId: $id) { item unit needed onHand missing } }`;

const world = new WorkshopWorld();
let itemId: string;
beforeAll(() => world.open(), 90_000);
afterAll(() => world.app?.close());

async function move(kind: string, quantity: string, idempotencyKey: string = randomUUID()): Promise<string> {
  const input = { idempotencyKey, itemId, kind, quantity };
  return (await world.ben.client.get<{ moveStock: { onHand: string } }>(MOVE, { input })).moveStock.onHand;
}

describe('the stock', () => {
  it('is what was received, less what was taken, and what a count finds', async () => {
    const input = { fablabId: world.fablab.id, name: ' Ash board ', unit: 'm²' };
    const { createStockItem: made } = await world.mira.client.get<{ createStockItem: { id: string } }>(
      CREATE,
      {
        input,
      },
    );
    expect(made).toEqual({ id: expect.any(String), name: 'Ash board', unit: 'm²', onHand: '0' });
    itemId = made.id;
    const key = randomUUID();
    expect([await move('receipt', '1.5', key), await move('receipt', '1.5', key)]).toEqual(['1.5', '1.5']);
    expect([await move('issue', '0.25'), await move('count', '1'), await move('count', '0')]).toEqual([
      '1.25',
      '1',
      '0',
    ]);
    expect(await move('receipt', '0.4')).toBe('0.4');
  });

  it('refuses what cannot be, and changes nothing then', async () => {
    const item = { fablabId: world.fablab.id, name: 'ASH board', unit: 'm²' };
    await world.refused(world.mira, CREATE, item, { code: 'CONFLICT' });
    for (const other of [world.stranger, world.tomas, world.member])
      await world.refused(other, CREATE, { ...item, name: 'Oil' }, { code: 'FORBIDDEN' });
    const good = { idempotencyKey: randomUUID(), itemId, kind: 'issue', quantity: '0.401' };
    await world.refused(world.ben, MOVE, good, {
      code: 'INVALID_STATE',
      message: 'Only 0.4 m² of “Ash board” are there',
    });
    for (const other of [world.stranger, world.member])
      await world.refused(other, MOVE, { ...good, quantity: '0.1' }, { code: 'FORBIDDEN' });
    await world.refused(
      world.ben,
      MOVE,
      { ...good, quantity: '0' },
      { code: 'BAD_INPUT', fields: ['quantity'] },
    );
    await world.refused(world.ben, MOVE, { ...good, itemId: NOWHERE }, { code: 'NOT_FOUND' });
    const refusedBy = async (sql: string): Promise<string | undefined> => {
      const error: unknown = await world.app.app
        .get(Database)
        .query(sql)
        .then(
          () => null,
          (caught: unknown) => caught,
        );
      return (error as { constraint?: string } | null)?.constraint;
    };
    expect(await refusedBy(`UPDATE workshop.stock_item SET on_hand_milli = -1`)).toBe(
      'stock_item_on_hand_range',
    );
    await expect(world.app.app.get(Database).query(`DELETE FROM workshop.stock_movement`)).rejects.toThrow();
  });

  it('is short of what the open orders need beyond it, until their work has begun', async () => {
    const section = await buildSection(world.mira, world.fablab, 'Boards');
    const bench = await buildWorkCentre(world.mira, section, 'Bench');
    const steps = [operation('Cut', bench.id), operation('Join', bench.id, [1])];
    const versionId = await buildRouting(world.mira, world.fablab, steps, 'Shelf');
    await activateContract(world.app, world.fablab, versionId, [{ quantity: 3 }]);
    const asked = { id: world.fablab.id };
    expect(await world.member.client.get(SHORTAGES, asked)).toEqual({
      shortages: [{ item: 'Ash board', unit: 'm²', needed: '1.5', onHand: '0.4', missing: '1.1' }],
    });
    const { job } = await takeNext(world.ben, section);
    if (!job) throw new Error('A job was expected.');
    await act(world.ben, 'startJob', job);
    await act(world.ben, 'completeJob', job, { quantityGood: 3, quantityScrapped: 0 });
    expect(await world.member.client.get(SHORTAGES, asked)).toEqual({ shortages: [] });
  });
});
