import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildProduct,
  buildVersion,
  insertWorkCentres,
  operation,
  versionInput,
  type BuiltProduct,
} from '../support/builders/catalogue.builder.js';
import {
  buildCommunity,
  buildFablab,
  buildMember,
  buildPerson,
  type BuiltCommunity,
  type BuiltPerson,
} from '../support/builders/identity.builder.js';
import { expectRefused, type Refusal } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const CREATE_PRODUCT = `mutation ($input: CreateProductInput!) {
  createProduct(input: $input) { id slug name description fablab { name } versions { id } }
}`;
const CREATE_VERSION = `mutation ($input: CreateProductVersionInput!) {
  createProductVersion(input: $input) {
    id label licence product { name }
    billOfMaterials { position item quantity unit }
    routing { position name workCentreId setupMinutes unitMinutes after instructions }
  }
}`;
const SCOPE = { schemas: ['catalogue', 'platform'] };
const NOWHERE = '019cad3a-0000-7000-8000-0123456789ab';

let app: TestApp;
let mira: BuiltPerson;
let fablab: BuiltCommunity;
let saw: string;
let bench: string;
let foreign: string;
let others: BuiltPerson[];
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  mira = await buildPerson(app, 'Mira');
  fablab = await buildFablab(mira, 'Oakmoor');
  [saw = '', bench = ''] = await insertWorkCentres(app, fablab, ['Saw', 'Bench']);
  const stranger = await buildPerson(app, 'Stranger');
  [foreign = ''] = await insertWorkCentres(app, await buildFablab(stranger, 'Elsewhere'), ['Saw']);
  others = [await buildMember(app, mira, fablab, ['treasurer', 'maker']), stranger];
}, 60_000);
afterAll(() => app?.close());

describe('adding a product', () => {
  it('makes it public', async () => {
    const input = { fablabId: fablab.id, name: ' Cargo trailer ', description: 'For bicycles.' };
    expect(await mira.client.get(CREATE_PRODUCT, { input })).toEqual({
      createProduct: {
        id: expect.any(String),
        slug: 'cargo-trailer',
        name: 'Cargo trailer',
        description: 'For bicycles.',
        fablab: { name: 'Oakmoor' },
        versions: [],
      },
    });
    const query = `{ product(fablabSlug: "${fablab.slug}", slug: "cargo-trailer") { name fablab { slug } } }`;
    expect(await app.client().get(query)).toEqual({
      product: { name: 'Cargo trailer', fablab: { slug: fablab.slug } },
    });
  });

  it('finds a free short name, and takes a wanted one only when it is free in this fablab', async () => {
    const slugs = [];
    for (let index = 0; index < 2; index += 1) slugs.push((await buildProduct(mira, fablab, 'Stool')).slug);
    expect(slugs).toEqual(['stool', 'stool-2']);
    const taken = { input: { fablabId: fablab.id, name: 'Other', slug: 'stool' } };
    const call = { client: mira.client, query: CREATE_PRODUCT, variables: taken };
    await expectRefused(app, SCOPE, call, { code: 'CONFLICT', message: 'has a product “stool” already' });
    const elsewhere = await buildFablab(mira, 'Second lab');
    expect((await buildProduct(mira, elsewhere, 'Stool')).slug).toBe('stool');
  });

  it('is refused to everybody but coordinators of the fablab', async () => {
    const call = { query: CREATE_PRODUCT, variables: { input: { fablabId: fablab.id, name: 'Shelf' } } };
    await expectRefused(app, SCOPE, { ...call, client: app.client() }, { code: 'UNAUTHENTICATED' });
    for (const { client } of others) {
      const refusal = {
        code: 'FORBIDDEN',
        message: 'Only a coordinator of this community can add products.',
      };
      await expectRefused(app, SCOPE, { ...call, client }, refusal);
    }
  });

  it('is refused to a community that does not manufacture', async () => {
    const village = await buildCommunity(mira);
    const variables = { input: { fablabId: village.id, name: 'Shelf' } };
    const refusal = { code: 'BAD_INPUT', fields: ['fablabId'], message: 'does not manufacture' };
    await expectRefused(app, SCOPE, { client: mira.client, query: CREATE_PRODUCT, variables }, refusal);
  });

  const refusals: [string, object, Refusal][] = [
    ['without anything', { fablabId: '', name: '' }, { code: 'BAD_INPUT', fields: ['fablabId', 'name'] }],
    ['with a name that is too long', { name: 'a'.repeat(121) }, { code: 'BAD_INPUT', fields: ['name'] }],
    ['with a malformed short name', { slug: 'A B' }, { code: 'BAD_INPUT', fields: ['slug'] }],
    [
      'with a long description',
      { description: 'a'.repeat(2001) },
      { code: 'BAD_INPUT', fields: ['description'] },
    ],
    ['for a fablab that there is not', { fablabId: NOWHERE }, { code: 'FORBIDDEN' }],
    ['with a name that is none', { name: 5 }, { code: 'BAD_USER_INPUT' }],
  ];
  it.each(refusals)('is refused %s', async (_what, change, refusal) => {
    const variables = { input: { fablabId: fablab.id, name: 'Shelf', ...change } };
    await expectRefused(app, SCOPE, { client: mira.client, query: CREATE_PRODUCT, variables }, refusal);
  });
});

describe('adding a version', () => {
  let product: BuiltProduct;
  beforeAll(async () => {
    product = await buildProduct(mira, fablab, 'Bench');
  });

  const routing = () => [
    operation('Cut', saw),
    operation('Plane', bench),
    { ...operation('Join', bench, [2, 1, 2]), instructions: 'Glue, then clamp.' },
  ];

  function call(change: object = {}) {
    const input = { ...versionInput(product.id, routing(), 'x'), ...change };
    return { client: mira.client, query: CREATE_VERSION, variables: { input } };
  }

  it('pins what it is made of and how, for everyone to read', async () => {
    const input = versionInput(product.id, routing());
    const { createProductVersion: created } = await mira.client.get<{ createProductVersion: { id: string } }>(
      CREATE_VERSION,
      { input },
    );
    expect(created).toEqual({
      id: expect.any(String),
      label: '1.0',
      licence: 'CERN-OHL-S-2.0',
      product: { name: 'Bench' },
      billOfMaterials: [{ position: 1, item: 'Ash board', quantity: '0.5', unit: 'm²' }],
      routing: [
        { position: 1, ...operation('Cut', saw), instructions: null },
        { position: 2, ...operation('Plane', bench), instructions: null },
        { position: 3, ...operation('Join', bench, [1, 2]), instructions: 'Glue, then clamp.' },
      ],
    });
    const query = `query ($id: ID!) { productVersion(id: $id) { label product { slug versions { id label } } } }`;
    expect(await app.client().get(query, { id: created.id })).toEqual({
      productVersion: {
        label: '1.0',
        product: { slug: product.slug, versions: [{ id: created.id, label: '1.0' }] },
      },
    });
  });

  it('is refused under a label that the product has, also when two come at once', async () => {
    await buildVersion(mira, product, routing(), '2.0');
    const refusal = { code: 'CONFLICT', message: '“Bench” has a version “2.0” already.' };
    await expectRefused(app, SCOPE, call({ label: ' 2.0 ' }), refusal);
    const { client, query, variables } = call({ label: '3.0' });
    const answers = await Promise.all([1, 2, 3].map(() => client.ask(query, variables)));
    expect(answers.map((answer) => answer.errors?.[0]?.extensions.code ?? 'done').sort()).toEqual([
      'CONFLICT',
      'CONFLICT',
      'done',
    ]);
  });

  it('is refused to everybody but coordinators of the fablab', async () => {
    await expectRefused(app, SCOPE, { ...call(), client: app.client() }, { code: 'UNAUTHENTICATED' });
    for (const { client } of others) {
      const refusal = { code: 'FORBIDDEN', message: 'add versions of its products' };
      await expectRefused(app, SCOPE, { ...call(), client }, refusal);
    }
  });

  it('is refused with work that waits for itself in a circle, which the sentence names', async () => {
    const circle = [
      operation('Cut', saw, [3]),
      operation('Plane', bench, [1]),
      operation('Join', bench, [2]),
    ];
    await expectRefused(app, SCOPE, call({ routing: circle }), {
      code: 'BAD_INPUT',
      fields: ['routing'],
      message: 'Operation 1 “Cut” → Operation 2 “Plane” → Operation 3 “Join” → Operation 1 “Cut”.',
    });
  });

  it('is refused with a work centre of another fablab, or of none', async () => {
    for (const workCentreId of [foreign, NOWHERE]) {
      await expectRefused(
        app,
        SCOPE,
        call({ routing: [operation('Cut', saw), operation('Join', workCentreId)] }),
        {
          code: 'BAD_INPUT',
          fields: ['routing.1.workCentreId'],
          message: 'Operation 2 “Join”: there is no such work centre in this fablab.',
        },
      );
    }
  });

  const line = { item: 'Ash', quantity: '1', unit: 'm²' };
  const step = { ...operation('Cut', NOWHERE) };
  const refusals: [string, object, Refusal][] = [
    [
      'without a label and a licence',
      { label: ' ', licence: '' },
      { code: 'BAD_INPUT', fields: ['label', 'licence'] },
    ],
    [
      'with texts too long',
      { label: 'a'.repeat(121), licence: 'a'.repeat(121) },
      { code: 'BAD_INPUT', fields: ['label', 'licence'] },
    ],
    ['for no product', { productId: 'bench' }, { code: 'BAD_INPUT', fields: ['productId'] }],
    [
      'for a product that there is not',
      { productId: NOWHERE },
      { code: 'NOT_FOUND', message: 'There is no product' },
    ],
    ['without an operation', { routing: [] }, { code: 'BAD_INPUT', fields: ['routing'] }],
    [
      'with too many operations',
      { routing: Array.from({ length: 101 }, () => step) },
      { code: 'BAD_INPUT', fields: ['routing'] },
    ],
    [
      'with too many lines',
      { billOfMaterials: Array.from({ length: 301 }, () => line) },
      { code: 'BAD_INPUT', fields: ['billOfMaterials'] },
    ],
    [
      'with a quantity of nothing',
      { billOfMaterials: [{ ...line, quantity: '0' }] },
      { code: 'BAD_INPUT', fields: ['billOfMaterials.0.quantity'] },
    ],
    [
      'with a quantity below nothing',
      { billOfMaterials: [{ ...line, quantity: '-1' }] },
      { code: 'BAD_INPUT', fields: ['billOfMaterials.0.quantity'] },
    ],
    [
      'with an operation before the first',
      { routing: [{ ...step, after: [0] }] },
      { code: 'BAD_INPUT', fields: ['routing.0.after.0'] },
    ],
    [
      'with an operation after itself',
      { routing: [{ ...step, after: [1] }] },
      { code: 'BAD_INPUT', fields: ['routing.0.after.0'] },
    ],
    [
      'with minutes out of range',
      { routing: [{ ...step, setupMinutes: -1, unitMinutes: 100_001 }] },
      { code: 'BAD_INPUT', fields: ['routing.0.setupMinutes', 'routing.0.unitMinutes'] },
    ],
    [
      'with minutes that are no whole number',
      { routing: [{ ...step, unitMinutes: 1.5 }] },
      { code: 'BAD_USER_INPUT' },
    ],
    [
      'with instructions that are too long',
      { routing: [{ ...step, instructions: 'a'.repeat(2001) }] },
      { code: 'BAD_INPUT', fields: ['routing.0.instructions'] },
    ],
  ];
  it.each(refusals)('is refused %s', async (_what, change, refusal) => {
    await expectRefused(app, SCOPE, call(change), refusal);
  });
});
