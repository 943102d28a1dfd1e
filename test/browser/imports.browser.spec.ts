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

const inspect = async (page: Page, shot: string): Promise<void> => {
  const folder = process.env['SHOTS'];
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
    const sideways = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(sideways).toBe(0);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    if (folder) await page.screenshot({ path: `${folder}/${shot}-${size.width}.png`, fullPage: true });
  }
};

const TABLE = [
  'Geldgeber;Projekt;Eingegangen;Datum;Bemerkung',
  'Oak Hollow;CSM-2026-0001;12,50;03/04/2025;Kaffeekasse',
  'Eichental;CSM-2026-0001;1.000,00;04/03/2025;',
  ';;1.012,50;;Summe',
].join('\n');

describe('a treasurer with a spreadsheet', () => {
  it('uploads it, answers what it does not say, imports it and takes it back', async () => {
    const page = await visit('Ruth Okafor', '/sheet/rivermill');
    await page.getByRole('link', { name: 'Import a table' }).click();
    await page.getByRole('heading', { level: 1, name: 'Import a table' }).waitFor();
    await inspect(page, 'import-upload');
    await page
      .getByLabel('CSV file')
      .setInputFiles({
        name: 'Darlehen.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(TABLE, 'latin1'),
      })
      .catch(async () => {
        await page.locator('input[type=file]').setInputFiles({
          name: 'Darlehen.csv',
          mimeType: 'text/csv',
          buffer: Buffer.from(TABLE, 'latin1'),
        });
      });
    await page.getByRole('button', { name: 'Look at the table' }).click();
    await page.getByRole('heading', { level: 1, name: 'Darlehen.csv' }).waitFor();
    await page.getByText('3 rows are to be corrected or left out first').waitFor();
    expect(await page.getByLabel('Eingegangen').inputValue()).toBe('received');
    expect(await page.getByRole('button', { name: /^Import \d/ }).isDisabled()).toBe(true);
    await inspect(page, 'import-preview');
    await page.getByLabel('3 April 2026: the day comes first').check();
    await page.getByLabel('Who is “Eichental”?').selectOption({ label: 'Oak Hollow' });
    await page.getByRole('button', { name: 'Leave out row 4' }).click();
    await page.getByText('2 payments of EUR 1,012.50 together').waitFor();
    await page.getByRole('button', { name: 'Import 2 rows' }).click();
    await page.getByRole('heading', { name: 'What the table made' }).waitFor();
    await inspect(page, 'import-made');
    await page.getByRole('button', { name: 'Undo the import' }).click();
    await page.getByLabel('Why?').fill('It was last year’s table.');
    await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click();
    await page.getByText('Reason: It was last year’s table.', { exact: false }).waitFor();
    await page.goto('/app/sheet/rivermill');
    await page.getByText('The ledger says the same.').waitFor();
    await page.context().close();
  }, 90_000);

  it('proposes a pledge, and the supporter says yes to it', async () => {
    const page = await visit('Ruth Okafor', '/imports/rivermill', PHONE);
    await page
      .getByLabel('Or paste the rows')
      .fill('Supporter,Contract,Pledged\nSunfield Housing Cooperative,CSM-2026-0002,123.45');
    await page.getByRole('button', { name: 'Look at the table' }).click();
    await page.getByRole('button', { name: 'Import 1 row' }).click();
    await page.getByRole('heading', { name: 'What the table made' }).waitFor();
    await page.context().close();
    const supporter = await visit('Pilar Costa', '/contracts/CSM-2026-0002');
    await supporter.getByRole('heading', { name: 'Proposed pledges' }).waitFor();
    await inspect(supporter, 'import-proposal');
    await supporter
      .getByRole('button', { name: 'Yes, Sunfield Housing Cooperative pledges EUR 123.45' })
      .click();
    await supporter.getByText('The pledge is made.').waitFor();
    await supporter.getByRole('heading', { name: 'Proposed pledges' }).waitFor({ state: 'detached' });
    await supporter.context().close();
  }, 90_000);
});
