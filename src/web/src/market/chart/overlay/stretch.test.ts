import { expect, test } from 'vitest';
import type { CandleSeries } from '../candles/series';
import { stretchOf } from './stretch';

const minute = 60_000;
const now = Date.parse('2026-11-21T12:00:00Z');

/** A thousand minutes, the last of them so long ago. */
const endedAgo = (minutes: number) =>
  ({
    closed: Array.from({ length: 1_000 }, (_, i) => ({ time: now - (minutes + 1_000 - i) * minute })),
  }) as unknown as CandleSeries;

test('the newest candles are asked for up to now', () => {
  expect(stretchOf(endedAgo(0), 900, minute, now)?.to).toBeUndefined();
});

test('candles that end days ago are not asked for up to now: it would be more than the server answers', () => {
  const stretch = stretchOf(endedAgo(10_000), 900, minute, now);
  expect(stretch?.to).toBe((stretch?.from ?? 0) + 4_500 * minute);
});
