import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import {
  buildProduct,
  buildVersion,
  insertWorkCentres,
  operation,
} from '../support/builders/catalogue.builder.js';
import {
  buildFablab,
  buildPerson,
  type BuiltCommunity,
  type BuiltPerson,
} from '../support/builders/identity.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const LIST = `query ($fablabSlug: String, $first: Int, $after: String) {
  products(fablabSlug: $fablabSlug, first: $first, after: $after) {
    nodes { name versions { label } fablab { name } } pageInfo { hasNextPage endCursor }
  }
}`;

interface List {
  products: {
    nodes: { name: string; versions: { label: string }[] }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

let app: TestApp;
let mira: BuiltPerson;
let oakmoor: BuiltCommunity;
let versionId: string;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  mira = await buildPerson(app, 'Mira');
  oakmoor = await buildFablab(mira, 'Oakmoor');
  const elmfield = await buildFablab(mira, 'Elmfield');
  const [saw = ''] = await insertWorkCentres(app, oakmoor, ['Saw']);
  for (const name of ['Table', 'Bench', 'Shelf']) await buildProduct(mira, oakmoor, name);
  const product = await buildProduct(mira, oakmoor, 'Trailer');
  for (const label of ['2', '10', '1']) {
    const routing = [operation('Cut', saw), operation('Join', saw, [1])];
    versionId = (await buildVersion(mira, product, routing, label)).id;
    app.clock.advance({ seconds: 1 });
  }
  await buildProduct(mira, elmfield, 'Lamp');
}, 60_000);
afterAll(() => app?.close());

describe('the list of products', () => {
  it('is public, by name, page by page, with versions in the order in which they were made', async () => {
    const all = await app.client().get<List>(LIST);
    expect(all.products.nodes.map((node) => node.name)).toEqual([
      'Bench',
      'Lamp',
      'Shelf',
      'Table',
      'Trailer',
    ]);
    expect(all.products.nodes.at(-1)?.versions.map((version) => version.label)).toEqual(['2', '10', '1']);
    const names: string[] = [];
    let after: string | null = null;
    do {
      const { products }: List = await app.client().get<List>(LIST, { first: 2, after });
      names.push(...products.nodes.map((node) => node.name));
      after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null;
    } while (after !== null);
    expect(names).toEqual(['Bench', 'Lamp', 'Shelf', 'Table', 'Trailer']);
  });

  it('can be that of one fablab, and is empty for one that there is not', async () => {
    const own = await app.client().get<List>(LIST, { fablabSlug: oakmoor.slug });
    expect(own.products.nodes.map((node) => node.name)).toEqual(['Bench', 'Shelf', 'Table', 'Trailer']);
    for (const fablabSlug of ['nowhere', 'No Slug', '\0']) {
      expect((await app.client().get<List>(LIST, { fablabSlug })).products.nodes).toEqual([]);
    }
  });

  it('refuses a page out of range, and a cursor that is not its own', async () => {
    const cursor = Buffer.from(JSON.stringify(['Bench', 'x'])).toString('base64url');
    for (const variables of [{ first: 0 }, { first: 101 }, { after: 'x' }, { after: cursor }]) {
      expect((await app.client().refusal(LIST, variables)).extensions.code).toBe('BAD_INPUT');
    }
  });

  it('holds no product and no version that there is not', async () => {
    const query = `query ($id: ID!, $slug: String!) {
      productVersion(id: $id) { id } product(fablabSlug: "${oakmoor.slug}", slug: $slug) { id }
    }`;
    const nothing = { productVersion: null, product: null };
    const id = '019cad3a-0000-7000-8000-0123456789ab';
    expect(await app.client().get(query, { id: 'x', slug: '\0' })).toEqual(nothing);
    expect(await app.client().get(query, { id, slug: 'nothing' })).toEqual(nothing);
  });
});

describe('a version, in the database', () => {
  async function refusal(sql: string, values: unknown[] = []): Promise<string> {
    const client = new pg.Client({ connectionString: app.database.ownerUrl });
    await client.connect();
    try {
      await client.query(sql, values);
      return 'went through';
    } catch (error) {
      return (error as pg.DatabaseError).message;
    } finally {
      await client.end();
    }
  }

  it.each(['product_version', 'bom_line', 'operation', 'operation_predecessor'])(
    'never loses or changes a %s, not even by the owner of the tables',
    async (table) => {
      const column = table === 'product_version' ? 'id' : 'product_version_id';
      const refused = `catalogue.${table} is append-only`;
      expect(await refusal(`UPDATE catalogue.${table} SET ${column} = ${column}`)).toContain(refused);
      expect(await refusal(`DELETE FROM catalogue.${table}`)).toContain(refused);
      expect(await refusal(`TRUNCATE catalogue.${table} CASCADE`)).toContain(
        'is append-only: TRUNCATE refused',
      );
    },
  );

  it('takes no part after it was written', async () => {
    const sealed = `product version ${versionId} is sealed`;
    const bom = `INSERT INTO catalogue.bom_line VALUES ($1, 2, 'Glue', 1000, 'l')`;
    expect(await refusal(bom, [versionId])).toContain(sealed);
    const step = `INSERT INTO catalogue.operation SELECT gen_random_uuid(), product_version_id, fablab_id, 3, name,
      work_centre_id, 1, 1, NULL FROM catalogue.operation WHERE product_version_id = $1 AND position = 1`;
    expect(await refusal(step, [versionId])).toContain(sealed);
    const after = `INSERT INTO catalogue.operation_predecessor VALUES ($1, 1, 2)`;
    expect(await refusal(after, [versionId])).toContain(sealed);
  });

  it('has at least one operation', async () => {
    const empty = `INSERT INTO catalogue.product_version
      SELECT gen_random_uuid(), product_id, fablab_id, 'empty', licence, now() FROM catalogue.product_version
      WHERE id = $1`;
    expect(await refusal(empty, [versionId])).toContain('has no operation');
  });
});
