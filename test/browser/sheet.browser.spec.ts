import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DESK, PHONE, signInQuietly, startBrowserWorld, type BrowserWorld } from './browser-world.js';

let world: BrowserWorld;
beforeAll(async () => {
  world = await startBrowserWorld();
}, 60_000);
afterAll(async () => {
  await world?.close();
});

const visit = async (name: string, path: string, size = DESK): Promise<Page> => {
  const page = await world.visitor(size);
  await signInQuietly(page.context(), name);
  await page.goto(`/app${path}`);
  return page;
};

const inspect = async (page: Page): Promise<void> => {
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  const sideways = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(sideways).toBe(0);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
};

describe('the treasurer’s sheet', () => {
  it('records a payment from the row, and the sums follow the ledger', async () => {
    const page = await visit('Ruth Okafor', '/sheet/rivermill');
    await page.getByText('The ledger says the same.').waitFor();
    await page.getByRole('columnheader', { name: 'Still owed' }).getByRole('button').click();
    await page.waitForURL(/sort=owed&descending=true/);
    await inspect(page);
    if (process.env['SHOTS'])
      await page.screenshot({ path: `${process.env['SHOTS']}/sheet-desk.png`, fullPage: true });
    const record = page.getByRole('button', { name: /^Record a payment of/ });
    const sums = page.getByRole('region', { name: 'Sums in EUR' });
    const before = await sums.innerText();
    await record.first().focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Amount that arrived').fill('12.34');
    await page.keyboard.press('Enter');
    await page.getByText('is booked').first().waitFor();
    await page.waitForFunction(
      `!document.body.innerText.includes(${JSON.stringify(before.split('\n')[3] ?? '')})`,
    );
    await page.getByText('The ledger says the same.').waitFor();
    await page.context().close();
  }, 60_000);

  it('walks by arrows from row to row, and leads to the entries', async () => {
    const page = await visit('Ruth Okafor', '/sheet/rivermill');
    const links = page.locator('tbody tr th a');
    await links.first().focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.textContent')).toBe(await links.nth(1).innerText());
    await page.locator('tbody tr td a').last().click();
    await page.waitForURL(/\/(ledger|contracts)\//);
    await page.context().close();
  }, 60_000);

  it('is cards on a phone, in the dark too', async () => {
    const page = await visit('Ruth Okafor', '/sheet/rivermill', PHONE);
    await page.getByText('The ledger says the same.').waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
    await inspect(page);
    if (process.env['SHOTS'])
      await page.screenshot({ path: `${process.env['SHOTS']}/sheet-phone.png`, fullPage: true });
    await page.emulateMedia({ colorScheme: 'dark' });
    await inspect(page);
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/sheet-dark.png` });
    await page.getByLabel('Due').selectOption({ label: 'overdue' });
    await page.getByText('No pledge here').waitFor();
    await page.context().close();
  }, 60_000);

  it('shows a supporter what it gave, and nothing to record', async () => {
    const page = await visit('Jonas Petrov', '/sheet/oak-hollow');
    await page.getByRole('heading', { level: 1, name: 'What we gave' }).waitFor();
    await page.getByRole('link', { name: /CSM-/ }).first().waitFor();
    expect(await page.getByRole('button', { name: /^Record/ }).count()).toBe(0);
    await inspect(page);
    if (process.env['SHOTS'])
      await page.screenshot({ path: `${process.env['SHOTS']}/sheet-gave.png`, fullPage: true });
    await page.context().close();
  }, 60_000);
});
