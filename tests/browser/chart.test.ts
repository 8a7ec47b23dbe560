import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { countCandles, legend, untilDrawn } from './stage/chart';
import { readShifts, watchShifts } from './stage/shifts';
import { phone, test } from './stage/visit';

const chart = (page: Page) => page.getByRole('group', { name: /^Chart of/ });
const indicator = (page: Page, use: string) => page.locator(`[data-indicator="${use}"]`);
const tf = (page: Page) => new URL(page.url()).searchParams.get('tf');

describe('the chart', () => {
  test('draws candles, and the forming one moves', async ({ visit }) => {
    const page = await visit.open('/chart/BTC-USDT?tf=1m');
    await untilDrawn(page, '1m');
    expect(await legend(page).innerText()).toMatch(/O\s*[\d,.]+\s*H\s*[\d,.]+\s*L\s*[\d,.]+\s*C\s*[\d,.]+/);
    const before = await legend(page).innerText();
    await expect.poll(() => legend(page).innerText(), { timeout: 30_000 }).not.toBe(before);
    expect(await page.title()).toBe('BTC/USDT 1m · Tidemark');
  });

  test('switches the timeframe by key and by button', async ({ visit }) => {
    const page = await visit.open('/chart/BTC-USDT');
    await untilDrawn(page, '15m');
    await page.keyboard.press('5');
    await untilDrawn(page, '1h');
    expect(tf(page)).toBe('1h');
    await page.getByRole('button', { name: '4h', exact: true }).click();
    await untilDrawn(page, '4h');
    await page.reload();
    await untilDrawn(page, '4h');
  });

  test('shows the values under the crosshair, with UTC', async ({ visit }) => {
    const page = await visit.open('/chart/BTC-USDT?tf=1h');
    await untilDrawn(page, '1h');
    const box = await chart(page).boundingBox();
    if (!box) throw new Error('There is no chart');
    await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
    await legend(page).getByText('closed').waitFor();
    const [, local, utc] = /(\d\d):\d\d · (\d\d):\d\d UTC/.exec(await legend(page).innerText()) ?? [];
    expect([1, 2, -22, -23]).toContain(Number(local) - Number(utc));
  });

  test('loads older candles as one scrolls back, and jumps to the latest', async ({ visit }) => {
    const page = await visit.open('/chart/BTC-USDT?tf=15m');
    await untilDrawn(page, '15m');
    const before = await countCandles(page);
    await chart(page).focus();
    await expect
      .poll(
        async () => {
          for (let presses = 0; presses < 20; presses++) await page.keyboard.press('ArrowLeft');
          return countCandles(page);
        },
        { timeout: 30_000 },
      )
      .toBeGreaterThan(before + 1_000);
    await page.getByRole('button', { name: 'Latest' }).click();
    await page.getByRole('button', { name: 'Latest' }).waitFor({ state: 'detached' });
  });

  test('takes another symbol and keeps what else was chosen', async ({ visit }) => {
    const page = await visit.open('/chart/BTC-USDT?tf=1h');
    await untilDrawn(page, '1h');
    await page.keyboard.press('/');
    await page.getByRole('dialog', { name: 'Change the symbol' }).waitFor();
    await page.keyboard.type('sol');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/chart/SOL-USDT?tf=1h');
    await page.getByRole('heading', { name: 'SOL/USDT' }).waitFor();
    await untilDrawn(page, '1h');
  });

  test('follows the theme, has a logarithmic scale and does not shift', async ({ visit }) => {
    const page = await visit.open('/chart/BTC-USDT?tf=1h', { colorScheme: 'dark', prepare: watchShifts });
    await untilDrawn(page, '1h');
    await page.waitForTimeout(500);
    expect(await readShifts(page)).toBeLessThan(0.05);
    await page.emulateMedia({ colorScheme: 'light' });
    await untilDrawn(page, '1h');
    await page.getByRole('button', { name: 'Log price scale' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('scale')).toBe('log');
  });
});

describe('indicators', () => {
  test('are found, added, changed and removed', async ({ visit }) => {
    const page = await visit.open('/chart/BTC-USDT?tf=1h');
    await untilDrawn(page, '1h');
    await page.getByRole('button', { name: 'Indicators' }).click();
    await page.getByRole('option', { name: 'Relative strength index' }).waitFor();
    await page.keyboard.type('exponential moving');
    await page.keyboard.press('Enter');
    await indicator(page, 'EMA(20)').waitFor();
    await page.keyboard.press('i');
    await page.getByRole('option', { name: 'Relative strength index' }).waitFor();
    await page.keyboard.type('rsi');
    await page.keyboard.press('Enter');
    await indicator(page, 'RSI(14)').waitFor();
    await expect.poll(() => indicator(page, 'RSI(14)').innerText()).toMatch(/RSI\(14\)\s*\d+\.\d+/);

    await page.getByRole('button', { name: 'Settings of EMA(20)' }).click();
    const period = page.getByRole('textbox', { name: 'Period' });
    await period.fill('0');
    await page.getByRole('button', { name: 'Apply' }).click();
    expect(await period.getAttribute('aria-invalid')).toBe('true');
    await period.fill('50');
    await page.getByRole('button', { name: 'Apply' }).click();
    await indicator(page, 'EMA(50)').waitFor();
    expect(new URL(page.url()).searchParams.getAll('use')).toEqual(['EMA(50)', 'RSI(14)']);

    await page.getByRole('button', { name: 'Remove RSI(14)' }).click();
    await indicator(page, 'RSI(14)').waitFor({ state: 'detached' });
    await page.reload();
    await indicator(page, 'EMA(50)').waitFor();
    expect(await page.locator('[data-indicator]').count()).toBe(1);
  });

  test('are removed even where their values change under the pressed button', async ({ visit }) => {
    const page = await visit.open('/chart/BTC-USDT?tf=1h&use=RSI(14)');
    await untilDrawn(page, '1h');
    const value = () => indicator(page, 'RSI(14)').innerText();
    await expect.poll(value).toMatch(/\d+\.\d/);
    const box = await chart(page).boundingBox();
    if (!box) throw new Error('There is no chart');
    // The candle that is still forming has no value yet: it is the last one from the right.
    for (let x = box.width - 80; x > 0 && !(await value()).includes('–'); x -= 3)
      await page.mouse.move(box.x + x, box.y + box.height / 3);
    const remove = await page.getByRole('button', { name: 'Remove RSI(14)' }).boundingBox();
    if (!remove) throw new Error('There is no button');
    await page.mouse.move(remove.x + remove.width / 2, remove.y + remove.height / 2);
    await page.mouse.down();
    await expect.poll(value).toMatch(/\d+\.\d/);
    await page.mouse.up();
    await indicator(page, 'RSI(14)').waitFor({ state: 'detached' });
  });

  test('that are not known are named, and the rest is drawn', async ({ visit }) => {
    const page = await visit.open('/chart/BTC-USDT?tf=1h&use=MOON(3)&use=BB(20,2)');
    await indicator(page, 'BB(20,2)').waitFor();
    await page.getByText('Not known here, and left out: MOON(3).').waitFor();
  });
});

describe('beside the chart', () => {
  test('stand the book, the trades, the facts and the quality of the data', async ({ visit }) => {
    const page = await visit.open('/chart/BTC-USDT?tf=1h');
    await page.getByRole('complementary', { name: 'Beside the chart' }).getByText('Market').click();
    const book = page.getByRole('region', { name: 'Order book' });
    await book.getByText(/Spread [\d.]+/).waitFor();
    await expect
      .poll(() => book.locator('tbody[data-side=bid] td:nth-child(2)').first().innerText())
      .not.toBe('');
    await page.getByRole('region', { name: 'Last trades' }).locator('time').first().waitFor();
    const quality = page.getByRole('region', { name: 'Data quality' });
    await expect.poll(() => quality.getByRole('row', { name: /^1h/ }).innerText()).toMatch(/100%/);
    expect(await page.getByRole('region', { name: 'Market' }).innerText()).toContain('Simulated');
  });
});

describe('when there is nothing to draw', () => {
  test('an unknown symbol is said to be so', async ({ visit }) => {
    const page = await visit.open('/chart/NO-SUCH', { expects: /404/ });
    await page.getByText('There is no market called NO/SUCH here.').waitFor();
    await page.getByRole('link', { name: 'Go to the markets' }).click();
    await page.waitForURL('**/markets');
  });

  test('a market that fell silent is said to be stale', async ({ visit }) => {
    const page = await visit.open('/chart/BTC-USDT?tf=1h', {
      prepare: async (opened) => {
        await opened.clock.install();
        await opened.routeWebSocket(/\/ws$/, () => undefined);
      },
    });
    await untilDrawn(page, '1h');
    await page.clock.fastForward(20_000);
    await page.getByText(/^Nothing heard for \d+ s$/).waitFor();
  });
});

describe('on a phone', () => {
  test('a finger moves the chart through time', async ({ visit }) => {
    const page = await visit.open('/chart/BTC-USDT?tf=1h', phone);
    await untilDrawn(page, '1h');
    const box = await chart(page).boundingBox();
    if (!box) throw new Error('There is no chart');
    const touch = await page.context().newCDPSession(page);
    const [x, y] = [box.x + 40, box.y + box.height / 2];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    for (let moved = 20; moved <= 240; moved += 20)
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: x + moved, y }] });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.getByRole('button', { name: 'Latest' }).waitFor();
  });

  test('a long press shows the crosshair', async ({ visit }) => {
    const page = await visit.open('/chart/BTC-USDT?tf=1h', phone);
    await untilDrawn(page, '1h');
    const box = await chart(page).boundingBox();
    if (!box) throw new Error('There is no chart');
    const touch = await page.context().newCDPSession(page);
    const point = { x: box.x + 60, y: box.y + box.height / 2 };
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
    await legend(page).getByText('closed').waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  });
});
