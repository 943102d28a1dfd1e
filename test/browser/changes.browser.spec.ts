import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DESK, PHONE, signInQuietly, startBrowserWorld, type BrowserWorld } from './browser-world.js';

const WORK = '/contracts/CSM-2026-0001';
let world: BrowserWorld;

beforeAll(async () => {
  world = await startBrowserWorld();
}, 60_000);
afterAll(async () => {
  await world?.close();
});

const visit = async (name: string, path: string): Promise<Page> => {
  const page = await world.visitor();
  if (name) await signInQuietly(page.context(), name);
  await page.goto(`/app${path}`);
  return page;
};

/** Nothing is too wide for a phone, and axe finds nothing, on a phone and on a desk. */
const inspect = async (page: Page, name: string): Promise<void> => {
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
    const shots = process.env['SHOTS'];
    if (shots) await page.screenshot({ path: `${shots}/${name}-${size.width}.png`, fullPage: true });
    const sideways = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect({ name, width: size.width, sideways }).toEqual({ name, width: size.width, sideways: 0 });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]);
    expect({ name, found }).toEqual({ name, found: [] });
  }
  await page.setViewportSize(PHONE);
};

describe('an amendment', () => {
  it('is written beside what it changes, and every party reads the same', async () => {
    const page = await visit('Ines Almeida', WORK);
    await page.getByRole('link', { name: 'Propose an amendment' }).click();
    await page.getByRole('heading', { level: 1, name: 'Propose an amendment' }).waitFor();
    await page.getByLabel('Who mediates a dispute?').fill('The guild of makers');
    await page.getByText('What it changes', { exact: true }).first().click();
    await page.locator('ins', { hasText: 'The guild of makers' }).waitFor();
    await inspect(page, 'amend');
    await page.getByText('Edit', { exact: true }).first().click();
    await page.getByRole('button', { name: 'Publish the proposal' }).click();
    await page.getByText('Please give').first().waitFor();
    await page.getByLabel('Why?').fill('The network has no time for us.');
    await page.getByRole('button', { name: 'Publish the proposal' }).click();
    await page.getByRole('heading', { name: 'Release 2 is proposed' }).waitFor();
    await page.locator('ins', { hasText: 'The guild of makers' }).waitFor();
    await inspect(page, 'amendment-proposed');
    await page.getByRole('button', { name: 'Accept the amendment' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Accept the amendment' }).click();
    await page.getByText('You have accepted release 2.').waitFor();
    await page.context().close();

    const stranger = await visit('', WORK);
    await stranger.locator('ins', { hasText: 'The guild of makers' }).waitFor();
    expect(await stranger.getByRole('button', { name: 'Accept the amendment' }).count()).toBe(0);
    await stranger.context().close();

    const marta = await visit('Marta Lindqvist', WORK);
    await marta.getByRole('button', { name: 'Decline' }).click();
    await marta.getByRole('dialog').getByLabel('Why?').fill('We know the network.');
    await marta.getByRole('button', { name: 'Decline the amendment' }).click();
    await marta.getByText('Release 2 is declined.').waitFor();
    await marta.getByText('declined it: We know the network.').waitFor();
    await marta.context().close();
  }, 90_000);
});

describe('ending a contract early', () => {
  it('explains everything that is owed, is accepted by all, and says what stays due', async () => {
    const page = await visit('Ines Almeida', WORK);
    await page.getByRole('link', { name: 'Propose to end it early' }).click();
    await page.getByLabel('Why?').fill('The saw burned down, and no other can be had.');
    const line = page.getByRole('group').first();
    await line.getByLabel('Repaid on that day').fill('300');
    await line.getByText('is not explained yet').waitFor();
    await page.getByRole('button', { name: 'Publish the proposal' }).click();
    await page.getByText('which is what is owed.').first().waitFor();
    await line.getByLabel('Stays due').fill('1500');
    await line.getByText('Everything that is owed is explained.').waitFor();
    await inspect(page, 'terminate');
    await page.getByRole('button', { name: 'Publish the proposal' }).click();
    await page.getByRole('heading', { name: 'It is proposed to end this contract' }).waitFor();
    await inspect(page, 'termination-proposed');
    await page.context().close();

    for (const name of ['Ines Almeida', 'Marta Lindqvist', 'Pilar Costa']) {
      const asked = await visit(name, WORK);
      await asked.getByRole('button', { name: 'Accept the end and its settlement' }).click();
      if (name === 'Marta Lindqvist') await inspect(asked, 'termination-accept');
      await asked
        .getByRole('dialog')
        .getByRole('button', { name: 'Accept the end and its settlement' })
        .click();
      await asked.getByText('You have accepted the settlement.').waitFor();
      await asked.context().close();
    }
    const reader = await visit('', WORK);
    await reader.getByRole('heading', { name: 'How it ended' }).waitFor();
    await reader.getByText('What stays due is owed as before').waitFor();
    await inspect(reader, 'terminated');
    await reader.goto('/registry/contracts/CSM-2026-0001');
    await reader.getByRole('heading', { name: 'How it ended, and the settlement' }).waitFor();
    await inspect(reader, 'registry-terminated');
    await reader.context().close();
  }, 120_000);
});
