import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Id } from '#kernel';
import {
  buildProduct,
  buildVersion,
  insertWorkCentres,
  operation,
} from '../../../test/support/builders/catalogue.builder.js';
import { buildFablab, buildPerson } from '../../../test/support/builders/identity.builder.js';
import { startTestApp, type TestApp } from '../../../test/support/test-app.js';
import { CatalogueService } from './catalogue.service.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
}, 60_000);
afterAll(() => app?.close());

it('gives other contexts a version with all that pins it, quantities as exact integers', async () => {
  const mira = await buildPerson(app, 'Mira');
  const fablab = await buildFablab(mira);
  const product = await buildProduct(mira, fablab, 'Cargo trailer');
  const [saw = ''] = await insertWorkCentres(app, fablab, ['Saw']);
  const version = await buildVersion(mira, product, [operation('Cut', saw), operation('Join', saw, [1])]);
  const id = version.id as Id<'productVersion'>;
  const nothing = '019cad3a-0000-7000-8000-0123456789ab' as Id<'productVersion'>;
  const summary = {
    id,
    label: '1.0',
    licence: 'CERN-OHL-S-2.0',
    productId: product.id,
    productName: 'Cargo trailer',
    productSlug: 'cargo-trailer',
    fablabId: fablab.id,
  };
  const times = { workCentreId: saw, setupMinutes: 5, unitMinutes: 15, instructions: null };
  const catalogue = app.app.get(CatalogueService);
  expect(await catalogue.versionsByIds([nothing, id])).toEqual([
    {
      ...summary,
      bom: [{ position: 1, item: 'Ash board', quantityMilli: 500n, unit: 'm²', partVersionId: null }],
      routing: [
        { id: expect.any(String), position: 1, name: 'Cut', after: [], ...times },
        { id: expect.any(String), position: 2, name: 'Join', after: [1], ...times },
      ],
    },
  ]);
  expect(await catalogue.versionSummariesByIds([id])).toEqual([summary]);
  expect(await catalogue.versionById(nothing)).toBeNull();
});
