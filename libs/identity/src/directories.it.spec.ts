import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DomainError, type Id } from '#kernel';
import { UnitOfWork } from '#platform';
import {
  buildCommunity,
  buildMember,
  buildPerson,
  type BuiltCommunity,
  type BuiltPerson,
} from '../../../test/support/builders/identity.builder.js';
import { startTestApp, type TestApp } from '../../../test/support/test-app.js';
import { CommunityDirectory } from './community.directory.js';
import { MembershipDirectory } from './membership.directory.js';
import { PersonDirectory } from './person.directory.js';

let app: TestApp;
let ada: BuiltPerson;
let ben: BuiltPerson;
let village: BuiltCommunity;
let villageId: Id<'community'>;
const nowhere = '019cad3a-0000-7000-8000-0123456789ab' as Id<'community'>;

beforeAll(async () => {
  app = await startTestApp({ worker: false });
  ada = await buildPerson(app, 'Ada');
  village = await buildCommunity(ada, { name: 'Village' });
  villageId = village.id as Id<'community'>;
  ben = await buildMember(app, ada, village, ['maker'], 'Ben');
}, 60_000);
afterAll(() => app?.close());

it('finds communities by id and by slug, and null for one that there is not', async () => {
  const directory = app.app.get(CommunityDirectory);
  const summary = {
    id: village.id,
    slug: 'village',
    name: 'Village',
    description: '',
    place: null,
    receives: true,
    manufactures: false,
  };
  expect(await directory.byId(villageId)).toEqual(summary);
  expect(await directory.bySlug('village')).toEqual(summary);
  expect(await directory.byIds([nowhere, villageId])).toEqual([summary]);
  expect(await directory.byId(nowhere)).toBeNull();
  expect(await directory.bySlug('nowhere')).toBeNull();
});

it('gives a write the communities in the order of their ids, or says which is missing', async () => {
  const directory = app.app.get(CommunityDirectory);
  const other = (await buildCommunity(ada, { name: 'Other' })).id as Id<'community'>;
  const unitOfWork = app.app.get(UnitOfWork);
  const found = await unitOfWork.run((tx) => directory.requireInTx(tx, [other, villageId, other]));
  expect(found.map((community) => community.name)).toEqual(['Other', 'Village', 'Other']);
  await expect(unitOfWork.run((tx) => directory.requireInTx(tx, [villageId, nowhere]))).rejects.toEqual(
    DomainError.notFound('community', nowhere),
  );
});

it('finds the members of a community, all or those of one role', async () => {
  const directory = app.app.get(MembershipDirectory);
  const members = await directory.membersOf(villageId);
  expect(members.map(({ displayName, roles }) => [displayName, roles])).toEqual([
    ['Ada', ['member', 'coordinator']],
    ['Ben', ['member', 'maker']],
  ]);
  const makers = await directory.membersOf(villageId, 'maker');
  expect(makers.map((member) => member.personId)).toEqual([ben.id]);
  expect(await directory.isMaker(villageId, ben.id as Id<'person'>)).toBe(true);
  expect(await directory.isMaker(villageId, ada.id as Id<'person'>)).toBe(false);
  expect(await directory.rolesOf(nowhere, ada.id as Id<'person'>)).toEqual([]);
});

it('knows of a person to others no more than id and name', async () => {
  expect(await app.app.get(PersonDirectory).byIds([ada.id as Id<'person'>])).toEqual([
    { id: ada.id, displayName: 'Ada' },
  ]);
});
