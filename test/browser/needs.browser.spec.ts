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
  if (name) await signInQuietly(page.context(), name);
  await page.goto(`/app${path}`);
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

describe('from a need to a draft', () => {
  let need: string;

  it('a village posts what it lacks, and everybody reads it without an account', async () => {
    const page = await visit('Pilar Costa', '/needs');
    await page.getByRole('heading', { name: 'No needs here' }).waitFor();
    await inspect(page);
    await page.getByRole('link', { name: 'Post a need' }).first().click();
    await page.getByLabel('What do you need?').fill('Two benches for the bus stop');
    await page.getByLabel('What is it for?').fill('Old people wait standing. Write to ann@example.org.');
    await page.getByLabel('How much or how many?').fill('two, or one long one');
    await page.getByLabel('Where?').fill('The crossing');
    await page.getByLabel('hours of work').check();
    await inspect(page);
    await page.getByRole('button', { name: 'Post the need' }).click();
    await page.getByText('looks like personal data').first().waitFor();
    await page.getByLabel('What is it for?').fill('Old people wait standing.');
    await page.getByRole('button', { name: 'Post the need' }).click();
    await page.getByRole('heading', { level: 1, name: 'Two benches for the bus stop' }).waitFor();
    need = new URL(page.url()).pathname.replace('/app', '');
    await inspect(page);
    await page.context().close();

    const reader = await visit('', '/needs?state=open');
    await reader.getByRole('link', { name: 'Two benches for the bus stop' }).click();
    await reader.getByText('hours of work').waitFor();
    await reader.context().close();
  }, 60_000);

  it('a fablab answers, and a draft starts from the need and a template', async () => {
    const page = await visit('Ines Almeida', need);
    await page.getByRole('button', { name: 'Answer for a fablab' }).click();
    await page.getByLabel('can make it with …').check();
    await page.getByLabel('What it would take').fill('Two helpers for a Saturday.');
    await page.getByLabel('Your reasons').fill('We have the wood and the saw.');
    await inspect(page);
    await page.getByRole('button', { name: 'Publish the answer' }).click();
    await page.getByText('It takes: Two helpers for a Saturday.').waitFor();
    await inspect(page);
    await page.getByRole('link', { name: 'Draft a contract from it' }).click();
    await page.getByText('This draft starts from the need').waitFor();
    await page.getByLabel('Start from a template').selectOption({ label: 'Pre-purchase' });
    expect(await page.getByLabel('Title').inputValue()).toBe('Two benches for the bus stop');
    await page.getByText('Production begins').first().waitFor({ state: 'attached' });
    await inspect(page);
    await page.context().close();
  }, 60_000);
});

describe('the thread of a contract', () => {
  const TEXT = 'When will the frame be welded?';

  it('shows a question, its answer in time, and the objection, in plain words', async () => {
    const asker = await visit('Pilar Costa', '/contracts/CSM-2026-0001');
    await asker.getByRole('button', { name: 'Ask a question' }).click();
    await asker.getByLabel('Your words').fill(TEXT);
    await inspect(asker);
    await asker.getByRole('button', { name: 'Send' }).click();
    await asker.getByText(TEXT).waitFor();

    const fablab = await visit('Ines Almeida', '/contracts/CSM-2026-0001');
    await fablab.getByRole('button', { name: 'Answer', exact: true }).click();
    await fablab.getByLabel('Your words').fill('In the second week of May.');
    await fablab.getByRole('button', { name: 'Send' }).click();
    await fablab.getByText('answered in time').waitFor();
    await fablab.context().close();

    // The asker's page follows without being loaded again.
    await asker.getByText('In the second week of May.').waitFor();
    await asker.getByRole('button', { name: 'We are not content' }).click();
    await asker.getByLabel('Your words').fill('It was promised for April.');
    await asker.getByRole('button', { name: 'Send' }).click();
    await asker.getByText('in dispute').waitFor();
    await inspect(asker);
    await asker.context().close();

    const reader = await visit('', '/contracts/CSM-2026-0001');
    await reader.getByText('No money moves because of a dispute.', { exact: false }).waitFor();
    await inspect(reader);
    await reader.context().close();
  }, 60_000);
});

describe('the templates of a fablab', () => {
  it('are made its own by a coordinator, and refused with a forbidden clause', async () => {
    const page = await visit('Ines Almeida', '/fablabs/rivermill/templates');
    await page.getByLabel('Template').selectOption({ label: 'Pre-purchase' });
    await inspect(page);
    await page
      .getByLabel('When does oversight end?')
      .fill('Ownership of the workshop passes to the lenders.');
    await page.getByRole('button', { name: 'Save the template' }).click();
    await page.getByText('transfer of ownership').first().waitFor();
    await page.getByLabel('When does oversight end?').fill('The last unit is delivered.');
    await page.getByLabel('Days after the draft, milestone 1').fill('70');
    await page.getByRole('button', { name: 'Save the template' }).click();
    await page.getByText('Changed by this fablab.').waitFor();
    expect(await page.getByLabel('Days after the draft, milestone 1').inputValue()).toBe('70');
    await page.context().close();
  }, 60_000);
});
