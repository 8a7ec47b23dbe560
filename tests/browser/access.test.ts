import { expect } from 'vitest';
import { findBarriersIn } from './stage/axe';
import { phone, test } from './stage/visit';

const pages = [
  ['/', 'h1'],
  ['/terms', 'h1'],
  ['/privacy', 'h1'],
  ['/disclaimer', 'h1'],
  ['/no/such/page', 'h1'],
  ['/docs', '.opblock-tag'],
  ['/markets', 'tr[data-symbol]'],
  ['/chart/BTC-USDT?use=EMA(50)&use=RSI(14)', '[data-indicator="RSI(14)"]'],
  ['/chart/NO-SUCH', 'text=There is no market called'],
  ['/status', 'text=Everything works'],
  ['/jobs', 'text=Scheduler on'],
  ['/settings', 'h1'],
  ['/settings/nothing', 'h1'],
] as const;
const themes = ['light', 'dark'] as const;

test.for(pages)('axe finds no barrier on %s, in either theme', async ([path, sign], { visit }) => {
  const page = await visit.open(path, { expects: /404/ });
  await page.locator(sign).first().waitFor();
  expect(await findBarriersIn(themes, page)).toEqual([]);
});

test('axe finds no barrier in the command palette', async ({ visit }) => {
  const page = await visit.open('/status');
  await page.getByText('Everything works').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  expect(await findBarriersIn(themes, page)).toEqual([]);
});

test('axe finds no barrier on a phone', async ({ visit }) => {
  const page = await visit.open('/status', phone);
  await page.getByText('Everything works').waitFor();
  expect(await findBarriersIn(themes, page)).toEqual([]);
  await page.goto('/');
  expect(await findBarriersIn(themes, page)).toEqual([]);
});
