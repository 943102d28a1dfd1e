import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildCommunity, buildFablab } from '../support/builders/identity.builder.js';
import { buildQualification } from '../support/builders/workshop.builder.js';
import { NOWHERE, WorkshopWorld } from '../support/builders/workshop-world.js';

const CREATE_SECTION = `mutation ($input: CreateSectionInput!) {
  createSection(input: $input) { id slug name fablab { name } workCentres { name } jobs { id } counts { waiting ready doneToday } }
}`;
const CREATE_WORK_CENTRE = `mutation ($input: CreateWorkCentreInput!) {
  createWorkCentre(input: $input) { id name capacity section { name } requiredQualifications { name kind } }
}`;
const CREATE_QUALIFICATION = `mutation ($input: CreateQualificationInput!) { createQualification(input: $input) { id name kind } }`;
const GRANT = `mutation ($input: GrantQualificationInput!) {
  grantQualification(input: $input) { id person { displayName } qualification { name } grantedAt expiresOn }
}`;

const world = new WorkshopWorld();
beforeAll(() => world.open(), 90_000);
afterAll(() => world.app?.close());

describe('setting up a workshop', () => {
  it('makes a section with an address', async () => {
    const input = { fablabId: world.fablab.id, name: ' Métal works ' };
    expect(await world.mira.client.get(CREATE_SECTION, { input })).toEqual({
      createSection: {
        id: expect.any(String),
        slug: 'metal-works',
        name: 'Métal works',
        fablab: { name: 'Oakmoor' },
        workCentres: [],
        jobs: [],
        counts: { waiting: 0, ready: 0, doneToday: 0 },
      },
    });
  });

  it('refuses a section that is not given properly, or by the wrong person', async () => {
    const good = { fablabId: world.fablab.id, name: 'Textiles' };
    const village = await buildCommunity(world.mira, { name: 'Village' });
    const bad = { fablabId: 'x', name: ' ', slug: 'No Slug' };
    await world.refused(null, CREATE_SECTION, good, { code: 'UNAUTHENTICATED' });
    for (const other of [world.stranger, world.tomas, world.member])
      await world.refused(other, CREATE_SECTION, good, { code: 'FORBIDDEN' });
    await world.refused(world.mira, CREATE_SECTION, bad, {
      code: 'BAD_INPUT',
      fields: ['name', 'fablabId', 'slug'],
    });
    await world.refused(
      world.mira,
      CREATE_SECTION,
      { ...good, name: 'x'.repeat(121) },
      { code: 'BAD_INPUT', fields: ['name', 'slug'].slice(0, 1) },
    );
    await world.refused(
      world.mira,
      CREATE_SECTION,
      { ...good, fablabId: village.id },
      { code: 'INVALID_STATE', message: 'does not manufacture' },
    );
    await world.refused(
      world.mira,
      CREATE_SECTION,
      { ...good, slug: 'woodworking' },
      { code: 'CONFLICT', message: '“woodworking” already' },
    );
  });

  it('makes a work centre that asks for a qualification', async () => {
    const input = {
      sectionId: world.wood.id,
      name: 'Band saw',
      capacity: 1,
      requiredQualificationIds: [world.safety.id],
    };
    expect(await world.mira.client.get(CREATE_WORK_CENTRE, { input })).toEqual({
      createWorkCentre: {
        id: expect.any(String),
        name: 'Band saw',
        capacity: 1,
        section: { name: 'Woodworking' },
        requiredQualifications: [{ name: 'Table saw safety', kind: 'safety' }],
      },
    });
  });

  it('refuses a work centre that is not given properly, or by the wrong person', async () => {
    const good = { sectionId: world.wood.id, name: 'Lathe', capacity: 1, requiredQualificationIds: [] };
    const foreign = await buildQualification(
      world.stranger,
      await buildFablab(world.stranger, 'Elsewhere'),
      'Foreign',
    );
    const hobby = await buildQualification(world.mira, world.fablab, 'Guitar', 'optional');
    await world.refused(null, CREATE_WORK_CENTRE, good, { code: 'UNAUTHENTICATED' });
    for (const other of [world.stranger, world.tomas, world.member])
      await world.refused(other, CREATE_WORK_CENTRE, good, { code: 'FORBIDDEN' });
    const bad = { sectionId: '1', name: '', capacity: 0, requiredQualificationIds: ['2'] };
    await world.refused(world.mira, CREATE_WORK_CENTRE, bad, {
      code: 'BAD_INPUT',
      fields: ['sectionId', 'name', 'capacity', 'requiredQualificationIds.0'],
    });
    await world.refused(
      world.mira,
      CREATE_WORK_CENTRE,
      { ...good, sectionId: NOWHERE },
      { code: 'NOT_FOUND' },
    );
    await world.refused(
      world.mira,
      CREATE_WORK_CENTRE,
      { ...good, requiredQualificationIds: [foreign.id] },
      { code: 'NOT_FOUND' },
    );
    await world.refused(
      world.mira,
      CREATE_WORK_CENTRE,
      { ...good, requiredQualificationIds: [hobby.id] },
      {
        code: 'INVALID_STATE',
        message: '“Guitar” is optional',
      },
    );
    await world.refused(world.mira, CREATE_WORK_CENTRE, { ...good, name: 'TABLE SAW' }, { code: 'CONFLICT' });
  });

  it('refuses a qualification that is not given properly, or by the wrong person', async () => {
    const good = { fablabId: world.fablab.id, name: 'Welding', kind: 'competency' };
    await world.refused(null, CREATE_QUALIFICATION, good, { code: 'UNAUTHENTICATED' });
    for (const other of [world.stranger, world.tomas, world.member])
      await world.refused(other, CREATE_QUALIFICATION, good, { code: 'FORBIDDEN' });
    await world.refused(
      world.mira,
      CREATE_QUALIFICATION,
      { ...good, name: '' },
      { code: 'BAD_INPUT', fields: ['name'] },
    );
    await world.refused(
      world.mira,
      CREATE_QUALIFICATION,
      { ...good, name: 'table SAW safety' },
      { code: 'CONFLICT' },
    );
  });

  it('grants a qualification, and renews it', async () => {
    const welding = await buildQualification(world.mira, world.fablab, 'Gas welding');
    for (const expiresOn of ['2026-03-02', null]) {
      const input = { personId: world.ben.id, qualificationId: welding.id, expiresOn };
      expect(await world.mira.client.get(GRANT, { input })).toEqual({
        grantQualification: {
          id: expect.any(String),
          person: { displayName: 'Ben' },
          qualification: { name: 'Gas welding' },
          grantedAt: expect.any(String),
          expiresOn,
        },
      });
    }
    const query = `query ($id: ID!) { makerQualifications(fablabId: $id) { qualification { name } expiresOn } qualifications(fablabId: $id) { name } }`;
    const seen = await world.member.client.get<{
      makerQualifications: { qualification: { name: string } }[];
    }>(query, {
      id: world.fablab.id,
    });
    expect(seen.makerQualifications.filter((each) => each.qualification.name === 'Gas welding')).toEqual([
      { qualification: { name: 'Gas welding' }, expiresOn: null },
    ]);
  });

  it('refuses a grant that is not given properly, by the wrong person, or to one', async () => {
    const good = { personId: world.ben.id, qualificationId: world.safety.id, expiresOn: '2027-01-01' };
    await world.refused(null, GRANT, good, { code: 'UNAUTHENTICATED' });
    for (const other of [world.stranger, world.tomas, world.member])
      await world.refused(other, GRANT, good, { code: 'FORBIDDEN' });
    await world.refused(
      world.mira,
      GRANT,
      { personId: 'x', qualificationId: 'y', expiresOn: '2026-02-30' },
      {
        code: 'BAD_INPUT',
        fields: ['personId', 'qualificationId', 'expiresOn'],
      },
    );
    await world.refused(
      world.mira,
      GRANT,
      { ...good, expiresOn: '2026-03-01' },
      { code: 'BAD_INPUT', fields: ['expiresOn'] },
    );
    await world.refused(world.mira, GRANT, { ...good, qualificationId: NOWHERE }, { code: 'NOT_FOUND' });
    for (const personId of [world.member.id, world.stranger.id, NOWHERE]) {
      await world.refused(
        world.mira,
        GRANT,
        { ...good, personId },
        { code: 'INVALID_STATE', message: 'Only makers of this fablab' },
      );
    }
  });
});
