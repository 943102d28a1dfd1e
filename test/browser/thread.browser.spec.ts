import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DESK, signInAs, signInQuietly, startBrowserWorld, type BrowserWorld } from './browser-world.js';

const DRAFT = 'CSM-2026-0003';

describe('the main thread, in a browser on a phone', () => {
  let world: BrowserWorld;

  beforeAll(async () => {
    world = await startBrowserWorld();
  }, 60_000);

  afterAll(async () => {
    await world.close();
  });

  /** A person signs in by one press and goes to the contract by the list. */
  async function atContract(name: string, title: string): Promise<Page> {
    const page = await signInAs(await world.visitor(), name);
    await page.getByRole('link', { name: 'Contracts', exact: true }).click();
    await page.getByRole('link', { name: title }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    return page;
  }

  async function accept(page: Page, community: string): Promise<void> {
    await page.getByRole('button', { name: `Accept for ${community}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/^[0-9a-f]{64}$/).waitFor();
    await dialog.getByRole('button', { name: `Accept for ${community}` }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  async function pledge(page: Page): Promise<void> {
    await page.getByRole('link', { name: 'Pledge support' }).click();
    await page.getByRole('button', { name: 'EUR 750.00', exact: true }).click();
    await page.getByRole('button', { name: 'Pledge EUR 750.00' }).click();
  }

  it('leads a draft to an active contract: opened, accepted by every party, pledged to its threshold', async () => {
    const title = 'Repair stand for every courtyard';
    const ines = await atContract('Ines Almeida', title);
    await ines.getByRole('button', { name: 'Open the contract' }).click();
    await ines.getByRole('button', { name: 'Publish release 1' }).click();
    await ines.getByText(`${DRAFT} is open: release 1 is published.`).waitFor();
    await accept(ines, 'Rivermill Fablab');

    const marta = await atContract('Marta Lindqvist', title);
    await accept(marta, 'Oak Hollow');
    const jonas = await atContract('Jonas Petrov', title);
    await pledge(jonas);
    await jonas.getByText(/EUR\s750.00 pledged of EUR\s1,500.00 \(50 %\)/).waitFor();

    const pilar = await atContract('Pilar Costa', title);
    await accept(pilar, 'Sunfield Housing Cooperative');
    await pledge(pilar);
    await pilar.getByText(`Every party has accepted and the threshold is met: ${DRAFT} is active.`).waitFor();
    // The others see it on the page they have open, without loading it again.
    await ines.getByText('pledges are binding, and Rivermill Fablab is at work').waitFor();
    await jonas.getByText('pledges are binding, and Rivermill Fablab is at work').waitFor();
    await Promise.all([ines, marta, jonas, pilar].map((page) => page.context().close()));
  }, 60_000);

  it('books a pledge once when the answer is lost and the button is pressed again', async () => {
    const page = await world.visitor();
    await signInQuietly(page.context(), 'Pilar Costa');
    await page.goto('/app/contracts/CSM-2026-0002/pledge');
    let lost = 0;
    await page.route('**/graphql', async (route) => {
      if (lost > 0 || !route.request().postData()?.includes('MakePledge')) return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort('connectionreset');
    });
    await page.getByLabel('How much?').fill('100');
    await page.getByRole('button', { name: 'Pledge EUR 100.00' }).click();
    await page
      .getByText(/cannot be reached right now/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Pledge EUR 100.00' }).click();
    await page.getByText('EUR 100.00 pledged for Sunfield Housing Cooperative. Thank you.').waitFor();
    await page.getByText(/EUR\s900.00 pledged of EUR\s2,400.00/).waitFor();
    await page.getByRole('heading', { name: 'Pledges and payments' }).waitFor();
    expect(lost).toBe(1);
    expect(await page.getByText(/EUR\s100.00 pledged on/).count()).toBe(1);
    await page.context().close();
  }, 40_000);

  it('lets a maker take, start, note and complete a job, while a board elsewhere follows by itself', async () => {
    const wall = await world.visitor(DESK);
    await signInQuietly(wall.context(), 'Ines Almeida');
    await wall.goto('/app/workshop/rivermill/metalworking');
    await wall.getByText('Live', { exact: true }).waitFor();
    const inHand = wall.getByRole('region', { name: /In hand/ });
    await inHand.getByText('Nobody is at work here right now.').waitFor();

    const aiko = await signInAs(await world.visitor(), 'Aiko Brandt');
    await aiko.getByRole('link', { name: /Metalworking/ }).click();
    await aiko.getByRole('button', { name: 'Take next job' }).click();
    await inHand.getByText('Aiko Brandt').waitFor();
    await aiko.getByRole('button', { name: 'Start' }).click();
    await inHand.getByRole('timer').waitFor();

    await aiko.getByRole('button', { name: 'Note' }).click();
    await aiko.getByRole('textbox', { name: 'Note' }).fill('The jig is a little tight.');
    await aiko.getByRole('button', { name: 'Save' }).click();
    await aiko.getByText('The jig is a little tight.').first().waitFor();

    await aiko.getByRole('button', { name: 'Complete' }).click();
    await aiko.getByRole('button', { name: 'Done', exact: true }).click();
    await aiko.getByText(/is done: \d+ of \d+ good\./).waitFor();
    await aiko.getByRole('button', { name: 'Take next job' }).waitFor();
    await inHand.getByText('Nobody is at work here right now.').waitFor();
    await Promise.all([wall, aiko].map((page) => page.context().close()));
  }, 60_000);

  it('keeps visitors outside, and brings them to the page they wanted once they sign in', async () => {
    const page = await world.visitor();
    await page.goto('/app/ledger/rivermill');
    await page.getByRole('button', { name: /Ruth Okafor/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/app/ledger/rivermill');
    await page.context().close();
  }, 30_000);
});
