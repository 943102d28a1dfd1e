import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  getNullableType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  type GraphQLInputType,
} from 'graphql';
import { readFileSync } from 'node:fs';
import {
  activeContract,
  buildContractWorld,
  eur,
  type BuiltContract,
  type BuiltPledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { buildMember, type BuiltPerson } from '../support/builders/identity.builder.js';
import {
  REPAY,
  REVERSE_PAYMENT,
  REVERSE_REPAYMENT,
  WRITE_OFF,
  moneyInput,
  owed,
  pay,
  repay,
} from '../support/builders/obligation.builder.js';
import { digestOf, expectRefused } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SCOPE = { schemas: ['contracting', 'ledger', 'platform'] };
const ENTRIES = `query ($ref: String!, $first: Int!, $after: String) { contractEntries(contractRef: $ref, first: $first, after: $after) {
  nodes { accountCode amountMinor currency state description valueDate } pageInfo { hasNextPage endCursor } } }`;

interface Entries {
  readonly contractEntries: {
    readonly nodes: { readonly accountCode: string; readonly amountMinor: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

let app: TestApp;
let world: ContractWorld;
let contract: BuiltContract;
let loan: BuiltPledge;
/** A member of the supporter, without any role. */
let ann: BuiltPerson;
/** A member of the fablab, without any role. */
let maker: BuiltPerson;
let treasurer: BuiltPerson;
const ids: { payment?: string; repayment?: string } = {};

beforeAll(async () => {
  // The worker seals the log, whose place a PDF prints.
  app = await startTestApp();
  world = await buildContractWorld(app);
  ann = await buildMember(app, world.noor, world.north, ['member'], 'Ann');
  maker = await buildMember(app, world.mira, world.fablab, ['member', 'maker'], 'Maker');
  treasurer = await buildMember(app, world.mira, world.fablab, ['treasurer'], 'Tom');
  ({ contract, pledge: loan } = await activeContract(world));
  await pay(world.mira, loan.id, 300_000);
  const done = await repay(world.mira, loan.id, 1_000);
  ids.payment = done.payments[0]?.id;
  ids.repayment = done.obligation.events[0]?.id;
  await world.mira.client.get(REVERSE_REPAYMENT, {
    input: { idempotencyKey: randomUUID(), repaymentId: ids.repayment, reason: 'A trial.' },
  });
}, 60_000);
afterAll(() => app?.close());

describe('a supporter to whom something is owed', () => {
  it('reads the entries of the contract, page by page, and nobody’s beside it', async () => {
    const page = { ref: contract.ref, first: 7 };
    const first = (await ann.client.get<Entries>(ENTRIES, page)).contractEntries;
    const rest = (await ann.client.get<Entries>(ENTRIES, { ...page, after: first.pageInfo.endCursor }))
      .contractEntries;
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
    const { slug } = world.north;
    expect([...first.nodes, ...rest.nodes].map((each) => `${each.accountCode} ${each.amountMinor}`)).toEqual([
      `liabilities:loans:${slug} -1000`,
      'assets:bank 1000',
      `liabilities:loans:${slug} 1000`,
      'assets:bank -1000',
      `assets:pledges:${slug} -300000`,
      `liabilities:pledges:${slug} 300000`,
      `liabilities:loans:${slug} -300000`,
      'assets:bank 300000',
      `liabilities:pledges:${slug} -300000`,
      `assets:pledges:${slug} 300000`,
      `liabilities:pledges:${slug} 300000`,
      `assets:pledges:${slug} -300000`,
      `liabilities:pledges:${slug} -300000`,
      `assets:pledges:${slug} 300000`,
    ]);
    expect((await treasurer.client.get<Entries>(ENTRIES, page)).contractEntries.nodes).toEqual(first.nodes);
    expect((await owed(ann.client, contract.ref)).viewerHasScrutiny).toBe(true);
  });

  it.each([
    ['a supporter that pledged nothing', () => world.sven.client, 'FORBIDDEN'],
    ['a member of the fablab who does not keep its books', () => maker.client, 'FORBIDDEN'],
    ['a visitor', () => app.client(), 'UNAUTHENTICATED'],
  ])('reads what %s does not', async (_who, client, code) => {
    const error = await client().refusal(ENTRIES, { ref: contract.ref, first: 5 });
    expect(error.extensions.code).toBe(code);
  });

  it('can change nothing: no mutation of the whole schema moves a row of the fablab’s', async () => {
    const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    const protectedRows = ['contracting', 'ledger', 'workshop', 'catalogue'];
    const codes: Record<string, string> = {};
    for (const { name, args } of mutations) {
      if (PERSONAL.has(name)) continue;
      const before = await digestOf(app, protectedRows);
      const variables = Object.fromEntries(args.map((arg) => [arg.name, valueOf(arg.type, arg.name)]));
      const head = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
      const pass = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
      const { errors } = await ann.client.ask<unknown>(
        `mutation (${head}) { ${name}${pass ? `(${pass})` : ''} { __typename } }`,
        variables,
      );
      codes[name] = errors?.[0]?.extensions.code ?? 'done';
      expect({ name, rows: await digestOf(app, protectedRows) }).toEqual({ name, rows: before });
    }
    expect(Object.keys(codes).length).toBeGreaterThan(20);
    for (const name of NOT_FOR_A_MEMBER)
      expect({ name, code: codes[name] }).toEqual({ name, code: 'FORBIDDEN' });
    const wrong = Object.entries(codes).filter(([, code]) => code === 'done' || code === 'INTERNAL');
    expect(wrong).toEqual([]);
    // Every mutation there is, with a digest of all rows before and after each.
  }, 120_000);
});

/** What anybody with an account does about oneself: it has nothing to do with a contract. */
const PERSONAL = new Set([
  'signUp',
  'signIn',
  'signOut',
  'signInAsDemoPerson',
  'createCommunity',
  'changeMailSetting',
]);

/** Asked with a good input, so that the role alone is what is missing. */
const NOT_FOR_A_MEMBER = [
  'acceptRelease',
  'proposeAmendment',
  'makePledge',
  'withdrawPledge',
  'changeMemberRoles',
  'inviteMember',
  'createSection',
  'createProduct',
  'createQualification',
  'draftContract',
  'openContract',
  'withdrawContract',
  'recordPayment',
  'recordRepayment',
  'reversePayment',
  'reverseRepayment',
  'waivePledge',
  'deferRepayment',
  'writeOffLoan',
];

/** What is given in the place of another field of the same input. */
const ALTERNATIVES = new Set(['offers', 'thresholds', 'hours', 'goods', 'offer']);

/** A good value for each field, so that a refusal is for the role and not for the form. */
function valueOf(type: GraphQLInputType, name: string): unknown {
  const inner = getNullableType(type);
  if (isListType(inner)) {
    if (ALTERNATIVES.has(name)) return null;
    if (name === 'receivingCommunityIds') return [world.north.id, world.south.id];
    return name === 'milestones' ? [] : [valueOf(inner.ofType as GraphQLInputType, name)];
  }
  if (ALTERNATIVES.has(name)) return null;
  const named = getNamedType(inner);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  if (isInputObjectType(named)) {
    if (named.name === 'MoneyInput') return eur(1);
    return Object.fromEntries(
      Object.values(named.getFields()).map((field) => [field.name, valueOf(field.type, field.name)]),
    );
  }
  const known = KNOWN[name]?.();
  if (known !== undefined) return known;
  if (named.name === 'Int' || named.name === 'Float') return 1;
  if (named.name === 'Boolean') return true;
  if (named.name === 'MinorUnits') return '1';
  if (named.name === 'ID') return randomUUID();
  return /On$|Date$|deadline|^from$|^to$|^day$/.test(name) ? '2026-09-01' : 'Some words';
}

const KNOWN: Record<string, () => unknown> = {
  idempotencyKey: () => randomUUID(),
  contractId: () => contract.id,
  contractRef: () => contract.ref,
  pledgeId: () => loan.id,
  paymentId: () => ids.payment,
  repaymentId: () => ids.repayment,
  communityId: () => world.fablab.id,
  fablabId: () => world.fablab.id,
  productVersionId: () => world.version.id,
  receiverId: () => world.north.id,
  currency: () => 'EUR',
  releaseSha256: () => contract.currentRelease?.sha256,
  slug: () => 'some-words',
  key: () => 'some-words',
  email: () => 'somebody@example.org',
  valueDate: () => '2026-03-01',
  firstDueOn: () => '2027-01-31',
};

describe('after the closing release', () => {
  it('a former supporter sees what the public sees, and nothing is reopened', async () => {
    await repay(treasurer, loan.id, 300_000);
    const seen = await owed(ann.client, contract.ref);
    expect(seen).toMatchObject({ state: 'completed', viewerHasScrutiny: false });
    expect(seen).toEqual(await owed(app.client(), contract.ref));
    const error = await ann.client.refusal(ENTRIES, { ref: contract.ref, first: 5 });
    expect(error.extensions.code).toBe('FORBIDDEN');
    const last = seen.pledges[0]?.obligation.events.at(-1)?.id;
    const refusal = { code: 'INVALID_STATE', message: 'no obligation can be reopened' };
    const reason = 'Too late.';
    for (const [client, query, input] of [
      [world.mira.client, REVERSE_REPAYMENT, { repaymentId: last, reason }],
      [world.mira.client, REVERSE_PAYMENT, { paymentId: ids.payment, reason }],
      [world.mira.client, REPAY, moneyInput(loan.id, 1)],
      [world.noor.client, WRITE_OFF, { pledgeId: loan.id, amount: eur(1), reason }],
    ] as const) {
      const variables = { input: { ...input, idempotencyKey: randomUUID() } };
      await expectRefused(app, SCOPE, { client, query, variables }, refusal);
    }
  });

  it('the registry shows the closing release beside the one that was accepted', async () => {
    const base = `${app.url}/registry/contracts/${contract.ref}`;
    for (const address of [base, `${base}.pdf`, `${base}/releases/1`, `${base}/releases/2.pdf`])
      expect({ address, status: (await fetch(address)).status }).toEqual({ address, status: 200 });
    const document = (await (await fetch(`${base}/releases/2.json`)).json()) as Record<string, unknown>;
    expect(document).toMatchObject({ status: 'completed', closing: { closes: 1 } });
    for (const person of [world.mira, world.noor, ann, treasurer])
      expect(JSON.stringify(document)).not.toContain(person.displayName);
  });
});
