import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DESK, signInQuietly, startBrowserWorld, type BrowserWorld } from './browser-world.js';

const PHONE = { width: 390, height: 800 };

let world: BrowserWorld;
beforeAll(async () => {
  world = await startBrowserWorld();
}, 120_000);
afterAll(async () => {
  await world?.close();
});

const visit = async (name: string, path: string): Promise<Page> => {
  const page = await world.visitor(PHONE);
  await signInQuietly(page.context(), name);
  await page.goto(`/app${path}`);
  return page;
};

const accept = async (page: Page, community: string): Promise<void> => {
  await page.getByRole('button', { name: `Accept for ${community}` }).click();
  const dialog = page.getByRole('dialog');
  for (const box of await dialog.getByRole('checkbox').all()) await box.check();
  await dialog.getByRole('button', { name: `Accept for ${community}` }).click();
  await dialog.waitFor({ state: 'detached' });
};

const LOOKS = [
  { look: 'phone', size: PHONE, colorScheme: 'light' },
  { look: 'desk', size: DESK, colorScheme: 'light' },
  { look: 'dark', size: PHONE, colorScheme: 'dark' },
] as const;

/** Nothing is too wide, and axe finds nothing, on a phone, on a desk and in the dark. */
const inspect = async (page: Page, shot: string): Promise<void> => {
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  for (const { look, size, colorScheme } of LOOKS) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    const sideways = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect({ shot, look, sideways }).toEqual({ shot, look, sideways: 0 });
    if (process.env['SHOTS'])
      await page.screenshot({ path: `${process.env['SHOTS']}/${shot}-${look}.png`, fullPage: true });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => [shot, look, id, nodes.map(({ html }) => html)])).toEqual([]);
  }
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: 'light' });
};

describe('a contract that takes money, hours and material', () => {
  const TITLE = 'Benches for the crossing';
  let path = '';

  it('is drafted with three thresholds and an offer for each, and opened', async () => {
    const page = await visit('Ines Almeida', '/contracts/new');
    await page.getByLabel('Title').fill(TITLE);
    await page.getByLabel('In plain words: what is it for?').fill('People wait there standing.');
    await page.getByLabel(/^Sunfield Housing Cooperative/).check();
    await page.getByLabel('Deadline for pledges').fill('2099-03-31');
    await page.getByLabel('Product and version').selectOption({ index: 1 });
    await page.getByLabel('For', { exact: true }).selectOption({ label: 'Sunfield Housing Cooperative' });
    await page.getByLabel('Units', { exact: true }).fill('6');
    await page.getByLabel('Price of one').fill('100');
    await page.getByLabel('Due on', { exact: true }).fill('2099-08-31');
    await page.getByLabel('Money to be pledged').fill('300');
    await page.getByRole('button', { name: 'Add hours' }).click();
    await page.getByRole('button', { name: 'Add material' }).click();
    const hours = page.getByRole('group', { name: 'Hours 1' });
    await hours.getByLabel('How many hours?').fill('60');
    const material = page.getByRole('group', { name: 'Material 1' });
    await material.getByLabel('Which material?').fill('ash');
    await material.getByLabel('How much?').fill('2,5');
    await material.getByLabel('Counted in').fill('m³');
    await page.getByRole('button', { name: 'Add an offer' }).click();
    const labour = page.getByRole('group', { name: 'Offer 2:' });
    await labour.getByLabel('What is offered').selectOption({ label: 'Labour' });
    await labour.getByLabel('Hours in which section?').fill('Woodworking');
    await labour.getByLabel('Hours that bring one unit').fill('20');
    await page.getByRole('button', { name: 'Add an offer' }).click();
    const wood = page.getByRole('group', { name: 'Offer 3:' });
    await wood.getByLabel('What is offered').selectOption({ label: 'Material' });
    await wood.getByLabel('What comes back').selectOption({ label: 'Nothing' });
    await page.getByLabel('When does oversight end?').fill('When the last bench is delivered.');
    await page.getByLabel('Who mediates a dispute?').fill('The council of the crossing');

    // What is missing is said at its field before anything is sent.
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByText('Please give the section.').waitFor();
    await hours.getByLabel('In which section?').fill('Woodworking');
    expect(await labour.getByLabel('In words').inputValue()).toMatch(
      /^One .+ for every 20 h in Woodworking\.$/,
    );
    await inspect(page, 'editor');
    await page.getByText('Preview', { exact: true }).first().click();
    await page.getByText('0 h pledged of 60 h Woodworking (0 %)').waitFor();
    await page.getByText('0 m³ pledged of 2.5 m³ ash (0 %)').waitFor();
    await inspect(page, 'preview');
    await page.getByText('Edit', { exact: true }).first().click();
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    path = new URL(page.url()).pathname.replace('/app', '');
    await page.getByRole('button', { name: 'Open the contract' }).click();
    await page.getByRole('button', { name: 'Publish release 1' }).click();
    await page.getByText('is open: release 1 is published.').waitFor();
    await page.context().close();
  }, 120_000);

  it('takes hours and material on a phone, and says what comes back before the yes', async () => {
    const page = await visit('Pilar Costa', path);
    await page.getByRole('link', { name: 'Pledge support' }).click();
    await page.getByRole('radio', { name: 'Labour' }).check();
    await page.getByLabel('How many hours?').fill('10');
    await page.getByText('It is too little for a whole unit: one takes 20 h.').waitFor();
    await page.getByRole('button', { name: '60 h', exact: true }).click();
    await page.getByText(/^3 × /).waitFor();
    await inspect(page, 'pledge');
    await page.getByRole('button', { name: 'Pledge 60 h in Woodworking' }).click();
    await page.getByText('60 h in Woodworking pledged for Sunfield Housing Cooperative.').waitFor();
    await page.getByText('60 h pledged of 60 h Woodworking (100 %)').waitFor();

    await page.getByRole('link', { name: 'Pledge support' }).click();
    await page.getByRole('radio', { name: 'Material' }).check();
    await page.getByLabel('How much?').fill('1,5');
    await page.getByText('Nothing. You keep oversight until').waitFor();
    await page.getByRole('button', { name: 'Pledge 1.5 m³ ash' }).click();
    await page.getByText('1.5 m³ pledged of 2.5 m³ ash (60 %)').waitFor();
    await page.getByText(/1\.5 m³ ash pledged on .+; 0 m³ arrived/).waitFor();
    await inspect(page, 'contract');
    await page.context().close();
  }, 120_000);

  it('is worked on: material arrives, units are handed over, and those who received them answer', async () => {
    const pilar = await visit('Pilar Costa', path);
    await pilar.getByRole('link', { name: 'Pledge support' }).click();
    await pilar.getByRole('radio', { name: 'Material' }).check();
    await pilar.getByLabel('How much?').fill('1');
    await pilar.getByRole('button', { name: 'Pledge 1 m³ ash' }).click();
    await pilar.getByText('2.5 m³ pledged of 2.5 m³ ash (100 %)').waitFor();
    await pilar.getByRole('link', { name: 'Pledge support' }).click();
    await pilar.getByRole('radio', { name: 'Loan' }).check();
    await pilar.getByLabel('How much?').fill('300');
    await pilar.getByRole('button', { name: /^Pledge .*300/ }).click();
    await accept(pilar, 'Sunfield Housing Cooperative');
    const ines = await visit('Ines Almeida', path);
    await accept(ines, 'Rivermill Fablab');

    await ines.getByRole('button', { name: 'Record what came in' }).first().click();
    await ines.getByLabel('How much of it').fill('1,2');
    await ines.getByRole('button', { name: 'Record it', exact: true }).click();
    await ines.getByText('1.2 m³ ash from Sunfield Housing Cooperative is recorded.').waitFor();
    await ines.getByRole('button', { name: 'Record a delivery' }).click();
    await ines.getByLabel('How many units').fill('2');
    await ines.getByRole('button', { name: 'Record the delivery' }).click();
    await ines.getByText('Waits for an answer').waitFor();
    await inspect(ines, 'delivery');
    await ines.context().close();

    await pilar.reload();
    await pilar.getByRole('button', { name: 'Accept', exact: true }).click();
    await pilar.getByRole('button', { name: 'Accept the delivery' }).click();
    await pilar.getByText('Accepted', { exact: true }).waitFor();
    await pilar.context().close();
  }, 120_000);
});
