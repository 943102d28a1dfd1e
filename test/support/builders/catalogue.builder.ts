import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { TestApp } from '../test-app.js';
import type { BuiltCommunity, BuiltPerson } from './identity.builder.js';

export interface BuiltProduct {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

export interface BuiltVersion {
  readonly id: string;
  readonly label: string;
}

/** One step of a routing, as `createProductVersion` takes it. */
export interface OperationInput {
  readonly name: string;
  readonly workCentreId: string;
  readonly setupMinutes: number;
  readonly unitMinutes: number;
  readonly after: readonly number[];
  readonly instructions?: string;
}

const CREATE_PRODUCT = `mutation ($input: CreateProductInput!) { createProduct(input: $input) { id slug name } }`;
const CREATE_VERSION = `mutation ($input: CreateProductVersionInput!) {
  createProductVersion(input: $input) { id label }
}`;

/** A product of the fablab that the person coordinates. */
export async function buildProduct(
  coordinator: BuiltPerson,
  fablab: BuiltCommunity,
  name = 'Bench',
): Promise<BuiltProduct> {
  const input = { fablabId: fablab.id, name };
  const answer = await coordinator.client.get<{ createProduct: BuiltProduct }>(CREATE_PRODUCT, { input });
  return answer.createProduct;
}

/** An operation of a quarter of an hour for each unit. */
export function operation(name: string, workCentreId: string, after: readonly number[] = []): OperationInput {
  return { name, workCentreId, setupMinutes: 5, unitMinutes: 15, after };
}

/** What `createProductVersion` wants, with one line of material and the routing given. */
export function versionInput(productId: string, routing: readonly OperationInput[], label = '1.0') {
  return {
    productId,
    label,
    licence: 'CERN-OHL-S-2.0',
    billOfMaterials: [{ item: 'Ash board', quantity: '0.5', unit: 'm²' }],
    routing,
  };
}

export async function buildVersion(
  coordinator: BuiltPerson,
  product: BuiltProduct,
  routing: readonly OperationInput[],
  label = '1.0',
): Promise<BuiltVersion> {
  const input = versionInput(product.id, routing, label);
  const answer = await coordinator.client.get<{ createProductVersion: BuiltVersion }>(CREATE_VERSION, {
    input,
  });
  return answer.createProductVersion;
}

/**
 * Work centres of a new section, written straight into the tables: the catalogue only refers to them, and its
 * tests shall not depend on how the workshop makes them.
 */
export async function insertWorkCentres(
  app: TestApp,
  fablab: BuiltCommunity,
  names: readonly string[],
): Promise<string[]> {
  const client = new pg.Client({ connectionString: app.database.ownerUrl });
  await client.connect();
  try {
    const sectionId = randomUUID();
    await client.query(
      `INSERT INTO workshop.section (id, fablab_id, slug, name, created_at) VALUES ($1, $2, $3, 'Section', $4)`,
      [sectionId, fablab.id, `section-${sectionId.slice(0, 8)}`, app.clock.now()],
    );
    const ids = names.map(() => randomUUID());
    await client.query(
      `INSERT INTO workshop.work_centre (id, fablab_id, section_id, name, capacity, created_at)
       SELECT id, $1, $2, name, 1, $5 FROM unnest($3::uuid[], $4::text[]) AS centre (id, name)`,
      [fablab.id, sectionId, ids, names, app.clock.now()],
    );
    return ids;
  } finally {
    await client.end();
  }
}
