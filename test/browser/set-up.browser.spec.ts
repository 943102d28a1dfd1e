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

const visit = async (name: string, path: string): Promise<Page> => {
  const page = await world.visitor();
  await signInQuietly(page.context(), name);
  await page.goto(path);
  return page;
};

/** Nothing is too wide for a phone, and axe finds nothing, on a phone and on a desk. */
const inspect = async (page: Page): Promise<void> => {
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
    const sideways = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(sideways).toBe(0);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]);
    expect({ url: page.url(), found }).toEqual({ url: page.url(), found: [] });
  }
  await page.setViewportSize(PHONE);
};

describe('a machine', () => {
  let label: string;

  it('is added by the coordinator, with a price and a calendar for its work centre', async () => {
    const page = await visit('Ines Almeida', '/app/fablabs/rivermill/hours');
    await page.getByRole('button', { name: 'New calendar' }).click();
    await page.getByLabel('Name of the calendar').fill('Weekdays');
    await page.getByLabel('Monday').fill('9 to 5');
    await page.getByRole('button', { name: 'Save' }).last().click();
    await page.getByText('Write times as 08:00-12:00').waitFor();
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])
      await page.getByLabel(day).fill('08:00-12:00, 13:00-17:00');
    await page
      .getByLabel('Holidays and other days')
      .fill('2027-01-01 New Year\n2027-01-02 Open day 10:00-12:00');
    await inspect(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Open next:').waitFor();
    await inspect(page);

    await page.goto('/app/fablabs/rivermill/sections');
    await page.getByRole('button', { name: 'Change Panel saw', exact: true }).click();
    await page.getByLabel('Cost of an hour').fill('12.50');
    await page.getByLabel('Open', { exact: true }).selectOption({ label: 'Weekdays' });
    await inspect(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('an hour, open: Weekdays').waitFor();
    await page.getByRole('button', { name: 'Add a machine to Panel saw' }).click();
    await page.getByLabel('Name of the machine').fill('Old panel saw');
    await page.getByRole('button', { name: 'Add the machine' }).click();
    const link = page.getByRole('link', { name: 'Old panel saw' });
    await link.waitFor();
    await inspect(page);
    label = ((await link.getAttribute('href')) ?? '').replace('/app', '');
    expect(label).toMatch(/^\/m\/[0-9A-F]{10}$/);
    await page.context().close();
  }, 90_000);

  it('is reported broken from its label by who stands before it, and repaired', async () => {
    const visitor = await world.visitor();
    await visitor.goto(label);
    await visitor.getByRole('heading', { name: 'Sign in' }).first().waitFor();
    expect(new URL(visitor.url()).searchParams.get('next')).toBe(label);
    await visitor.context().close();

    const page = await visit('Aiko Brandt', label);
    await page.getByRole('button', { name: 'Report it broken' }).click();
    await page.getByLabel('What is wrong?').fill('The blade wobbles.');
    await inspect(page);
    await page.getByRole('button', { name: 'It is broken' }).click();
    await page.getByText('The blade wobbles.').first().waitFor();
    await inspect(page);
    await page.getByRole('link', { name: 'To the board' }).click();
    await page.getByText('blocked: machine down', { exact: false }).first().waitFor();
    await page.goto(label);
    await page.getByRole('button', { name: 'It works again' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'It works again' }).click();
    await page.getByText('No words were left.').waitFor();
    await page.context().close();
  }, 90_000);
});

describe('the people of a workshop', () => {
  it('have stays, hours, and qualifications that can be withdrawn', async () => {
    const page = await visit('Ines Almeida', '/app/fablabs/rivermill/makers');
    await page.getByRole('button', { name: 'Onboarding list' }).click();
    await page.getByLabel('What is gone through').fill('Fire exits\nWhere the tools live');
    await page.getByRole('button', { name: 'Save the list' }).click();
    await page.getByRole('button', { name: 'Enter a stay' }).click();
    await page.getByLabel('Who comes?').selectOption({ index: 1 });
    await page.getByLabel('Who is their host?').selectOption({ label: 'Ines Almeida' });
    await page.getByLabel('First day').fill('2030-01-07');
    await page.getByLabel('Last day').fill('2030-01-18');
    await inspect(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Enter the stay' }).click();
    // The box follows the server's answer, not the finger.
    await page.getByLabel('Fire exits').click();
    await page.getByRole('checkbox', { name: 'Fire exits', checked: true }).waitFor();
    await page
      .getByRole('button', { name: /^Hours and absences of/ })
      .first()
      .click();
    await page.getByLabel('Monday').fill('09:00-13:00');
    await inspect(page);
    await page.getByRole('button', { name: 'Save the hours' }).click();
    await page.getByText('The hours are saved.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page
      .getByRole('button', { name: /^Withdraw/ })
      .first()
      .click();
    await page.getByLabel('Why?').fill('Not seen for two years.');
    await inspect(page);
    await page.getByRole('button', { name: 'Withdraw it' }).click();
    await page.getByText(/is withdrawn from/).waitFor();
    await page
      .getByRole('button', { name: /^Grant a qualification to/ })
      .first()
      .click();
    await page.getByLabel('How?').selectOption({ label: 'as a learner, supervised' });
    await inspect(page);
    await page.context().close();
  }, 90_000);
});
