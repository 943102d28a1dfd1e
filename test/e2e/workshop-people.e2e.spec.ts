import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#platform';
import { buildMember, type BuiltPerson } from '../support/builders/identity.builder.js';
import {
  act,
  buildQualification,
  buildReadyJobs,
  buildSection,
  buildWorkCentre,
  takeNext,
  type BuiltQualification,
  type BuiltSection,
  type TakenJob,
} from '../support/builders/workshop.builder.js';
import { NOWHERE, WorkshopWorld } from '../support/builders/workshop-world.js';

const GRANT = `mutation ($input: GrantQualificationInput!) {
  grantQualification(input: $input) { id level mayTeach expiresOn supervisor { displayName } }
}`;
const WITHDRAW = `mutation ($input: WithdrawQualificationInput!) { withdrawQualification(input: $input) { supersededAt withdrawnReason } }`;
const STAY = `{ id fromDay toDay skills person { displayName } host { displayName } onboarding { position text tickedAt } }`;
const CREATE_STAY = `mutation ($input: CreateStayInput!) { createStay(input: $input) ${STAY} }`;
const UPDATE_STAY = `mutation ($input: UpdateStayInput!) { updateStay(input: $input) ${STAY} }`;
const CANCEL_STAY = `mutation ($input: CancelStayInput!) { cancelStay(input: $input) { id } }`;
const TICK = `mutation ($input: TickOnboardingInput!) { tickOnboarding(input: $input) { onboarding { text tickedAt } } }`;
const ONBOARDING = `mutation ($input: SaveOnboardingInput!) { saveOnboarding(input: $input) }`;
const TIMES = `{ person { displayName } visiting week { weekday from to } absences { id fromDay toDay } }`;
const VISITING = `mutation ($input: SetMakerVisitingInput!) { setMakerVisiting(input: $input) ${TIMES} }`;

const world = new WorkshopWorld();
beforeAll(() => world.open(), 90_000);
afterAll(() => world.app?.close());

/** A section whose one bench asks for a new qualification, with a ready job. */
async function guarded(name: string): Promise<{ section: BuiltSection; asked: BuiltQualification }> {
  const asked = await buildQualification(world.mira, world.fablab, `${name} safety`);
  const section = await buildSection(world.mira, world.fablab, name);
  const centre = await buildWorkCentre(world.mira, section, name, [asked]);
  await buildReadyJobs(world.app, world.mira, world.fablab, centre, 1);
  return { section, asked };
}

async function give(who: BuiltPerson, input: Record<string, unknown>): Promise<{ id: string }> {
  return (await who.client.get<{ grantQualification: { id: string } }>(GRANT, { input })).grantQualification;
}

/** Takes what is there and gives it back. */
async function mayTake(maker: BuiltPerson, section: BuiltSection): Promise<boolean> {
  const { job } = await takeNext(maker, section);
  if (job) await act(maker, 'returnJob', job as TakenJob);
  return job !== null;
}

describe('a qualification', () => {
  it('is granted by who teaches it, to others and without making teachers', async () => {
    const { asked } = await guarded('Laser');
    const toBen = { personId: world.ben.id, qualificationId: asked.id };
    await give(world.mira, { personId: world.tomas.id, qualificationId: asked.id, mayTeach: true });
    expect(await give(world.tomas, { ...toBen, expiresOn: '2026-06-30' })).toEqual({
      id: expect.any(String),
      level: 'full',
      mayTeach: false,
      expiresOn: '2026-06-30',
      supervisor: null,
    });
    await world.refused(world.ben, GRANT, { ...toBen }, { code: 'FORBIDDEN', message: 'who teaches this' });
    await world.refused(world.tomas, GRANT, { ...toBen, mayTeach: true }, { code: 'FORBIDDEN' });
    await world.refused(
      world.tomas,
      GRANT,
      { personId: world.tomas.id, qualificationId: asked.id },
      { code: 'FORBIDDEN', message: 'Nobody renews their own' },
    );
  });

  it('withdrawn counts no more at once, and stays in the history with its reason', async () => {
    const { section, asked } = await guarded('Forge');
    const toBen = { personId: world.ben.id, qualificationId: asked.id };
    await give(world.mira, { ...toBen, expiresOn: '2026-03-31' });
    const renewed = await give(world.mira, toBen);
    expect(await mayTake(world.ben, section)).toBe(true);
    const input = { grantId: renewed.id, reason: 'Worked without goggles.' };
    await world.refused(world.ben, WITHDRAW, input, { code: 'FORBIDDEN' });
    await world.refused(
      world.mira,
      WITHDRAW,
      { ...input, reason: '' },
      { code: 'BAD_INPUT', fields: ['reason'] },
    );
    await world.refused(world.mira, WITHDRAW, { ...input, grantId: NOWHERE }, { code: 'NOT_FOUND' });
    expect(await world.mira.client.get(WITHDRAW, { input })).toEqual({
      withdrawQualification: { supersededAt: expect.any(String), withdrawnReason: 'Worked without goggles.' },
    });
    expect(await mayTake(world.ben, section)).toBe(false);
    await world.refused(world.mira, WITHDRAW, input, { code: 'INVALID_STATE' });
    const query = `query ($f: ID!, $p: ID!) { qualificationHistory(fablabId: $f, personId: $p) { qualification { name } expiresOn supersededAt withdrawnReason } }`;
    const { qualificationHistory } = await world.member.client.get<{
      qualificationHistory: { qualification: { name: string } }[];
    }>(query, { f: world.fablab.id, p: world.ben.id });
    expect(qualificationHistory.filter((each) => each.qualification.name === 'Forge safety')).toEqual([
      {
        qualification: { name: 'Forge safety' },
        expiresOn: null,
        supersededAt: expect.any(String),
        withdrawnReason: 'Worked without goggles.',
      },
      {
        qualification: { name: 'Forge safety' },
        expiresOn: '2026-03-31',
        supersededAt: expect.any(String),
        withdrawnReason: null,
      },
    ]);
  });

  it('of a learner counts while that of the supervisor does', async () => {
    const { section, asked } = await guarded('Kiln');
    const learner = {
      personId: world.ben.id,
      qualificationId: asked.id,
      level: 'learner',
      supervisorId: world.tomas.id,
    };
    await world.refused(world.mira, GRANT, learner, {
      code: 'INVALID_STATE',
      message: 'The supervisor must hold',
    });
    await world.refused(
      world.mira,
      GRANT,
      { ...learner, supervisorId: null },
      { code: 'BAD_INPUT', fields: ['supervisorId'] },
    );
    const teacher = await give(world.mira, {
      personId: world.tomas.id,
      qualificationId: asked.id,
      mayTeach: true,
    });
    expect(await give(world.tomas, learner)).toMatchObject({
      level: 'learner',
      supervisor: { displayName: 'Tomás' },
    });
    expect(await mayTake(world.ben, section)).toBe(true);
    await world.mira.client.get(WITHDRAW, { input: { grantId: teacher.id, reason: 'Has moved away.' } });
    expect(await mayTake(world.ben, section)).toBe(false);
  });

  it('for safety that has expired refuses the claim, by the day on the fablab’s wall', async () => {
    const { section, asked } = await guarded('Press');
    await give(world.mira, { personId: world.ben.id, qualificationId: asked.id, expiresOn: '2026-03-02' });
    const zone = async (timeZone: string): Promise<void> => {
      const input = { fablabId: world.fablab.id, timeZone, currency: 'EUR' };
      await world.mira.client.get(
        `mutation ($input: SaveWorkshopSettingInput!) { saveWorkshopSetting(input: $input) { timeZone } }`,
        { input },
      );
    };
    expect(await mayTake(world.ben, section)).toBe(true);
    // On Kiritimati the second of March is over when it is ten in the morning in Greenwich.
    world.app.clock.advance({ hours: 3 });
    await zone('Pacific/Kiritimati');
    expect(await mayTake(world.ben, section)).toBe(false);
    await zone('UTC');
    expect(await mayTake(world.ben, section)).toBe(true);
  });
});

describe('a visiting maker', () => {
  it('takes jobs on the days of the stay only', async () => {
    const visitor = await buildMember(world.app, world.mira, world.fablab, ['maker'], 'Vera');
    const section = await buildSection(world.mira, world.fablab, 'Garden');
    const bench = await buildWorkCentre(world.mira, section, 'Bench');
    await buildReadyJobs(world.app, world.mira, world.fablab, bench, 1);
    const items = ['Fire exits and first aid', ' Where the tools live '];
    expect(await world.mira.client.get(ONBOARDING, { input: { fablabId: world.fablab.id, items } })).toEqual({
      saveOnboarding: ['Fire exits and first aid', 'Where the tools live'],
    });
    expect(await mayTake(visitor, section)).toBe(true);
    const input = {
      fablabId: world.fablab.id,
      personId: visitor.id,
      hostId: world.tomas.id,
      fromDay: '2026-03-03',
      toDay: '2026-03-04',
      skills: 'Joinery',
    };
    const { createStay: stay } = await world.mira.client.get<{ createStay: { id: string } }>(CREATE_STAY, {
      input,
    });
    expect(stay).toEqual({
      id: expect.any(String),
      fromDay: '2026-03-03',
      toDay: '2026-03-04',
      skills: 'Joinery',
      person: { displayName: 'Vera' },
      host: { displayName: 'Tomás' },
      onboarding: [
        { position: 1, text: 'Fire exits and first aid', tickedAt: null },
        { position: 2, text: 'Where the tools live', tickedAt: null },
      ],
    });
    expect(await takeNext(visitor, section)).toEqual({
      job: null,
      reason: expect.stringContaining('You have no stay here today.'),
    });
    const change = { stayId: stay.id, fromDay: '2026-03-02', toDay: '2026-03-02', hostId: world.tomas.id };
    expect(await world.mira.client.get(UPDATE_STAY, { input: change })).toMatchObject({
      updateStay: { fromDay: '2026-03-02', toDay: '2026-03-02', skills: null },
    });
    expect(await mayTake(visitor, section)).toBe(true);
    const tick = { stayId: stay.id, position: 2, done: true };
    await world.refused(visitor, TICK, tick, { code: 'FORBIDDEN', message: 'Only the host' });
    await world.refused(world.tomas, TICK, { ...tick, position: 3 }, { code: 'NOT_FOUND' });
    expect(await world.tomas.client.get(TICK, { input: tick })).toEqual({
      tickOnboarding: {
        onboarding: [
          { text: 'Fire exits and first aid', tickedAt: null },
          { text: 'Where the tools live', tickedAt: expect.any(String) },
        ],
      },
    });
    await world.mira.client.get(CANCEL_STAY, { input: { stayId: stay.id } });
    expect(await mayTake(visitor, section)).toBe(false);
    const resident = { fablabId: world.fablab.id, personId: visitor.id, visiting: false };
    await world.refused(visitor, VISITING, resident, { code: 'FORBIDDEN' });
    await world.mira.client.get(VISITING, { input: resident });
    expect(await mayTake(visitor, section)).toBe(true);
  });

  it('has no two stays at once, and no stay without a host', async () => {
    const visitor = await buildMember(world.app, world.mira, world.fablab, ['maker'], 'Igor');
    const input = {
      fablabId: world.fablab.id,
      personId: visitor.id,
      hostId: world.tomas.id,
      fromDay: '2026-04-01',
      toDay: '2026-04-10',
    };
    await world.mira.client.get(CREATE_STAY, { input });
    const overlap = { ...input, fromDay: '2026-04-10', toDay: '2026-04-12' };
    await world.refused(world.mira, CREATE_STAY, overlap, { code: 'CONFLICT', message: 'another stay' });
    for (const other of [world.stranger, world.tomas, world.member])
      await world.refused(other, CREATE_STAY, overlap, { code: 'FORBIDDEN' });
    const later = { ...input, fromDay: '2026-05-01', toDay: '2026-05-02' };
    const bad = { ...later, toDay: '2026-04-30', hostId: visitor.id };
    await world.refused(world.mira, CREATE_STAY, bad, { code: 'BAD_INPUT', fields: ['toDay', 'hostId'] });
    await world.refused(
      world.mira,
      CREATE_STAY,
      { ...later, hostId: world.stranger.id },
      { code: 'INVALID_STATE', message: 'The host must be a member' },
    );
    await world.refused(
      world.mira,
      CREATE_STAY,
      { ...later, personId: world.member.id },
      { code: 'INVALID_STATE', message: 'Only makers of this fablab have stays' },
    );
    const query = `query ($id: ID!) { stays(fablabId: $id) { person { displayName } fromDay } }`;
    expect(await world.member.client.get(query, { id: world.fablab.id })).toEqual({
      stays: [{ person: { displayName: 'Igor' }, fromDay: '2026-04-01' }],
    });
  });
});

it('refuses in the database itself what the rules refuse', async () => {
  const database = world.app.app.get(Database);
  const refusedBy = async (sql: string): Promise<string> => {
    try {
      await database.query(sql);
      return 'written';
    } catch (error) {
      return (error as { constraint?: string }).constraint ?? String(error);
    }
  };
  expect([
    await refusedBy(`UPDATE workshop.stay SET to_day = from_day - 1`),
    await refusedBy(`UPDATE workshop.stay SET host_id = person_id`),
    await refusedBy(`UPDATE workshop.maker_qualification SET level = 'learner' WHERE supervisor_id IS NULL`),
    await refusedBy(
      `UPDATE workshop.maker_qualification SET withdrawn_reason = 'x' WHERE withdrawn_by IS NULL`,
    ),
    await refusedBy(`INSERT INTO workshop.stay SELECT gen_random_uuid(), fablab_id, person_id, host_id, to_day, to_day, NULL, created_at, NULL
                     FROM workshop.stay WHERE cancelled_at IS NULL`),
  ]).toEqual([
    'stay_in_order',
    'stay_host_other',
    'maker_qualification_learner_supervised',
    'maker_qualification_withdrawn_whole',
    'stay_apart',
  ]);
});
