import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect, inject, test as plain } from 'vitest';

export interface Visit {
  /** Opens a page like a person with this browser would; what goes wrong on it fails the test. */
  open(path: string, options?: VisitOptions): Promise<Page>;
}

export interface VisitOptions extends BrowserContextOptions {
  readonly base?: string;
  /** Faults this test causes on purpose. */
  readonly expects?: RegExp;
  /** Before the page is asked for: routes, scripts. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;

const hasBrowser = inject('browser') !== '';
let connected: Promise<Browser> | undefined;

const visiting = plain.extend<{ visit: Visit }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads which fixtures are needed from the pattern.
  visit: async ({}, use) => {
    connected ??= chromium.connect(inject('browser'));
    const browser = await connected;
    const faults: string[] = [];
    const pages: Page[] = [];
    await use({ open: (path, options = {}) => open(browser, path, options, pages, faults) });
    await Promise.all(pages.map((page) => page.context().close()));
    expect(faults).toEqual([]);
  },
});

export const test = visiting.skipIf(!hasBrowser);

async function open(
  browser: Browser,
  path: string,
  options: VisitOptions,
  pages: Page[],
  faults: string[],
): Promise<Page> {
  const { base = inject('base'), expects, prepare, ...settings } = options;
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    baseURL: base,
    ...settings,
  });
  // What comes at once on a quiet machine may take its time on a busy one.
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  pages.push(page);
  const note = (fault: string) => {
    if (!expects?.test(fault)) faults.push(`${path}: ${fault}`);
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') note(message.text());
  });
  page.on('pageerror', (error) => note(String(error)));
  await prepare?.(page);
  await page.goto(path);
  return page;
}
