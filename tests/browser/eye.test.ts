import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { findBarriersIn } from './stage/axe';
import { askFor, cells, interject, openAs, overflow, patience, pressed, rowOf } from './stage/eye';
import { phone, test } from './stage/visit';

const long = { timeout: 150_000 };

interface Cell {
  readonly timeframe: string;
  readonly isLocked: boolean;
  readonly code: string | null;
}
interface Row {
  readonly symbol: string;
  readonly isLocked: boolean;
  readonly processedUntil: string | null;
  readonly cells: Cell[];
}

async function read<Data>(page: Page, path: string): Promise<Data> {
  return (await (await page.request.get(`/api/v1/${path}`)).json()).data as Data;
}

/** Milliseconds the page has worked so far, whatever else the machine does. */
async function readWork(page: Page): Promise<number> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const { metrics } = await tools.send('Performance.getMetrics');
  await tools.detach();
  return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}

const param = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

describe('each plan sees its part, over page, API and socket', () => {
  test('Free: gaps of one symbol', long, async ({ visit }) => {
    const page = await openAs(visit, 'free', '/dashboard', { expects: /403/ });
    await rowOf(page, 'BTC/USDT').waitFor();
    expect(await rowOf(page, 'BTC/USDT').getAttribute('data-locked')).toBeNull();
    expect(await rowOf(page, 'ETH/USDT').getAttribute('data-locked')).toBe('true');
    await rowOf(page, 'BTC/USDT').locator('a[data-way]').first().waitFor(patience);
    for (const text of await cells(page).allInnerTexts()) expect(text).toContain('Fair value gap');
    await page.getByText('Other symbols are locked. It opens with Pro.').waitFor();
    await page
      .getByText('Order blocks, liquidity sweeps, breaker and mitigation blocks are locked.')
      .waitFor();
    await page.getByText('Signals are locked').waitFor();

    const { rows } = await read<{ rows: Row[] }>(page, 'matrix');
    for (const row of rows) {
      expect(row.isLocked).toBe(row.symbol !== 'BTC/USDT');
      for (const cell of row.cells) expect([null, 'FVG']).toContain(cell.code);
    }
    expect(await askFor(page, 'matrix')).toBe('PLAN_REQUIRED');
    expect(await askFor(page, 'patterns')).toBe('PLAN_REQUIRED');
    expect(await askFor(page, 'patterns:BTC/USDT:OB')).toBe('PLAN_REQUIRED');
    expect(await askFor(page, 'signals')).toBe('PLAN_REQUIRED');
    expect(await askFor(page, 'patterns:BTC/USDT:FVG')).toBe('subscribed');
    expect(await askFor(page, 'matrix:BTC/USDT:FVG')).toBe('subscribed');

    await page.goto('/patterns');
    await page.getByText('Patterns: Locked').waitFor();
    await page.goto('/signals');
    await page.getByText('Signals: Locked').waitFor();
    await page.getByRole('link', { name: 'Why can’t I see this?' }).click();
    await page.waitForURL('**/profile/subscription?why=signals.read');
  });

  test('Pro: every kind of the symbols it chose', long, async ({ visit }) => {
    const page = await openAs(visit, 'pro', '/dashboard');
    await page.getByRole('button', { name: 'Choose your symbols' }).click();
    const dialog = page.getByRole('dialog', { name: 'Choose up to 5 symbols' });
    await dialog.getByLabel('SOL/USDT').uncheck();
    await dialog.getByRole('button', { name: 'Save' }).click();
    try {
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(() => rowOf(page, 'SOL/USDT').getAttribute('data-locked')).toBe('true');
      expect(await rowOf(page, 'ETH/USDT').getAttribute('data-locked')).toBeNull();
      expect(await askFor(page, 'matrix:SOL/USDT')).toBe('PLAN_REQUIRED');
      expect(await askFor(page, 'matrix:ETH/USDT')).toBe('subscribed');
      expect(await askFor(page, 'signals:ETH/USDT')).toBe('subscribed');
      expect(await askFor(page, 'signals')).toBe('PLAN_REQUIRED');
      await page.goto('/patterns?state=all');
      await page.locator('tr[data-pattern]').first().waitFor(patience);
      expect(await page.getByRole('option', { name: 'SOL/USDT (locked)' }).isDisabled()).toBe(true);
      const found = await read<{ symbol: string }[]>(page, 'patterns?status=all&limit=200');
      expect(found.length).toBeLessThanOrEqual(100);
      expect(found.map((one) => one.symbol)).not.toContain('SOL/USDT');
    } finally {
      await page.goto('/dashboard');
      await page.getByRole('button', { name: 'Choose your symbols' }).click();
      await dialog.getByLabel('SOL/USDT').check();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
    }
  });

  test('Premium: everything', long, async ({ visit }) => {
    const page = await openAs(visit, 'premium', '/dashboard');
    await cells(page).first().waitFor(patience);
    expect(await page.locator('[role=grid] [data-locked]').count()).toBe(0);
    expect(await page.getByRole('list', { name: 'What your plan leaves locked' }).count()).toBe(0);
    for (const channel of ['matrix', 'patterns', 'signals'])
      expect(await askFor(page, channel)).toBe('subscribed');
  });
});

describe('the matrix', () => {
  test('leads to the chart of a cell, with its pattern', long, async ({ visit }) => {
    const page = await openAs(visit, 'premium', '/dashboard');
    const cell = rowOf(page, 'BTC/USDT').locator('a[data-way]').first();
    await cell.waitFor(patience);
    const [, timeframe] =
      /^BTC\/USDT (\w+):/.exec((await cell.locator('.visually-hidden').innerText()).trim()) ?? [];
    await cell.click();
    await page.waitForURL('**/chart/BTC-USDT?**');
    await page.getByRole('heading', { name: 'BTC/USDT', level: 1 }).waitFor();
    expect(param(page, 'tf')).toBe(timeframe);
    expect(param(page, 'pattern')).toMatch(/^\d+$/);
  });

  test('is walked through by the arrows, and searched after a slash', async ({ visit }) => {
    const page = await openAs(visit, 'premium', '/dashboard?sort=symbol');
    await rowOf(page, 'BNB/USDT').getByRole('link').first().focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    const place = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset['place']);
    await expect.poll(place).toBe('1:2');
    await page.keyboard.press('End');
    await expect.poll(place).toBe('1:8');
    await page.keyboard.press('/');
    await page.keyboard.type('sol');
    await expect.poll(() => page.locator('[role=grid] [data-symbol]').count()).toBe(1);
    expect(param(page, 'q')).toBe('sol');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('[role=grid] [data-symbol]').count()).toBe(5);
  });

  test('shows what is found while one looks at it', async ({ visit }) => {
    let tell: Awaited<ReturnType<typeof interject>> = async () => undefined;
    const page = await openAs(visit, 'premium', '/dashboard', {
      prepare: async (opened) => {
        tell = await interject(opened);
      },
    });
    await rowOf(page, 'ETH/USDT').waitFor();
    const { rows } = await read<{ rows: Row[] }>(page, 'matrix');
    const row = rows.find((one) => one.symbol === 'ETH/USDT');
    const found = {
      direction: 'bearish',
      kind: 'liquiditySweep',
      code: 'SWEEP',
      patternId: 999_999,
      strength: 77,
      knownAt: new Date().toISOString(),
      zone: { bottom: 1, top: 2 },
      isTouched: false,
      active: 1,
    };
    await tell('matrix', {
      ...row,
      processedUntil: new Date(Date.now() + 60_000).toISOString(),
      cells: row?.cells.map((cell) => (cell.timeframe === '1h' ? { ...cell, ...found } : cell)),
    });
    await rowOf(page, 'ETH/USDT')
      .getByRole('link', { name: 'ETH/USDT 1h: Bearish · Liquidity sweep, strength 77 of 100' })
      .waitFor();
  });

  test('of five hundred symbols draws those in sight alone, and is as quick', async ({ visit }) => {
    const page = await openAs(visit, 'premium', '/dashboard?sort=symbol', {
      prepare: (opened) =>
        opened.route('**/api/v1/matrix', async (route) => {
          const answer = await route.fetch();
          const body = (await answer.json()) as { data: { rows: Row[] } };
          const [first] = body.data.rows;
          if (first)
            body.data.rows = Array.from({ length: 500 }, (_, i) => ({
              ...first,
              symbol: `S${String(i).padStart(3, '0')}/USDT`,
            }));
          await route.fulfill({ response: answer, json: body });
        }),
    });
    await rowOf(page, 'S000/USDT').waitFor();
    expect(await page.locator('[role=grid] [data-symbol]').count()).toBeLessThan(60);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('501');
    await page.getByRole('grid').evaluate((box) => {
      box.scrollTop = box.scrollHeight;
    });
    await rowOf(page, 'S499/USDT').waitFor();
    const begun = await readWork(page);
    await page.evaluate(async () => {
      const box = document.querySelector('[role=grid]');
      for (let i = 0; i < 30; i++) {
        if (box) box.scrollTop = i * 700;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    });
    expect(((await readWork(page)) - begun) / 30).toBeLessThan(100);
  });

  test('tells how far the first count of history has come', async ({ visit }) => {
    const page = await openAs(visit, 'premium', '/dashboard', {
      prepare: (opened) =>
        opened.route('**/api/v1/pattern-stats', async (route) => {
          const answer = await route.fetch();
          const body = (await answer.json()) as { data: { progress: object } };
          body.data.progress = {
            isRunning: true,
            done: 25,
            total: 100,
            symbol: 'BTC/USDT',
            computedAt: null,
          };
          await route.fulfill({ response: answer, json: body });
        }),
    });
    const notice = page.getByRole('region', { name: 'Counting the stored history' });
    await notice.getByText('25%').waitFor();
    expect(await notice.getByRole('progressbar').getAttribute('value')).toBe('0.25');
  });
});

describe('the list of patterns', () => {
  test('is filtered by the address, and the filter outlives a reload', long, async ({ visit }) => {
    const page = await openAs(visit, 'premium', '/patterns');
    await page.locator('tr[data-pattern]').first().waitFor(patience);
    await page.getByRole('group', { name: 'Kinds of patterns' }).getByText('FVG').click();
    await page.getByText('▲ Bullish').click();
    await page.getByRole('combobox', { name: 'State' }).selectOption('all');
    await expect.poll(() => param(page, 'kind')).toBe('FVG');
    expect([param(page, 'direction'), param(page, 'state')]).toEqual(['bullish', 'all']);
    const kinds = () => page.locator('tr[data-pattern] td:nth-child(4)').allInnerTexts();
    await expect.poll(async () => new Set((await kinds()).map((text) => text.trim())).size).toBe(1);
    await page.reload();
    await page.locator('tr[data-pattern]').first().waitFor();
    for (const text of await kinds()) expect(text).toContain('FVG');

    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Rising gaps');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await expect.poll(() => param(page, 'kind')).toBeNull();
    await page.getByRole('button', { name: 'Rising gaps', exact: true }).click();
    await expect.poll(() => param(page, 'kind')).toBe('FVG');
  });

  test('goes back page by page, is walked by keys, and is exported', long, async ({ visit }) => {
    const page = await openAs(visit, 'premium', '/patterns?state=all');
    const rows = page.locator('tr[data-pattern]');
    await rows.first().waitFor(patience);
    const before = await rows.count();
    await page.getByRole('button', { name: 'Show older' }).click();
    await expect.poll(() => rows.count()).toBeGreaterThan(before);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => param(page, 'at')).toMatch(/^\d+$/);
    const side = page.getByRole('region', { name: 'The chosen pattern' });
    await side.getByRole('region', { name: /^Measured reliability/ }).waitFor();
    const href = await page.getByRole('link', { name: 'Export as CSV' }).getAttribute('href');
    const file = await page.request.get(href ?? '');
    expect(file.headers()['content-type']).toContain('text/csv');
    expect((await file.text()).split('\n')[0]).toContain('known_at');
    await pressed(page).press('Enter');
    await page.waitForURL('**/chart/**pattern=**');
  });

  test('takes in what is found, and lets go what has ended', long, async ({ visit }) => {
    let tell: Awaited<ReturnType<typeof interject>> = async () => undefined;
    const page = await openAs(visit, 'premium', '/patterns?kind=FVG', {
      prepare: async (opened) => {
        tell = await interject(opened);
      },
    });
    await page.locator('tr[data-pattern]').first().waitFor(patience);
    const [known] = await read<{ id: number; endedAt: string | null }[]>(page, 'patterns?kind=FVG&limit=1');
    const pattern = { ...known, id: 99_999_999, symbol: 'BTC/USDT', knownAt: new Date().toISOString() };
    await tell('patterns', { change: 'confirmed', pattern, receivedAt: null });
    const row = page.locator('tr[data-pattern="99999999"]');
    await row.waitFor();
    const over = { ...pattern, status: 'filled', endedAt: new Date().toISOString() };
    await tell('patterns', { change: 'ended', pattern: over, receivedAt: null });
    await row.waitFor({ state: 'detached' });
  });
});

describe('signals', () => {
  test('show their plan, what they rest on and the proof of their time', long, async ({ visit }) => {
    const page = await openAs(visit, 'premium', '/signals');
    const rows = page.locator('tr[data-signal]');
    await rows.first().waitFor(patience);
    await rows.first().locator('[data-pick]').click();
    const side = page.getByRole('region', { name: 'The chosen signal' });
    await side.getByRole('img', { name: 'Entry, stop and targets by price' }).waitFor();
    await side.getByRole('link', { name: 'Open the signal' }).click();
    await page.waitForURL(/\/signals\/\d+$/);
    await page
      .getByRole('region', { name: 'Trade plan' })
      .getByText(/^Target 1( ✓)?$/)
      .waitFor();
    await page.getByRole('region', { name: 'Proof of time' }).waitFor();
    await page.getByRole('region', { name: /^Measured reliability/ }).waitFor();
  });

  test('are looked for again when asked', long, async ({ visit }) => {
    const page = await openAs(visit, 'premium', '/signals');
    await page.getByRole('button', { name: 'Look again now' }).click();
    await page.getByText(/symbols are looked at/).waitFor(patience);
  });
});

test('a pattern is taught in both languages, with its drawing and its record', long, async ({ visit }) => {
  const page = await openAs(visit, 'premium', '/learn/patterns/fair-value-gap');
  await page.getByRole('img', { name: 'Fair value gap, Bullish: a drawn example' }).waitFor();
  await page.getByRole('heading', { name: 'How to trade it' }).waitFor();
  await page.getByText('▼ Bearish').click();
  await page.getByRole('img', { name: 'Fair value gap, Bearish: a drawn example' }).waitFor();
  await page.getByRole('navigation', { name: 'Patterns' }).getByRole('link', { name: 'Order block' }).click();
  await page.getByRole('heading', { name: 'Order block', level: 1 }).waitFor();
  const german = await visit.open('/learn/patterns/order-block', {
    locale: 'de-DE',
    expects: /401/,
  });
  await german.getByRole('heading', { name: 'Wie man es findet' }).waitFor();
});

const pages = [
  ['/dashboard', '[role=grid] [data-symbol]'],
  ['/patterns?state=all', 'tr[data-pattern]'],
  ['/signals', 'tr[data-signal]'],
  ['/learn/patterns/liquidity-sweep', 'svg[role=img]'],
] as const;

describe.each([
  ['a desk', {}, ['dark', 'light']],
  ['a phone', phone, ['dark']],
] as const)('on %s', (_, size, themes) => {
  test.for(pages)('axe finds no barrier on %s, and it fits', long, async ([path, sign], { visit }) => {
    const page = await openAs(visit, 'pro', path, size);
    await page.locator(sign).first().waitFor(patience);
    expect(await overflow(page)).toBe(0);
    expect(await findBarriersIn(themes, page)).toEqual([]);
  });
});
