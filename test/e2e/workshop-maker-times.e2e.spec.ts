import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#platform';
import { WorkshopWorld } from '../support/builders/workshop-world.js';

const TIMES = `{ person { displayName } visiting week { weekday from to } absences { id fromDay toDay } }`;
const HOURS = `mutation ($input: SaveMakerHoursInput!) { saveMakerHours(input: $input) ${TIMES} }`;
const ABSENT = `mutation ($input: AddAbsenceInput!) { addAbsence(input: $input) ${TIMES} }`;
const BACK = `mutation ($input: RemoveAbsenceInput!) { removeAbsence(input: $input) ${TIMES} }`;

const world = new WorkshopWorld();
beforeAll(() => world.open(), 90_000);
afterAll(() => world.app?.close());

describe('makers’ times', () => {
  const week = [{ weekday: 5, from: '14:00', to: '18:30' }];

  it('are entered by the maker, and by the coordinator for all', async () => {
    const own = { fablabId: world.fablab.id, personId: world.ben.id };
    for (const who of [world.ben, world.mira])
      expect(await who.client.get(HOURS, { input: { ...own, week } })).toMatchObject({
        saveMakerHours: expect.arrayContaining([
          { person: { displayName: 'Ben' }, visiting: false, week, absences: [] },
        ]),
      });
    const days = { ...own, fromDay: '2026-03-06', toDay: '2026-03-08' };
    const { addAbsence } = await world.ben.client.get<{
      addAbsence: { person: { displayName: string }; absences: { id: string }[] }[];
    }>(ABSENT, { input: days });
    const [absence] = addAbsence.find((each) => each.person.displayName === 'Ben')?.absences ?? [];
    expect(absence).toEqual({ id: expect.any(String), fromDay: '2026-03-06', toDay: '2026-03-08' });
    await world.refused(world.ben, ABSENT, { ...days, fromDay: '2026-03-08' }, { code: 'CONFLICT' });
    await world.refused(world.tomas, BACK, { absenceId: absence?.id }, { code: 'FORBIDDEN' });
    const after = await world.ben.client.get(BACK, { input: { absenceId: absence?.id } });
    expect(after).toMatchObject({
      removeAbsence: expect.arrayContaining([expect.objectContaining({ week, absences: [] })]),
    });
  });

  it('are refused for others, and where they cannot be', async () => {
    const own = { fablabId: world.fablab.id, personId: world.ben.id };
    for (const other of [world.stranger, world.tomas, world.member])
      await world.refused(other, HOURS, { ...own, week }, { code: 'FORBIDDEN' });
    const twice = [...week, { weekday: 5, from: '18:00', to: '19:00' }];
    await world.refused(
      world.ben,
      HOURS,
      { ...own, week: twice },
      { code: 'BAD_INPUT', fields: ['week.5.1'] },
    );
    await world.refused(
      world.mira,
      HOURS,
      { ...own, personId: world.member.id, week },
      { code: 'INVALID_STATE' },
    );
    const backwards = { ...own, fromDay: '2026-03-08', toDay: '2026-03-06' };
    await world.refused(world.ben, ABSENT, backwards, { code: 'BAD_INPUT', fields: ['toDay'] });
  });

  it('never overlap in the database, whoever writes them', async () => {
    const write = world.app.app
      .get(Database)
      .query(
        `INSERT INTO workshop.maker_hours SELECT fablab_id, person_id, weekday, from_minute + 1, to_minute FROM workshop.maker_hours`,
      );
    await expect(write).rejects.toMatchObject({ constraint: 'maker_hours_apart' });
  });
});
