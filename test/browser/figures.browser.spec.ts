import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DESK, PHONE, signInQuietly, startBrowserWorld, type BrowserWorld } from './browser-world.js';

let world: BrowserWorld;
let ref: string;
beforeAll(async () => {
  world = await startBrowserWorld();
  ref = await recordPayment();
}, 90_000);
afterAll(async () => {
  await world?.close();
});

const visit = async (name: string | null, path: string, size = DESK): Promise<Page> => {
  const page = await world.visitor(size);
  if (name !== null) await signInQuietly(page.context(), name);
  await page.goto(path);
  return page;
};

const inspect = async (page: Page, shot: string): Promise<void> => {
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  const sideways = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  if (process.env['SHOTS'])
    await page.screenshot({ path: `${process.env['SHOTS']}/${shot}.png`, fullPage: true });
  expect([shot, sideways]).toEqual([shot, 0]);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
};

/** An active contract for which money came in: the treasurer records it. */
async function recordPayment(): Promise<string> {
  const page = await visit('Ruth Okafor', '/app/sheet/rivermill');
  await page.getByText('The ledger says the same.').waitFor();
  const row = page
    .locator('tbody tr', { has: page.getByRole('button', { name: /^Record a payment of/ }) })
    .first();
  const found = await row.locator('th a').innerText();
  await row.getByRole('button', { name: /^Record a payment of/ }).click();
  await page.getByLabel('Amount that arrived').fill('123.45');
  await page.keyboard.press('Enter');
  await page.getByText('is booked').first().waitFor();
  await page.context().close();
  return found;
}

describe('a figure on a screen', () => {
  it('leads who keeps the books over entries and transfer to the account and its CSV', async () => {
    const page = await visit('Ruth Okafor', `/app/contracts/${ref}`);
    const arrived = page.locator('dt', { hasText: /^Arrived$/ }).locator('xpath=following-sibling::dd//a');
    await arrived.waitFor();
    await inspect(page, 'figures-contract-desk');
    await arrived.click();
    await page.getByRole('heading', { name: `What was received for ${ref}` }).waitFor();
    const entries = page.getByRole('list', { name: 'Entries of this contract' });
    await entries.getByRole('link').first().waitFor();
    await inspect(page, 'figures-entries-desk');
    await entries.getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Both sides' }).waitFor();
    await inspect(page, 'figures-transfer-desk');
    await page.goto('/app/ledger/rivermill');
    await page.getByRole('link', { name: /entries of Bank$/ }).click();
    await page
      .getByText(/after it$/)
      .first()
      .waitFor();
    await inspect(page, 'figures-account-desk');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV of this account' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^assets-bank-eur-.*\.csv$/);
    await page.getByRole('list', { name: 'Entries' }).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Both sides' }).waitFor();
    await page.locator('tbody th a').first().click();
    await page.getByText(/^Balance: /).waitFor();
    await page.context().close();
  }, 90_000);

  it('does so on a phone, in the dark too', async () => {
    const page = await visit('Ruth Okafor', `/app/contracts/${ref}/entries?figure=owed`, PHONE);
    const entries = page.getByRole('list', { name: 'Entries of this contract' });
    await entries.getByRole('link').first().waitFor();
    await inspect(page, 'figures-entries-phone');
    await entries.getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Both sides' }).waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await inspect(page, 'figures-transfer-phone-dark');
    await page.goto('/app/ledger/rivermill');
    await page.getByRole('link', { name: /entries of Bank$/ }).click();
    await page
      .getByText(/after it$/)
      .first()
      .waitFor();
    await inspect(page, 'figures-account-phone-dark');
    await page.goto(`/app/contracts/${ref}`);
    await page.locator('dt', { hasText: /^Arrived$/ }).waitFor();
    await inspect(page, 'figures-contract-phone-dark');
    await page.context().close();
  }, 90_000);

  it('leads everybody else to totals by value date in the registry', async () => {
    const page = await visit(null, `/app/contracts/${ref}`, PHONE);
    await page
      .locator('dt', { hasText: /^Arrived$/ })
      .locator('xpath=following-sibling::dd//a')
      .click();
    await page.waitForURL(`**/registry/contracts/${ref}#money`);
    await page.getByRole('heading', { name: 'Money that came in and went back' }).waitFor();
    await inspect(page, 'figures-registry-phone');
    await page.setViewportSize(DESK);
    await inspect(page, 'figures-registry-desk');
    await page.context().close();
  }, 60_000);
});
