import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildPerson } from '../support/builders/identity.builder.js';
import {
  act,
  buildQualification,
  buildSection,
  buildWorkCentre,
} from '../support/builders/workshop.builder.js';
import { NOWHERE, WorkshopWorld } from '../support/builders/workshop-world.js';

const UPDATE_SECTION = `mutation ($input: UpdateSectionInput!) {
  updateSection(input: $input) { name slug coordinator { displayName } }
}`;
const RETIRE_SECTION = `mutation ($input: RetireSectionInput!) { retireSection(input: $input) { name retired workCentres { name } } }`;
const UPDATE_CENTRE = `mutation ($input: UpdateWorkCentreInput!) {
  updateWorkCentre(input: $input) {
    name capacity hourlyCost { amountMinor currency } calendar { name } requiredQualifications { name }
  }
}`;
const RETIRE_CENTRE = `mutation ($input: RetireWorkCentreInput!) { retireWorkCentre(input: $input) { name workCentres { name } } }`;
const SAVE_CALENDAR = `mutation ($input: SaveCalendarInput!) {
  saveCalendar(input: $input) { id name week { weekday from to } exceptions { day reason openings { from to } } opening(days: 3) { start end } }
}`;
const SAVE_SETTING = `mutation ($input: SaveWorkshopSettingInput!) { saveWorkshopSetting(input: $input) { timeZone currency } }`;

const world = new WorkshopWorld();
beforeAll(() => world.open(), 90_000);
afterAll(() => world.app?.close());

describe('a section', () => {
  it('is renamed and given a coordinator; its address stays', async () => {
    const section = await buildSection(world.mira, world.fablab, 'Textiles');
    const input = { sectionId: section.id, name: 'Textiles and leather', coordinatorId: world.tomas.id };
    expect(await world.mira.client.get(UPDATE_SECTION, { input })).toEqual({
      updateSection: {
        name: 'Textiles and leather',
        slug: 'textiles',
        coordinator: { displayName: 'Tomás' },
      },
    });
    for (const other of [world.stranger, world.tomas, world.member])
      await world.refused(other, UPDATE_SECTION, input, { code: 'FORBIDDEN' });
    await world.refused(
      world.mira,
      UPDATE_SECTION,
      { ...input, coordinatorId: world.stranger.id },
      { code: 'INVALID_STATE', message: 'Only a member of this fablab' },
    );
    await world.refused(
      world.mira,
      UPDATE_SECTION,
      { sectionId: 'x', name: '' },
      { code: 'BAD_INPUT', fields: ['sectionId', 'name'] },
    );
    await world.refused(world.mira, UPDATE_SECTION, { ...input, sectionId: NOWHERE }, { code: 'NOT_FOUND' });
  });

  it('is retired with its work centres when no job is open there, and is in no list then', async () => {
    const { section, job } = await world.held(world.ben, 'Pottery');
    const input = { sectionId: section.id };
    await world.refused(world.mira, RETIRE_SECTION, input, {
      code: 'INVALID_STATE',
      message: 'One job is still open in “Pottery”',
    });
    await world.refused(world.tomas, RETIRE_SECTION, input, { code: 'FORBIDDEN' });
    await act(world.ben, 'startJob', job);
    await act(world.ben, 'completeJob', job, { quantityGood: job.quantity, quantityScrapped: 0 });
    expect(await world.mira.client.get(RETIRE_SECTION, { input })).toEqual({
      retireSection: { name: 'Pottery', retired: true, workCentres: [] },
    });
    const query = `query ($slug: String!) { fablabSections(fablabSlug: $slug) { name } }`;
    const { fablabSections } = await world.mira.client.get<{ fablabSections: { name: string }[] }>(query, {
      slug: world.fablab.slug,
    });
    expect(fablabSections.map((each) => each.name)).not.toContain('Pottery');
    await world.refused(world.mira, RETIRE_SECTION, input, { code: 'NOT_FOUND' });
    const centre = { sectionId: section.id, name: 'Kiln', capacity: 1, requiredQualificationIds: [] };
    const create = `mutation ($input: CreateWorkCentreInput!) { createWorkCentre(input: $input) { id } }`;
    await world.refused(world.mira, create, centre, { code: 'NOT_FOUND' });
  });
});

describe('a work centre', () => {
  it('gets a price, a calendar and other qualifications', async () => {
    const section = await buildSection(world.mira, world.fablab, 'Metal');
    const centre = await buildWorkCentre(world.mira, section, 'Mill', [world.safety]);
    const milling = await buildQualification(world.mira, world.fablab, 'Milling', 'competency');
    const calendar = { fablabId: world.fablab.id, name: 'Mornings', week: [], exceptions: [] };
    const { saveCalendar } = await world.mira.client.get<{ saveCalendar: { id: string } }>(SAVE_CALENDAR, {
      input: calendar,
    });
    const input = {
      workCentreId: centre.id,
      name: 'Milling machine',
      capacity: 3,
      hourlyCost: { amountMinor: '1250', currency: 'EUR' },
      calendarId: saveCalendar.id,
      requiredQualificationIds: [milling.id, milling.id],
    };
    expect(await world.mira.client.get(UPDATE_CENTRE, { input })).toEqual({
      updateWorkCentre: {
        name: 'Milling machine',
        capacity: 3,
        hourlyCost: { amountMinor: '1250', currency: 'EUR' },
        calendar: { name: 'Mornings' },
        requiredQualifications: [{ name: 'Milling' }],
      },
    });
    await world.refused(world.tomas, UPDATE_CENTRE, input, { code: 'FORBIDDEN' });
    await world.refused(
      world.mira,
      UPDATE_CENTRE,
      { ...input, name: ' ', capacity: 0, hourlyCost: { amountMinor: '-1', currency: 'EUR' } },
      { code: 'BAD_INPUT', fields: ['name', 'capacity', 'hourlyCost'] },
    );
    await world.refused(world.mira, UPDATE_CENTRE, { ...input, calendarId: NOWHERE }, { code: 'NOT_FOUND' });
    await world.refused(
      world.mira,
      UPDATE_CENTRE,
      { ...input, requiredQualificationIds: [NOWHERE] },
      { code: 'NOT_FOUND' },
    );
    const other = await buildWorkCentre(world.mira, section, 'Saw');
    await world.refused(
      world.mira,
      UPDATE_CENTRE,
      { ...input, workCentreId: other.id, name: 'MILLING machine' },
      { code: 'CONFLICT', message: 'a work centre “MILLING machine” already' },
    );
    await world.refused(world.ben, RETIRE_CENTRE, { workCentreId: other.id }, { code: 'FORBIDDEN' });
    expect(await world.mira.client.get(RETIRE_CENTRE, { input: { workCentreId: other.id } })).toEqual({
      retireWorkCentre: { name: 'Metal', workCentres: [{ name: 'Milling machine' }] },
    });
  });
});

describe('a calendar', () => {
  const week = [
    { weekday: 1, from: '8:00', to: '12:00' },
    { weekday: 1, from: '13:00', to: '17:00' },
    { weekday: 2, from: '08:00', to: '24:00' },
  ];
  const exceptions = [
    { day: '2026-03-03', reason: 'Stocktaking', openings: [{ from: '10:00', to: '12:00' }] },
  ];

  it('says when it is open, by the fablab’s own clock', async () => {
    const setting = { fablabId: world.fablab.id, timeZone: 'Europe/Berlin', currency: 'EUR' };
    expect(await world.mira.client.get(SAVE_SETTING, { input: setting })).toEqual({
      saveWorkshopSetting: { timeZone: 'Europe/Berlin', currency: 'EUR' },
    });
    const input = { fablabId: world.fablab.id, name: 'Workshop hours', week, exceptions };
    const { saveCalendar: saved } = await world.mira.client.get<{
      saveCalendar: { id: string; opening: { start: string; end: string }[] };
    }>(SAVE_CALENDAR, { input });
    expect(saved).toEqual({
      id: expect.any(String),
      name: 'Workshop hours',
      week: [
        { weekday: 1, from: '08:00', to: '12:00' },
        { weekday: 1, from: '13:00', to: '17:00' },
        { weekday: 2, from: '08:00', to: '24:00' },
      ],
      exceptions: [{ day: '2026-03-03', reason: 'Stocktaking', openings: [{ from: '10:00', to: '12:00' }] }],
      opening: expect.any(Array),
    });
    // The tests' Monday begins at 08:00 UTC, which is nine in Berlin; the first stretch is cut at the moment of asking.
    expect(saved.opening.map(({ start, end }) => [start.slice(0, 14), end])).toEqual([
      ['2026-03-02T08:', '2026-03-02T11:00:00.000Z'],
      ['2026-03-02T12:', '2026-03-02T16:00:00.000Z'],
      ['2026-03-03T09:', '2026-03-03T11:00:00.000Z'],
    ]);
    const again = { ...input, calendarId: saved.id, name: 'Closed', week: [], exceptions: [] };
    expect(await world.mira.client.get(SAVE_CALENDAR, { input: again })).toEqual({
      saveCalendar: { id: saved.id, name: 'Closed', week: [], exceptions: [], opening: [] },
    });
  });

  it('is refused when it cannot be, or by the wrong person', async () => {
    const good = { fablabId: world.fablab.id, name: 'Nights', week, exceptions };
    for (const other of [world.stranger, world.tomas, world.member])
      await world.refused(other, SAVE_CALENDAR, good, { code: 'FORBIDDEN' });
    const bad = {
      ...good,
      name: '',
      week: [
        { weekday: 8, from: '25:00', to: '12:00' },
        { weekday: 3, from: '08:00', to: '12:00' },
        { weekday: 3, from: '11:00', to: '13:00' },
      ],
      exceptions: [
        { day: '2026-03-03', reason: ' ', openings: [{ from: '12:00', to: '10:00' }] },
        { day: '2026-03-03', reason: 'Twice', openings: [] },
      ],
    };
    await world.refused(world.mira, SAVE_CALENDAR, bad, {
      code: 'BAD_INPUT',
      fields: [
        'name',
        'week.0.weekday',
        'week.0.from',
        'week.3.1',
        'exceptions.0.reason',
        'exceptions.0.openings.0',
        'exceptions.1.day',
      ],
    });
    await world.refused(world.mira, SAVE_CALENDAR, { ...good, calendarId: NOWHERE }, { code: 'NOT_FOUND' });
    await world.mira.client.get(SAVE_CALENDAR, { input: good });
    await world.refused(world.mira, SAVE_CALENDAR, { ...good, name: 'nights' }, { code: 'CONFLICT' });
    const outside = await buildPerson(world.app, 'Elsewhere');
    const setting = { fablabId: world.fablab.id, timeZone: 'Mars/Olympus', currency: 'euro' };
    await world.refused(world.mira, SAVE_SETTING, setting, {
      code: 'BAD_INPUT',
      fields: ['timeZone', 'currency'],
    });
    await world.refused(
      outside,
      SAVE_SETTING,
      { ...setting, timeZone: 'UTC', currency: 'EUR' },
      { code: 'FORBIDDEN' },
    );
  });
});
