import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { findBarriers } from './stage/axe';
import { openAs, overflow, patience } from './stage/eye';
import { phone, test } from './stage/visit';

const form = (page: Page) => page.getByRole('region', { name: 'New backtest' });
const ran = (page: Page) => page.locator('[data-verdict]');

/** Sets a backtest up, runs it and waits for what came out. */
async function run(page: Page, title: string, buyBelow: string): Promise<void> {
  await page.goto('/backtest');
  await form(page).getByLabel('Period', { exact: true }).selectOption('max');
  await form(page).getByRole('textbox', { name: 'Title' }).fill(title);
  const level = form(page).getByRole('textbox', { name: 'Buy below' });
  await level.fill(buyBelow);
  await form(page).getByRole('button', { name: 'Run the backtest' }).click();
  await page.waitForURL(/\/backtest\/runs\/BT-\d{8}-\d{3}$/);
  await ran(page).waitFor(patience);
}

/** Older candles that come in meanwhile would make other data of the same period. */
const untilLoaded = (page: Page) =>
  expect
    .poll(
      () =>
        page.evaluate(async () => {
          const { data } = await (await fetch('/api/v1/markets')).json();
          return data.markets.find((row: { symbol: string }) => row.symbol === 'BTC/USDT')?.loading?.stage;
        }),
      { timeout: 120_000 },
    )
    .toBe('upToDate');

async function fingerprintOf(page: Page): Promise<string> {
  await page.goto(`${new URL(page.url()).pathname}?view=settings`);
  return page.locator('code[title]').innerText(patience);
}

/** What a link leads to, fetched as the page would. */
const download = (page: Page, address: string) =>
  page.evaluate(async (path) => {
    const answer = await fetch(path);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { status: answer.status, start: String.fromCharCode(...bytes.slice(0, 60)) };
  }, address);

describe('a Premium user', () => {
  test('runs, reads, notes and exports a backtest', async ({ visit }) => {
    const page = await openAs(visit, 'premium', '/backtest');
    await form(page).waitFor();
    const level = form(page).getByRole('textbox', { name: 'Buy below' });
    await level.fill('500');
    await level.blur();
    await form(page).getByText('From 0 to 100.').waitFor();
    await run(page, 'First try', '30');

    // What it did on data it was not fitted to is drawn first.
    const curves = page.locator('[data-curves]');
    await curves.waitFor();
    expect(await curves.getAttribute('data-curves')).toMatch(/^(outOfSample )?inSample hold$/);
    await page.getByText('It says nothing about any real market.', { exact: false }).waitFor();
    await page.getByRole('row', { name: /^Sharpe/ }).waitFor();
    await page.getByText('Deflated Sharpe').first().waitFor();

    await page.getByRole('textbox', { name: 'Why this run, and what it taught' }).fill('Too many trades.');
    await page.getByRole('button', { name: 'Save the note' }).click();
    await page.getByText('Saved.').waitFor();

    await page.getByText('Trades', { exact: true }).first().click();
    const trades = page.locator('tr[data-trade]');
    await trades.first().waitFor();
    await page.getByRole('button', { name: 'Profit' }).click();
    await expect
      .poll(() => page.getByRole('columnheader', { name: 'Profit' }).getAttribute('aria-sort'))
      .toBe('descending');
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('lost');
    await trades.first().waitFor();
    expect(await trades.first().innerText()).not.toContain('+');
    await page.getByRole('group', { name: /^Trades on/ }).waitFor();

    await page.getByText('For and against').click();
    expect(await page.locator('tr[data-cost]').count()).toBe(4);
    await page.locator('[data-check=lookAhead]').waitFor();

    await page.getByRole('button', { name: 'Export' }).click();
    const links = await page
      .locator('a[download]')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    const files = await Promise.all(links.map((link) => download(page, link)));
    expect(files.map(({ status }) => status)).toEqual(links.map(() => 200));
    expect(files.at(-1)?.start.slice(0, 2)).toBe('PK');

    await page.getByText('Settings and data', { exact: true }).first().click();
    await page.locator('[data-assumed]').getByText('there is no funding', { exact: false }).waitFor();
  });

  test('compares backtests, and is told of one that was tried before', async ({ visit }) => {
    const page = await openAs(visit, 'premium', '/backtest');
    await untilLoaded(page);
    await run(page, 'One way', '28');
    const first = new URL(page.url()).pathname;
    await run(page, 'Another way', '35');
    await page.goto('/backtest');
    await page.getByRole('checkbox', { name: /^Compare One way/ }).check();
    await page.getByRole('checkbox', { name: /^Compare Another way/ }).check();
    await page.getByRole('button', { name: 'Compare 2' }).click();
    await page.waitForURL(/\/backtest\/compare\?ids=/);
    await page.locator('tr[data-difference="parameters.buy_below"]').waitFor();
    const compared = await page.locator('[data-curves]').getAttribute('data-curves');
    expect(new Set(compared?.match(/BT-\d+-\d+/g)).size).toBe(2);

    // Run again unchanged it is the very same: the same time, and no new trial.
    await page.goto(first);
    const fingerprint = await fingerprintOf(page);
    await page.getByRole('link', { name: 'Change and run again' }).click();
    await form(page).getByRole('button', { name: 'Run the backtest' }).click();
    await page.waitForURL(
      (address) => /\/BT-\d{8}-\d{3}$/.test(address.pathname) && address.pathname !== first,
    );
    await page.getByText('The same was tried before', { exact: false }).waitFor(patience);
    expect(await fingerprintOf(page)).toBe(fingerprint);

    await page.goto('/backtest');
    const row = page.locator('tr[data-run]').filter({ hasText: 'Another way' });
    await row.getByRole('button', { name: /^Delete/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => row.count()).toBe(0);
    await expect
      .poll(async () => Number(await page.locator('[data-trials]').getAttribute('data-trials')))
      .toBeGreaterThanOrEqual(2);
  });
});

describe.each(['free', 'pro'] as const)('a user of %s', (plan) => {
  test('is told why not, and what opens it', async ({ visit }) => {
    const page = await openAs(visit, plan, '/backtest');
    await page.getByText('Backtests: Locked').waitFor();
    await page.getByText(/It opens with Premium\./).waitFor();
    for (const path of ['/backtest/optimiser', '/backtest/paper']) {
      await page.goto(path);
      await page.getByText('Backtests: Locked').waitFor();
    }
  });
});

test('a search says how much it is, and its map is read by keyboard', async ({ visit }) => {
  const page = await openAs(visit, 'premium', '/backtest/optimiser');
  const search = page.getByRole('region', { name: 'New search' });
  await search.getByLabel('Period', { exact: true }).selectOption('max');
  const sizes = [
    ['RSI period', '10', '18', '4'],
    ['Buy below', '25', '35', '5'],
  ] as const;
  for (const [name, from, to, step] of sizes) {
    await search.getByRole('textbox', { name: `${name}: From` }).fill(from);
    await search.getByRole('textbox', { name: `${name}: To` }).fill(to);
    await search.getByRole('textbox', { name: `${name}: Step` }).fill(step);
  }
  await expect.poll(() => page.locator('[data-combinations]').getAttribute('data-combinations')).toBe('9');
  await page.locator('[data-takes]:not([data-takes=""])').waitFor();
  await search.getByRole('button', { name: 'Start the search' }).click();
  await page.waitForURL(/\/backtest\/runs\/OP-/);
  const at = page.locator('[data-cell][tabindex="0"]');
  await at.waitFor(patience);
  await at.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  expect(await at.getAttribute('data-cell')).toMatch(/^1 \d$/);
  await page.locator('[data-said]').getByText('30', { exact: true }).waitFor();
  await page.locator('[data-said]').getByRole('link', { name: 'Open as a backtest' }).click();
  await page.waitForURL(/\/backtest\?of=OP-/);
  await expect.poll(() => form(page).getByRole('textbox', { name: 'Buy below' }).inputValue()).toBe('30');
});

test('a strategy runs on paper from now on, and is stopped once that is confirmed', async ({ visit }) => {
  const page = await openAs(visit, 'premium', '/backtest/paper?new=1');
  const begin = page.getByRole('region', { name: 'New paper session' });
  await begin.getByLabel('Timeframe', { exact: true }).selectOption('1m');
  await begin.getByRole('textbox', { name: 'Title' }).fill('On paper');
  await begin.getByRole('button', { name: 'Start on paper' }).click();
  await page.waitForURL(/\/backtest\/paper\/\d+$/);
  await page.locator('[data-equity="10000"]').waitFor();
  const ledger = page.locator('tr[data-entry=start]');
  await ledger.waitFor();
  expect(await ledger.innerText()).toMatch(/Start\s+The session began\.\s+10,000\.00$/);
  await page.getByText('The first report comes after midnight UTC.').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.waitForURL(/\/backtest\/paper$/);
  await page.getByText('No session yet').waitFor();
});

test('a position on paper is closed by hand once that is confirmed', async ({ visit }) => {
  const page = await openAs(visit, 'premium', '/backtest/paper?new=1', { expects: /409/ });
  const begin = page.getByRole('region', { name: 'New paper session' });
  await begin.getByRole('button', { name: 'Start on paper' }).click();
  await page.waitForURL(/\/backtest\/paper\/\d+$/);
  const close = page.getByRole('button', { name: 'Close position' });
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  expect(await close.count(), 'there is nothing to close').toBe(0);

  // A market of minutes takes some before a strategy holds anything: what the server says is given a position.
  let since: string | null = null;
  await page.route(/\/api\/v1\/paper\/sessions\/\d+$/, async (route) => {
    const answer = await route.fetch();
    const told = await answer.json();
    const position = {
      side: 'long',
      quantity: 2,
      entryPrice: 100,
      entryAt: told.data.startedAt,
      price: 103,
      profit: 5.9,
      stop: null,
      target: null,
    };
    await route.fulfill({
      response: answer,
      json: { ...told, data: { ...told.data, position, closesByHandSince: since } },
    });
  });
  await page.reload();
  await close.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  await close.click();
  await dialog.getByRole('button', { name: 'Close position' }).click();
  // The server knows of no position, and its refusal is shown where the question stands.
  await dialog.getByRole('alert').waitFor();

  await page.route(/\/paper\/sessions\/\d+\/close$/, async (route) => {
    since = '2026-03-02T10:00:00Z';
    await route.fulfill({ json: { success: true, data: {} } });
  });
  await dialog.getByRole('button', { name: 'Close position' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('[data-by-hand]').waitFor();
  expect(await close.count(), 'it is asked for once').toBe(0);

  await page.getByRole('button', { name: 'Stop' }).click();
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.waitForURL(/\/backtest\/paper$/);
});

test('a strategy of one’s own is checked while it is written, and kept by version', async ({ visit }) => {
  const page = await openAs(visit, 'premium', '/backtest/strategies/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Dips');
  const entry = page.getByRole('textbox', { name: 'Buy when' });
  await entry.fill('RSI(len) < 30 and clos > 1');
  await page.getByRole('alert').filter({ hasText: 'Line 1, character 19' }).waitFor();
  await entry.fill('RSI(len) < 25');
  await page.getByText('Warm-up candles').waitFor();
  await page.getByRole('button', { name: 'Save the strategy' }).click();
  await page.waitForURL(/\/backtest\/strategies\/own/);
  await page.getByRole('textbox', { name: 'Sell when' }).fill('RSI(len) > 60');
  await page.getByRole('button', { name: 'Save a new version' }).click();
  await expect.poll(() => page.locator('tr[data-version]').count()).toBe(2);
  await page.getByRole('link', { name: 'Backtest this' }).click();
  await expect
    .poll(() => form(page).getByLabel('Strategy', { exact: true }).inputValue())
    .toMatch(/^own:\d+$/);
});

test('an indicator shows its fault at its place, its line once it is right, and is saved', async ({
  visit,
}) => {
  const page = await openAs(visit, 'free', '/backtest/indicators');
  const formula = page.getByRole('textbox', { name: 'Formula' });
  await formula.fill('EMA(12) -');
  await page.getByRole('alert').filter({ hasText: 'Line 1, character' }).waitFor();
  await formula.fill('EMA(12) - EMA(26)');
  await page.locator('[data-preview]').waitFor();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Spread of averages');
  await page.getByRole('button', { name: 'Save the indicator' }).click();
  const row = page.locator('tr[data-indicator]').filter({ hasText: 'Spread of averages' });
  await row.waitFor();
  await row.getByRole('button', { name: /^Delete/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => row.count()).toBe(0);
});

test('the data explorer tells what is stored, missing and how old', async ({ visit }) => {
  const page = await openAs(visit, 'free', '/backtest/data?symbol=BTC-USDT&tf=1h&since=24h');
  await page.locator('tr[data-candle]').first().waitFor();
  await page.getByRole('button', { name: '15m' }).click();
  await page.waitForURL(/tf=15m/);
  await expect.poll(() => page.locator('tr[data-candle]').count()).toBe(50);
  await page.locator('[data-coverage]').waitFor();
  await page.getByText(/simulated data · closed/).waitFor();
});

/** Pages, and what is on them once they are complete. */
const looks = [
  ['/backtest', '[data-trials]'],
  ['/backtest/optimiser', '[data-takes]'],
  ['/backtest/paper', 'h2:has-text("Your sessions")'],
  ['/backtest/strategies', 'tr[data-strategy]'],
  ['/backtest/strategies/3rsi', 'h2:has-text("Our definition")'],
  ['/backtest/strategies/new', 'dt:has-text("Warm-up")'],
  ['/backtest/indicators', '[data-preview]'],
  ['/backtest/data', 'tr[data-candle]'],
] as const;

describe.each([
  ['dark', {}],
  ['light', phone],
] as const)('in the %s theme %o', (colorScheme, size) => {
  test('axe finds no barrier in the laboratory, and all fits', async ({ visit }) => {
    const page = await openAs(visit, 'premium', '/backtest', { colorScheme, ...size });
    for (const [path, sign] of looks) await look(page, path, sign);
    await look(page, await somethingThatRan(page), '[data-verdict]');
  });
});

async function look(page: Page, path: string, sign: string): Promise<void> {
  // As by a link: the app stays loaded.
  await page.evaluate((to) => history.pushState(null, '', to), path);
  await page.locator(sign).first().waitFor(patience);
  expect(await overflow(page), path).toBe(0);
  expect(await findBarriers(page), path).toEqual([]);
}

async function somethingThatRan(page: Page): Promise<string> {
  await page.goto('/backtest');
  const link = page.locator('tr[data-run][data-status=done] th a').first();
  if ((await link.count()) === 0) await run(page, 'To look at', '30');
  else await link.click();
  await ran(page).waitFor(patience);
  return new URL(page.url()).pathname;
}
