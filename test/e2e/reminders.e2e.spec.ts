import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LapseContracts, SendReminders } from '#contracting';
import { Database } from '#platform';
import { propose } from '../support/builders/amendment.builder.js';
import {
  accept,
  activeContract,
  buildContractWorld,
  openContract,
  pledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { buildMember, type BuiltPerson } from '../support/builders/identity.builder.js';
import { pay, repay } from '../support/builders/obligation.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
let tess: BuiltPerson;
let reminders: SendReminders;
beforeAll(async () => {
  app = await startTestApp();
  world = await buildContractWorld(app);
  tess = await buildMember(app, world.mira, world.fablab, ['member', 'treasurer'], 'Tess');
  await buildMember(app, world.noor, world.north, ['member'], 'Mel');
  reminders = app.worker?.get(SendReminders) as SendReminders;
}, 60_000);
afterAll(() => app?.close());

let seen: string[] = [];

/** Mails that were not there before, as «to: subject». */
async function news(): Promise<string[]> {
  // The worker's own relay may have an event in hand that `settle` passes by. The work of these contracts can not be
  // planned, as their work centre is none of a workshop's: that event is tried again and again.
  for (let waiting = 1; waiting > 0;) {
    await app.settle();
    const row = await app.app.get(Database).queryOne<{ n: number }>(
      `SELECT count(*)::int AS n FROM platform.outbox
       WHERE dispatched_at IS NULL AND type <> 'contracting.contract-activated'`,
    );
    waiting = row?.n ?? 0;
  }
  const rows = await app.app.get(Database).query<{ id: string; line: string }>(
    `SELECT m.id, p.display_name || ': ' || m.subject AS line FROM identity.mail m
     JOIN identity.person p ON p.id = m.person_id WHERE m.id <> ALL ($1::uuid[]) ORDER BY line`,
    [seen],
  );
  seen = [...seen, ...rows.map(({ id }) => id)];
  return rows.map(({ line }) => line);
}

async function on(day: string): Promise<void> {
  app.clock.advance({ seconds: (Date.parse(`${day}T08:00:00Z`) - app.clock.now().getTime()) / 1000 });
  const query = `mutation ($input: SignInInput!) { signIn(input: $input) { id } }`;
  for (const { client, email, password } of [world.mira, world.noor, world.sven, tess])
    await client.get(query, { input: { email, password } });
}

beforeEach(async () => void (await news()));

describe('those whom a contract concerns', () => {
  it('are told that it is active, once, and then what is due, each by their role', async () => {
    const repayment = {
      instalments: 2,
      firstDueOn: '2026-07-31',
      everyMonths: 1,
      interestBasisPointsPerYear: 0,
    };
    const { contract, pledge: loan } = await activeContract(world, { repayment });
    expect([await reminders.run(), await reminders.run()]).toEqual([4, 0]);
    expect(await news()).toEqual(
      ['Mira', 'Noor', 'Sven', 'Tess'].map((name) => `${name}: ${contract.ref} is active`),
    );
    await pay(world.mira, loan.id, 300_000);
    await on('2026-07-23');
    expect([await reminders.run(), await news()]).toEqual([0, []]);
    await on('2026-07-24');
    // Two rounds at once, as two workers would: the database lets one of them write.
    const written = await Promise.all([reminders.run(), reminders.run()]);
    expect(written.sort()).toEqual([0, 1]);
    expect(await news()).toEqual([`Tess: ${contract.ref}: 1,500.00 EUR is due to North Village`]);
    await on('2026-07-31');
    expect([await reminders.run(), await reminders.run()]).toEqual([1, 0]);
    expect(await news()).toEqual([`Tess: ${contract.ref}: 1,500.00 EUR is due now to North Village`]);
    await on('2026-08-08');
    expect(await reminders.run()).toBe(2);
    // North has no treasurer: who coordinates it is told.
    expect(await news()).toEqual([
      `Noor: ${contract.ref}: 1,500.00 EUR from Oakmoor Fablab is late`,
      `Tess: ${contract.ref}: 1,500.00 EUR is late to North Village`,
    ]);
    await repay(world.mira, loan.id, 150_000);
    expect([await reminders.run(), await news()]).toEqual([0, []]);
    await repay(world.mira, loan.id, 150_000);
    expect(await news()).toEqual(
      ['Mira', 'Noor', 'Sven', 'Tess'].map((name) => `${name}: ${contract.ref} is completed`),
    );
  });

  it('are told of an amendment that waits for them', async () => {
    const { contract } = await activeContract(world, { deadline: '2026-09-15' });
    await reminders.run();
    await news();
    await propose(world, contract, { deadline: '2026-09-15', title: 'Trailers, later' });
    expect(await news()).toEqual(
      ['Mira', 'Noor', 'Sven'].map(
        (name) => `${name}: ${contract.ref}: an amendment waits for your community`,
      ),
    );
  });

  it('are told what is missing before a deadline, and that it has passed', async () => {
    const deadline = '2026-09-30';
    const deliverable = {
      productVersionId: world.version.id,
      dueOn: '2026-12-31',
      tier: 'fair',
      quantity: 1,
    };
    const contract = await openContract(world, {
      deadline,
      deliverables: [
        { ...deliverable, receiverId: world.north.id, unitPrice: { amountMinor: '1', currency: 'EUR' } },
        { ...deliverable, receiverId: world.south.id, unitPrice: { amountMinor: '1', currency: 'EUR' } },
      ],
      milestones: [],
    });
    await accept(world.mira, contract, world.fablab);
    await accept(world.noor, contract, world.north);
    await pledge(world.noor, contract, world.north, 100_000);
    await on('2026-09-01');
    await reminders.run();
    const own = async (): Promise<string[]> => (await news()).filter((line) => line.includes(contract.ref));
    expect(await own()).toEqual([`Sven: ${contract.ref} waits for your community’s acceptance`]);
    await on('2026-09-28');
    await reminders.run();
    expect(await own()).toEqual([
      `Mira: ${contract.ref} still looks for 2,000.00 EUR, until 30 September 2026`,
      `Noor: ${contract.ref} still looks for 2,000.00 EUR, until 30 September 2026`,
      `Sven: ${contract.ref} waits for your community’s acceptance, until 30 September 2026`,
    ]);
    await on('2026-10-01');
    await app.worker?.get(LapseContracts).run();
    expect(await own()).toEqual(
      ['Mira', 'Noor', 'Sven', 'Tess'].map((name) => `${name}: ${contract.ref} has lapsed`),
    );
  });

  it('are told of a question near the end of its answer time, and not when they want no such mails', async () => {
    const { contract } = await activeContract(world, {
      deadline: '2027-03-31',
      deliverables: [
        {
          productVersionId: world.version.id,
          dueOn: '2027-06-30',
          tier: 'fair',
          quantity: 1,
          receiverId: world.north.id,
          unitPrice: { amountMinor: '1', currency: 'EUR' },
        },
        {
          productVersionId: world.version.id,
          dueOn: '2027-06-30',
          tier: 'free',
          quantity: 1,
          receiverId: world.south.id,
          unitPrice: { amountMinor: '0', currency: 'EUR' },
        },
      ],
      milestones: [],
    });
    const ask = `mutation ($input: AskQuestionInput!) { askQuestion(input: $input) { number } }`;
    const input = {
      idempotencyKey: randomUUID(),
      contractId: contract.id,
      communityId: world.north.id,
      text: 'Is the axle galvanised?',
    };
    await world.noor.client.get(ask, { input });
    await reminders.run();
    await news();
    await on('2026-10-12');
    await reminders.run();
    const own = async (): Promise<string[]> => (await news()).filter((line) => line.includes('question 1'));
    expect(await own()).toEqual([`Mira: ${contract.ref}: question 1 is to be answered by 15 October 2026`]);
    const change = `mutation ($input: ChangeMailSettingInput!) { changeMailSetting(input: $input) { kind } }`;
    await world.mira.client.get(change, { input: { kind: 'questions', isOn: false } });
    await on('2026-10-17');
    await reminders.run();
    expect(await own()).toEqual([]);
  });
});
