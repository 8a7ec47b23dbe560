import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { phone, test } from './stage/visit';

const pages = [
  '/markets',
  '/chart/BTC-USDT?use=RSI(14)',
  '/status',
  '/jobs',
  '/settings',
  '/settings/nothing',
];
const theme = (page: Page) => page.evaluate(() => document.documentElement.dataset['theme']);
const ground = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const dark = 'rgb(13, 17, 23)';
const light = 'rgb(247, 248, 250)';

describe('the status page', () => {
  test('tells what runs', async ({ visit }) => {
    const page = await visit.open('/status');
    await page.getByText('Everything works').waitFor();
    const dependencies = page.getByRole('region', { name: 'Dependencies' });
    expect(await dependencies.getByRole('row', { name: /database/ }).innerText()).toContain('PostgreSQL');
    expect(await page.getByRole('region', { name: 'API latency' }).innerText()).toContain('p95');
  });

  test('follows the server without being asked', async ({ visit }) => {
    const page = await visit.open('/status');
    const uptime = page.locator('dl div', { hasText: 'Uptime' }).locator('dd');
    await page.getByRole('banner').getByText('Live', { exact: true }).waitFor();
    const before = await uptime.innerText();
    const sockets = page.locator('dl div', { hasText: 'Open sockets' }).locator('dd');
    await expect.poll(() => sockets.innerText(), { timeout: 15_000 }).toMatch(/^[1-9]/);
    await expect.poll(() => uptime.innerText(), { timeout: 15_000 }).not.toBe(before);
  });

  test('says what to do when it cannot be read, and recovers', async ({ visit }) => {
    const page = await visit.open('/status', {
      expects: /ERR_FAILED/,
      prepare: async (opened) => {
        await opened.routeWebSocket(/\/ws$/, () => undefined);
        await opened.route('**/api/v1/status', (route) => route.abort());
      },
    });
    await page.getByText('This could not be loaded').waitFor({ timeout: 20_000 });
    await page.unroute('**/api/v1/status');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Everything works').waitFor();
  });

  test('does not shift while data comes in', async ({ visit }) => {
    const page = await visit.open('/status', {
      prepare: (opened) =>
        opened.addInitScript(() => {
          const shifts = { total: 0 };
          Object.assign(globalThis, { shifts });
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries())
              shifts.total += (entry as unknown as { value: number }).value;
          }).observe({ type: 'layout-shift', buffered: true });
        }),
    });
    await page.getByText('Everything works').waitFor();
    await page.waitForTimeout(1_000);
    const total = await page.evaluate(
      () => (globalThis as unknown as { shifts: { total: number } }).shifts.total,
    );
    expect(total).toBeLessThan(0.05);
  });
});

describe('a page that fails', () => {
  test('is reported, with a request id to quote, and leaves the frame standing', async ({ visit }) => {
    const page = await visit.open('/status', {
      expects: /TypeError|problem-reports|error boundary|occurred in/i,
      prepare: async (opened) => {
        await opened.routeWebSocket(/\/ws$/, () => undefined);
        await opened.route('**/api/v1/status', (route) =>
          route.fulfill({ json: { success: true, data: { version: '0' }, meta: { request_id: 'r' } } }),
        );
      },
    });
    await page.getByText('This page has failed').waitFor();
    await page.getByText('It was reported to the operator').waitFor();
    expect(await page.locator('code').innerText()).toMatch(/^req_/);
    await page.getByRole('banner').getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
  });
});

describe('the jobs page', () => {
  test('shows the schedule', async ({ visit }) => {
    const page = await visit.open('/jobs');
    await page.getByText('Scheduler on').waitFor();
    await page.getByRole('row', { name: /prune/ }).waitFor();
  });

  test('explains itself to those who may not read it', async ({ visit }) => {
    const refused = {
      success: false,
      error: { code: 'SIGN_IN_REQUIRED', message: 'Sign in', details: {} },
      meta: {},
    };
    const page = await visit.open('/jobs', {
      expects: /401/,
      prepare: (opened) =>
        opened.route('**/api/v1/scheduler/**', (route) => route.fulfill({ status: 401, json: refused })),
    });
    await page.getByText('The job history is for operators.').waitFor();
  });
});

describe('the theme', () => {
  test('follows the system at first', async ({ visit }) => {
    const page = await visit.open('/status', { colorScheme: 'dark' });
    expect(await ground(page)).toBe(dark);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await ground(page)).toBe(light);
  });

  test('once chosen is remembered, on the public pages too', async ({ visit }) => {
    const page = await visit.open('/settings', { colorScheme: 'dark' });
    await page.getByText('Light', { exact: true }).click();
    expect(await theme(page)).toBe('light');
    await page.reload();
    expect(await ground(page)).toBe(light);
    await page.goto('/');
    expect(await ground(page)).toBe(light);
    await page.goto('/docs');
    expect(await ground(page)).toBe(light);
  });
});

describe('the command palette', () => {
  test('changes the theme by a few keys, and gives the focus back', async ({ visit }) => {
    const page = await visit.open('/status', { colorScheme: 'light' });
    const search = page.getByRole('button', { name: 'Search or jump to…' });
    await search.focus();
    await openPalette(page);
    await page.keyboard.type('dark');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await theme(page)).toBe('dark');
    expect(await search.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('goes to pages with the arrow keys, and closes on Escape', async ({ visit }) => {
    const page = await visit.open('/status');
    await openPalette(page);
    const chosen = page.getByRole('option', { name: 'Jobs', selected: true });
    for (let presses = 0; presses < 30 && (await chosen.count()) === 0; presses++)
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Jobs', level: 1 }).waitFor();
    await page.keyboard.press('Meta+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('knows the symbols', async ({ visit }) => {
    const page = await visit.open('/status');
    await page.getByText('Simulated market.').waitFor();
    await openPalette(page);
    await page.keyboard.type('eth');
    await page.getByRole('option', { name: 'ETH/USDT' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/chart/ETH-USDT');
    await page.getByRole('heading', { name: 'ETH/USDT', level: 1 }).waitFor();
  });

  test('says so when nothing fits', async ({ visit }) => {
    const page = await visit.open('/status');
    await openPalette(page);
    await page.keyboard.type('moonshot');
    await page.getByText('Nothing is called “moonshot”.').waitFor();
  });
});

describe('the language', () => {
  test('is the browser’s, where we speak it', async ({ visit }) => {
    const page = await visit.open('/status', { locale: 'de-DE' });
    await page.getByText('Alles läuft').waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
  });

  test('can be chosen', async ({ visit }) => {
    const page = await visit.open('/settings');
    await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
    await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
    expect(await page.title()).toBe('Einstellungen · Tidemark');
  });
});

describe('the keyboard', () => {
  test('can skip the bars', async ({ visit }) => {
    const page = await visit.open('/status');
    await page.getByText('Everything works').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  });

  test('reaches every place, sees where it is, and begins a new page at its top', async ({ visit }) => {
    const page = await visit.open('/status');
    const jobs = page.getByRole('banner').getByRole('link', { name: 'Jobs' });
    for (
      let presses = 0;
      presses < 15 && !(await jobs.evaluate((link) => link === document.activeElement));
      presses++
    )
      await page.keyboard.press('Tab');
    expect(await jobs.evaluate((link) => getComputedStyle(link).outlineStyle)).toBe('solid');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Jobs', level: 1 }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  });
});

describe('on a phone', () => {
  test.for(pages)('%s fits', async (path, { visit }) => {
    const page = await visit.open(path, { ...phone, expects: /404/ });
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBe(0);
  });

  test('the places are under the thumb', async ({ visit }) => {
    const page = await visit.open('/status', phone);
    const bar = page.getByRole('navigation', { name: 'Main' });
    await bar.getByRole('button', { name: 'More' }).tap();
    await page.getByRole('dialog', { name: 'More' }).getByRole('link', { name: 'Settings' }).tap();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    await bar.getByRole('button', { name: 'Search' }).tap();
    await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
    await page.keyboard.press('Escape');
    await bar.getByRole('button', { name: 'More' }).tap();
    await page.getByRole('dialog', { name: 'More' }).getByRole('link', { name: 'Jobs' }).tap();
    await page.getByRole('heading', { name: 'Jobs', level: 1 }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

test('an address the app does not know is its own page', async ({ visit }) => {
  const page = await visit.open('/settings/nothing', { expects: /404/ });
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  await page.getByRole('link', { name: 'Go to the status page' }).click();
  await page.getByText('Everything works').waitFor();
});

async function openPalette(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
}
