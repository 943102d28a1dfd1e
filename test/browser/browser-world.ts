import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { tellStory } from '../../apps/demo/src/story.js';
import { findBrowser } from '../../tools/embedded/browser.mjs';
import { startTestApp, type TestApp } from '../support/test-app.js';

export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 860 };

/** Under load a page may take its time; what never comes should still fail within the test. */
const PATIENCE_MILLISECONDS = 12_000;

/** The running system with the demo story told, and a real browser in front of it. */
export interface BrowserWorld {
  readonly app: TestApp;
  readonly browser: Browser;
  /** A browser window of its own, with nobody signed in. */
  visitor(viewport?: { width: number; height: number }): Promise<Page>;
  close(): Promise<void>;
}

/** @throws Error that says what to do when the web app was not built */
export async function startBrowserWorld(): Promise<BrowserWorld> {
  if (!existsSync(join(process.cwd(), 'apps/admin/dist/index.html'))) {
    throw new Error('The web app is not built, so it cannot be tested: run “npm run build:web” first.');
  }
  const app = await startTestApp({ environment: { COMMONWRIGHT_DEMO: 'true' } });
  // The browser has the machine's time; the story is told on the same day.
  app.clock.advance({ seconds: Math.round((Date.now() - app.clock.now().getTime()) / 1000) });
  await tellStory(app.url, app.clock.now());
  await app.settle();
  const { executablePath, args, env } = await findBrowser();
  const browser = await chromium.launch({
    executablePath,
    args,
    env: { ...process.env, ...env } as Record<string, string>,
  });
  return {
    app,
    browser,
    visitor: async (viewport = PHONE) => {
      const context = await browser.newContext({
        baseURL: app.url,
        viewport,
        reducedMotion: 'reduce',
        hasTouch: viewport === PHONE,
      });
      context.setDefaultTimeout(PATIENCE_MILLISECONDS);
      return context.newPage();
    },
    close: async () => {
      await browser.close();
      await app.close();
    },
  };
}

/** Signs in with the press of one card, as a person would. */
export async function signInAs(page: Page, name: string): Promise<Page> {
  await page.goto('/app/sign-in');
  await page.getByRole('button', { name: new RegExp(name) }).click();
  await page.getByRole('heading', { level: 1, name: 'What needs you now' }).waitFor();
  return page;
}

/** Signs in without clicks, for tests that are about something else. */
export async function signInQuietly(context: BrowserContext, name: string): Promise<void> {
  const ask = async <Data>(query: string, variables = {}): Promise<Data> => {
    const answer = await context.request.post('/graphql', { data: { query, variables } });
    return ((await answer.json()) as { data: Data }).data;
  };
  const { demoPeople } = await ask<{ demoPeople: { id: string; displayName: string }[] }>(
    '{ demoPeople { id displayName } }',
  );
  const person = demoPeople.find((each) => each.displayName === name);
  if (!person) throw new Error(`Nobody in the demo story is called ${name}.`);
  const mutation = 'mutation ($input: SignInAsDemoPersonInput!) { signInAsDemoPerson(input: $input) { id } }';
  await ask(mutation, { input: { personId: person.id } });
}
