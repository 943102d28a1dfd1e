import { randomUUID } from 'node:crypto';
import { Person } from './client.mjs';

/**
 * @typedef {{ coordinator: Person, makers: Person[], fablabId: string, sections: string[], versionIds: string[] }} World
 */

/**
 * A fablab with two sections, and products that go through both.
 * @param {readonly string[]} urls @param {number} makerCount @param {() => number} random
 * @returns {Promise<World>}
 */
export async function buildWorld(urls, makerCount, random) {
  const coordinator = await new Person(urls, random).signUp('Mira');
  const community = { name: 'Oakmoor', receives: false, manufactures: true };
  const fablab = await coordinator.must('createCommunity', community, '{ id }');
  const fablabId = fablab['id'] ?? '';
  const sections = [];
  const centres = [];
  for (const name of ['Woodworking', 'Metalworking']) {
    const section = await coordinator.must('createSection', { fablabId, name }, '{ id }');
    const wanted = { sectionId: section['id'], name: 'Bench', capacity: 9, requiredQualificationIds: [] };
    const centre = await coordinator.must('createWorkCentre', wanted, '{ id }');
    sections.push(section['id'] ?? '');
    centres.push(centre['id'] ?? '');
  }
  const product = await coordinator.must('createProduct', { fablabId, name: 'Trailer' }, '{ id }');
  const step = { setupMinutes: 1, unitMinutes: 1 };
  const routing = [
    { ...step, name: 'Cut', workCentreId: centres[0], after: [] },
    { ...step, name: 'Weld', workCentreId: centres[1], after: [1] },
  ];
  const version = {
    productId: product['id'],
    label: '1.0',
    licence: 'CERN-OHL-S-2.0',
    billOfMaterials: [{ item: 'Ash board', quantity: '0.5', unit: 'm²' }],
    routing,
  };
  const made = await coordinator.must('createProductVersion', version, '{ id }');
  const makers = [];
  for (let index = 0; index < makerCount; index += 1) {
    const maker = await new Person(urls, random).signUp(`Maker ${index}`);
    const invitation = { communityId: fablabId, email: maker.email, roles: ['maker'] };
    const { link = '' } = await coordinator.must('inviteMember', invitation, '{ link }');
    await maker.must('acceptInvitation', { token: link.slice(link.lastIndexOf('/') + 1) }, '{ id }');
    makers.push(maker);
  }
  return { coordinator, makers, fablabId, sections, versionIds: [made['id'] ?? ''] };
}

const TIERS = ['free', 'fair', 'premium'];

/**
 * Tells the system, as contracting does, that a contract became active: work for makers.
 * @param {import('pg').Pool} pool the owner's
 * @param {World} world @param {number} lines @param {() => number} random
 */
export async function order(pool, world, lines, random) {
  const payload = {
    contractId: randomUUID(),
    ref: `CSM-2026-${Math.floor(random() * 1e9)}`,
    fablabId: world.fablabId,
    lines: Array.from({ length: lines }, (_, index) => ({
      position: index + 1,
      productVersionId: world.versionIds[0],
      receiverId: world.fablabId,
      tier: TIERS[Math.floor(random() * TIERS.length)],
      quantity: 2,
      dueOn: `2027-0${1 + Math.floor(random() * 9)}-15`,
    })),
  };
  await pool.query(
    `INSERT INTO platform.outbox (type, payload, occurred_at) VALUES ('contracting.contract-activated', $1, now())`,
    [JSON.stringify(payload)],
  );
}
