import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

const SCOPE = { schemas: ['contracting', 'platform'] };
const SAVE = `mutation ($input: SaveContractTemplateInput!) { saveContractTemplate(input: $input) { key revision } }`;
const LIST = `query ($slug: String!) { contractTemplates(fablabSlug: $slug) {
  key revision name milestones { name afterDays } } }`;

interface Template {
  readonly key: string;
  readonly revision: number;
  readonly name: string;
}

let app: TestApp;
let mira: BuiltPerson;
let maker: BuiltPerson;
let fablab: BuiltCommunity;
let other: BuiltCommunity;
let village: BuiltCommunity;

beforeAll(async () => {
  app = await startTestApp({ worker: false });
  mira = await buildPerson(app, 'Mira');
  fablab = await buildFablab(mira, 'Oakmoor Fablab');
  other = await buildFablab(await buildPerson(app, 'Olga'), 'Elmside Fablab');
  village = await buildCommunity(mira, { name: 'North Village' });
  maker = await buildMember(app, mira, fablab, ['maker'], 'Maker');
}, 60_000);
afterAll(() => app?.close());

const input = (over: Record<string, unknown> = {}) => ({
  fablabId: fablab.id,
  key: 'prototype-first',
  revision: 0,
  name: 'One first',
  purpose: 'Something new.',
  summary: 'One is made and inspected, then the rest.',
  repaymentTerms: 'What is not spent is paid back.',
  endCondition: 'The rest is delivered.',
  mediator: 'The arbitration board of the makers’ network',
  deadlineAfterDays: 30,
  milestones: [{ name: 'Prototype inspected', afterDays: 60 }],
  ...over,
});
const list = async (of: BuiltCommunity): Promise<readonly Template[]> =>
  (await app.client().get<{ contractTemplates: Template[] }>(LIST, { slug: of.slug })).contractTemplates;
const refuse = (person: BuiltPerson, over: Record<string, unknown>, refusal: Refusal): Promise<unknown> =>
  expectRefused(
    app,
    SCOPE,
    { client: person.client, query: SAVE, variables: { input: input(over) } },
    refusal,
  );

describe('contract templates', () => {
  it('are there for every fablab without anybody writing them, and for nobody else', async () => {
    expect((await list(fablab)).map(({ name, revision }) => [name, revision])).toEqual([
      ['Loan against units', 0],
      ['Pre-purchase', 0],
      ['Prototype first, inspection, then the rest', 0],
    ]);
    expect(await list(village)).toEqual([]);
  });

  it('are changed by a fablab for itself alone, each change upon the last one', async () => {
    await mira.client.get(SAVE, { input: input() });
    await mira.client.get(SAVE, { input: input({ revision: 1, name: 'One first, then the rest' }) });
    await mira.client.get(SAVE, { input: input({ key: 'repair-day', name: 'Repair day' }) });
    expect((await list(fablab)).map(({ key, revision, name }) => [key, revision, name])).toEqual([
      ['loan-against-units', 0, 'Loan against units'],
      ['pre-purchase', 0, 'Pre-purchase'],
      ['prototype-first', 2, 'One first, then the rest'],
      ['repair-day', 1, 'Repair day'],
    ]);
    expect((await list(other)).map(({ revision }) => revision)).toEqual([0, 0, 0]);
    await refuse(mira, { revision: 1 }, { code: 'CONFLICT', message: 'revision 1, it is at 2' });
    await refuse(mira, { revision: 0 }, { code: 'CONFLICT' });
  });

  it('are changed once when two coordinators change the same one at the same time', async () => {
    const both = await Promise.all(
      ['Ours', 'Theirs'].map((name) =>
        mira.client.ask(SAVE, { input: input({ key: 'pre-purchase', name }) }),
      ),
    );
    expect(both.filter(({ errors }) => errors === undefined)).toHaveLength(1);
    expect((await list(fablab)).find(({ key }) => key === 'pre-purchase')?.revision).toBe(1);
  });

  it('are refused to others than coordinators of the fablab, and with a forbidden clause', async () => {
    await refuse(maker, {}, { code: 'FORBIDDEN', message: 'Only a coordinator' });
    await refuse(mira, { fablabId: other.id }, { code: 'FORBIDDEN' });
    await refuse(mira, { fablabId: village.id }, { code: 'BAD_INPUT', fields: ['fablabId'] });
    await refuse(
      mira,
      { endCondition: 'Ownership of the workshop passes to the lenders.' },
      { code: 'BAD_INPUT', message: 'transfer of ownership', fields: ['endCondition'] },
    );
    await refuse(
      mira,
      { key: 'No word', deadlineAfterDays: 0 },
      {
        code: 'BAD_INPUT',
        fields: ['key', 'deadlineAfterDays'],
      },
    );
  });
});
