import { expect, test } from 'vitest';
import { standsOnPrices } from './placement';

test('averages stand over the candles, oscillators in a pane of their own', () => {
  const closes = [100, 102, 104, 103];
  expect(standsOnPrices([null, 101, 102, 103], closes)).toBe(true);
  expect(standsOnPrices([30, 40, 45, 20], closes)).toBe(false);
  expect(standsOnPrices([null, null], closes)).toBe(false);
});
