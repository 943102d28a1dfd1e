import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DESK, PHONE, signInQuietly, startBrowserWorld, type BrowserWorld } from './browser-world.js';

/** Every page of the app, as somebody sees it for whom it holds something. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  '': [
    '/sign-in',
    '/sign-up',
    '/invitation/unknown',
    '/contracts',
    '/contracts/CSM-2026-0001',
    '/no/such/page',
  ],
  'Ines Almeida': [
    '/',
    '/communities',
    '/communities/new',
    '/communities/rivermill',
    '/fablabs/rivermill/sections',
    '/fablabs/rivermill/makers',
    '/fablabs/rivermill/products',
    '/fablabs/rivermill/products/new',
    '/fablabs/rivermill/products/bicycle-trailer',
    '/fablabs/rivermill/products/bicycle-trailer/new-version',
    '/contracts',
    '/contracts/new',
    '/contracts/CSM-2026-0002',
    '/contracts/CSM-2026-0003',
    '/contracts/CSM-2026-0003/edit',
    '/workshop/rivermill',
  ],
  'Tomás Novák': ['/', '/workshop/rivermill/woodworking', '/workshop/rivermill/metalworking'],
  'Pilar Costa': ['/', '/contracts/CSM-2026-0002', '/contracts/CSM-2026-0002/pledge'],
  'Ruth Okafor': ['/ledger/rivermill', '/contracts/CSM-2026-0001', '/contracts/CSM-2026-0001/entries'],
};

interface Look {
  readonly size: typeof PHONE;
  readonly colorScheme: 'light' | 'dark';
  /** Only contrast depends on the colours, so every other rule is asked once for each width. */
  readonly rules: 'all' | 'contrast';
}

const LOOKS: readonly Look[] = [
  { size: PHONE, colorScheme: 'light', rules: 'all' },
  { size: PHONE, colorScheme: 'dark', rules: 'contrast' },
  { size: DESK, colorScheme: 'dark', rules: 'all' },
  { size: DESK, colorScheme: 'light', rules: 'contrast' },
];

interface Finding {
  readonly page: string;
  readonly look: string;
  readonly what: string;
}

describe('every page of the web app', () => {
  let world: BrowserWorld;

  beforeAll(async () => {
    world = await startBrowserWorld();
  }, 60_000);

  afterAll(async () => {
    await world.close();
  });

  for (const [name, paths] of Object.entries(PAGES)) {
    it(`has no axe violation and no sideways scroll, for ${name || 'a visitor'}`, async () => {
      const page = await world.visitor();
      if (name) await signInQuietly(page.context(), name);
      expect(await walk(page, paths)).toEqual([]);
      await page.context().close();
    }, 240_000);
  }

  it('has no axe violation in its dialogs', async () => {
    const page = await world.visitor();
    await signInQuietly(page.context(), 'Tomás Novák');
    await page.goto('/app/workshop/rivermill/woodworking');
    await page.getByRole('button', { name: 'Complete' }).click();
    await page.getByRole('dialog').waitFor();
    const findings: Finding[] = [];
    for (const look of LOOKS) {
      await wear(page, look);
      findings.push(...(await inspect(page, 'the dialog to complete a job', look)));
    }
    expect(findings).toEqual([]);
    await page.context().close();
  }, 30_000);

  it('says what is wrong beside the field, and takes the person there', async () => {
    const page = await world.visitor();
    await page.goto('/app/sign-up');
    await page.getByLabel('Your name').fill('Nora');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByText('Please give your email address.').waitFor();
    await page.getByText('The password needs at least 10 characters.').waitFor();
    await page.locator('input[type=email]:focus').waitFor();
    await page.context().close();
  }, 30_000);
});

/** Goes from page to page; what is wrong with one of them, an uncaught error included. */
async function walk(page: Page, paths: readonly string[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  page.on('pageerror', (error) => findings.push({ page: page.url(), look: 'any', what: error.message }));
  for (const path of paths) {
    await page.goto(`/app${path}`);
    await settled(page);
    for (const look of LOOKS) {
      await wear(page, look);
      findings.push(...(await inspect(page, path, look)));
    }
  }
  return findings;
}

/** The content is there and nothing is still being fetched. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
}

async function wear(page: Page, { size, colorScheme }: Look): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
}

async function inspect(page: Page, path: string, { size, colorScheme, rules }: Look): Promise<Finding[]> {
  const sideways = Number(
    await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
  );
  // The legacy mode needs no second page to gather frames, of which this app has none.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (rules === 'contrast' ? axe.withRules('color-contrast') : axe).analyze();
  const look = `${size.width} ${colorScheme}`;
  return [
    ...(sideways > 0 ? [{ page: path, look, what: `${sideways} px too wide` }] : []),
    ...violations.map(({ id, nodes }) => ({
      page: path,
      look,
      what: `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary?.slice(0, 400)}`).join(' | ')}`,
    })),
  ];
}
