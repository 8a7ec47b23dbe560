import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { readShifts, watchShifts } from './stage/shifts';
import { phone, test } from './stage/visit';

const rows = (page: Page) => page.locator('tr[data-symbol]');
const symbols = (page: Page) => rows(page).evaluateAll((all) => all.map((row) => row.dataset['symbol']));
const prices = (page: Page) => rows(page).locator('td:nth-of-type(2)').allInnerTexts();
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('tr')?.dataset['symbol']);

describe('the ribbon', () => {
  test.for(['/markets', '/chart/BTC-USDT', '/status', '/settings'])(
    'says on %s that the market is simulated, and cannot be dismissed',
    async (path, { visit }) => {
      const page = await visit.open(path);
      const ribbon = page.getByRole('region', { name: 'Where the data comes from' });
      await ribbon.getByText('Simulated market. No exchange is connected.').waitFor();
      expect(await ribbon.getByRole('button').count()).toBe(0);
    },
  );

  test('is not there when the market is live', async ({ visit }) => {
    const page = await visit.open('/settings', {
      prepare: (opened) => serve(opened, { provenance: 'live' }),
    });
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await page.getByRole('region', { name: 'Where the data comes from' }).waitFor({ state: 'detached' });
  });
});

describe('the watch list', () => {
  test('shows five symbols whose prices move', async ({ visit }) => {
    const page = await visit.open('/markets');
    await expect.poll(() => rows(page).count()).toBe(5);
    const before = await prices(page);
    await expect.poll(() => prices(page), { timeout: 30_000 }).not.toEqual(before);
    expect(await rows(page).first().innerText()).toMatch(/BTC\/USDT[\s\S]*[+-]\d+\.\d\d%[\s\S]*\d+ s ago/);
  });

  test('does not shift while data comes in', async ({ visit }) => {
    const page = await visit.open('/markets', { prepare: watchShifts });
    await expect.poll(() => rows(page).count()).toBe(5);
    await page.waitForTimeout(1_000);
    expect(await readShifts(page)).toBeLessThan(0.05);
  });

  test('is searched, by a key too, and Enter opens what was found', async ({ visit }) => {
    const page = await visit.open('/markets');
    await rows(page).first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('ethusdt');
    await expect.poll(() => symbols(page)).toEqual(['ETH/USDT']);
    expect(new URL(page.url()).search).toBe('?q=ethusdt');
    await page.keyboard.type('x');
    await page.getByText('No symbol matches “ethusdtx”.').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type('sol');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/chart/SOL-USDT');
  });

  test('is sorted by a column, and a reload keeps that', async ({ visit }) => {
    const page = await visit.open('/markets');
    await rows(page).first().waitFor();
    await page.getByRole('button', { name: 'Symbol' }).click();
    const byName = ['BNB/USDT', 'BTC/USDT', 'ETH/USDT', 'SOL/USDT', 'XRP/USDT'];
    await expect.poll(() => symbols(page)).toEqual(byName);
    await page.getByRole('button', { name: 'Symbol' }).click();
    await page.reload();
    await expect.poll(() => symbols(page)).toEqual(byName.toReversed());
    expect(await page.getByRole('columnheader', { name: 'Symbol' }).getAttribute('aria-sort')).toBe(
      'descending',
    );
  });

  test('puts favourites first and remembers them', async ({ visit }) => {
    const page = await visit.open('/markets');
    await rows(page).first().waitFor();
    await page.getByRole('button', { name: 'XRP/USDT is a favourite' }).click();
    await expect.poll(async () => (await symbols(page))[0]).toBe('XRP/USDT');
    await page.reload();
    await expect.poll(async () => (await symbols(page))[0]).toBe('XRP/USDT');
    await page.getByRole('button', { name: 'Favourites first' }).click();
    await expect.poll(async () => (await symbols(page))[0]).not.toBe('XRP/USDT');
  });

  test('can be walked and marked with the keyboard', async ({ visit }) => {
    const page = await visit.open('/markets?sort=symbol');
    await rows(page).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toBe('BTC/USDT');
    await page.keyboard.press('f');
    await expect.poll(async () => (await symbols(page))[0]).toBe('BTC/USDT');
    await page.keyboard.press('f');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/chart/*');
  });

  test('tells how far loading has come, and why it does not get on', async ({ visit }) => {
    const loading = { symbol: 'BTC/USDT', stage: 'newest', done: 10_800, total: 43_200, rate: 2_400 };
    const page = await visit.open('/markets', {
      prepare: (opened) =>
        serve(opened, { loading: { ...loading, secondsLeft: 13.5, trouble: 'Binance does not answer.' } }),
    });
    const row = rows(page).first();
    expect(await row.getByRole('progressbar').last().getAttribute('value')).toBe('0.25');
    expect(await row.innerText()).toContain('2.4K/s · 13 s left');
    await page
      .getByRole('list', { name: 'Symbols that do not get on' })
      .getByText('does not answer')
      .waitFor();
  });

  test('says what to do when it is empty', async ({ visit }) => {
    const page = await visit.open('/markets', { prepare: (opened) => serve(opened, null) });
    await page.getByText('No symbol is watched.').waitFor();
    await page.getByText('tidemark import').waitFor();
  });

  test('says what happened when it cannot be read', async ({ visit }) => {
    const error = { code: 'INTERNAL_ERROR', message: 'Something broke.', details: {} };
    const page = await visit.open('/markets', {
      expects: /400/,
      prepare: (opened) =>
        opened.route('**/api/v1/markets', (route) =>
          route.fulfill({ status: 400, json: { success: false, error, meta: { request_id: 'req_1' } } }),
        ),
    });
    await page.getByText('This could not be loaded').waitFor();
    await page.getByText('req_1').waitFor();
    await page.unroute('**/api/v1/markets');
    await page.getByRole('button', { name: 'Try again' }).click();
    await rows(page).first().waitFor();
  });

  test('fits a phone, where a tap opens the chart', async ({ visit }) => {
    const page = await visit.open('/markets', phone);
    await rows(page).first().waitFor();
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBe(0);
    await rows(page).first().getByText('/USDT').tap();
    await page.waitForURL('**/chart/*');
  });
});

/** A watch list of one symbol, or of none, that does not move. */
async function serve(page: Page, change: object | null): Promise<void> {
  const market = {
    symbol: 'BTC/USDT',
    source: 'simulator',
    provenance: 'synthetic',
    price: 100,
    at: new Date().toISOString(),
    bid: 99,
    ask: 101,
    change1h: 0,
    change24h: 0.01,
    change7d: null,
    high24h: 110,
    low24h: 90,
    volume24h: 10,
    quoteVolume24h: 1_000,
    sparkline: [1, 2, 3],
    lastClosedAt: null,
    loading: null,
    ...change,
  };
  const data = {
    source: 'simulator',
    provenance: market.provenance,
    reason: 'a test',
    markets: change === null ? [] : [market],
  };
  await page.routeWebSocket(/\/ws$/, () => undefined);
  await page.route('**/api/v1/markets', (route) =>
    route.fulfill({ json: { success: true, data, meta: { request_id: 'req_1' } } }),
  );
}
