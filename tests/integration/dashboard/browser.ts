/** Debian's Chromium, headless. `CHROMIUM` names another one. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Where it is not installed the tests that need it are skipped, and their name says so. */
export const hasBrowser = existsSync(EXECUTABLE);

export async function launch(cleanUp: AsyncDisposableStack): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox'] });
  cleanUp.defer(() => browser.close());
  return browser;
}

export interface Visit {
  readonly page: Page;
  /** Errors of scripts and of the content security policy; a failed request is no error of the page. */
  readonly faults: string[];
  /** `METHOD path` of every request. */
  readonly requests: string[];
}

export interface Look {
  readonly phone?: boolean;
  readonly dark?: boolean;
}

export async function visit(browser: Browser, url: string, { phone = false, dark = false }: Look = {}, before: (page: Page) => Promise<void> = () => Promise.resolve()): Promise<Visit> {
  const context = await browser.newContext({ viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 }, colorScheme: dark ? 'dark' : 'light' });
  const page = await context.newPage();
  const faults: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
  });
  page.on('request', (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await before(page);
  await page.goto(url);
  return { page, faults, requests };
}
