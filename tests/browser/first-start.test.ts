import { afterAll, beforeAll, expect, inject } from 'vitest';
import { countCandles, legend, timeframes, untilDrawn } from './stage/chart';
import { Program } from './stage/Program';
import { test } from './stage/visit';

const promised = 60_000;
const begun = Date.now();
let program: Program | undefined;

beforeAll(async () => {
  if (inject('browser') !== '') program = await Program.start();
});
afterAll(() => program?.remove());

test('a first start has candles of all eight timeframes on the screen within a minute, and they move', async ({
  visit,
}) => {
  if (!program) throw new Error('The program was not started');
  const page = await visit.open('/chart/BTC-USDT?tf=1m', { base: program.url });
  for (const [place, timeframe] of timeframes.entries()) {
    await page.keyboard.press(String(place + 1));
    await untilDrawn(page, timeframe);
  }
  // Days are the last to be complete: ninety of them mean that all the history is there.
  await expect.poll(() => countCandles(page), { timeout: promised }).toBeGreaterThanOrEqual(89);
  expect(Date.now() - begun).toBeLessThan(promised);
  await page.keyboard.press('1');
  await untilDrawn(page, '1m');
  const before = await legend(page).innerText();
  await expect.poll(() => legend(page).innerText(), { timeout: 30_000 }).not.toBe(before);
});
