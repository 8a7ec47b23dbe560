import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { untilDrawn } from './stage/chart';
import { openAs, rowOf } from './stage/eye';
import { Program } from './stage/Program';
import { storyOfThreeTimeframes } from './stage/story';
import { test } from './stage/visit';

let program: Program | undefined;

beforeAll(async () => {
  if (inject('browser') === '') return;
  program = await Program.prepare({
    MARKET_SOURCE: 'recorded',
    PATTERN_TIMEFRAMES: '15m,1h,4h',
    SIGNAL_PAIRS: 'ETH/USDT',
  });
  const file = program.file('story.csv');
  writeFileSync(file, storyOfThreeTimeframes());
  await program.verb('import', file, '-s', 'BTC/USDT', '-t', '1m');
  await program.run();
}, 120_000);
afterAll(() => program?.remove());

test('a gap on 4h, a block on 1h and a gap on 15m agree: seen, explained, and a strong long', {
  timeout: 120_000,
}, async ({ visit }) => {
  if (!program) throw new Error('The program was not started');
  const page = await openAs(visit, 'premium', '/dashboard', { base: program.url });
  const row = rowOf(page, 'BTC/USDT');
  await row
    .getByRole('link', { name: /^BTC\/USDT 15m: Bullish · Fair value gap/ })
    .waitFor({ timeout: 60_000 });
  await row.getByRole('link', { name: /^BTC\/USDT 1h: Bullish · Order block/ }).waitFor();
  expect(await row.innerText()).toContain('Very strong');

  await row.getByRole('link', { name: /^BTC\/USDT 4h: Bullish · Fair value gap/ }).click();
  await page.waitForURL('**/chart/BTC-USDT?**pattern=**');
  await untilDrawn(page, '4h');
  const why = page
    .getByRole('complementary', { name: 'Beside the chart' })
    .getByRole('article', { name: 'Why is this here?' });
  await why.getByText('Known at').waitFor();
  await why.getByText('100.95').first().waitFor();
  await why.getByText('Candles used (3)').waitFor();

  await page.goto('/signals?state=all');
  await page.locator('tr[data-signal]').filter({ hasText: 'BTC/USDT' }).locator('[data-pick]').click();
  const side = page.getByRole('region', { name: 'The chosen signal' });
  await side.getByRole('link', { name: 'Open the signal' }).click();
  await page.waitForURL(/\/signals\/\d+$/);
  await page.getByText('Very strong').first().waitFor();
  const plan = page.getByRole('region', { name: 'Trade plan' });
  expect(await plan.innerText()).toContain('100.95');
  for (const target of ['Target 1', 'Target 2', 'Target 3']) await plan.getByText(target).waitFor();
  const basis = page.getByRole('region', { name: /rests on/ });
  const rests = await basis.innerText();
  for (const part of ['15m', '1h', '4h']) expect(rests).toContain(part);
});
