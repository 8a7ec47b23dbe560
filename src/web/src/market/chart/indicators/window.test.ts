import { describe, expect, test } from 'vitest';
import type { CandleSeries } from '../candles/series';
import { longest, windowOf } from './window';

const loaded = (count: number): CandleSeries => ({
  closed: Array.from({ length: count }, (_, time) => ({
    time,
    open: 1,
    high: 1,
    low: 1,
    close: 1,
    volume: 1,
  })),
  open: [],
  revision: 1,
  isWhole: false,
  source: 'simulator',
  provenance: 'synthetic',
});

describe('indicators are computed', () => {
  test('over all that is loaded, while that is enough', () => {
    expect(windowOf(loaded(1_000), 10)).toEqual({ limit: 1_000, to: null });
  });

  test('over the newest, while those are in sight', () => {
    expect(windowOf(loaded(12_000), 8_000)).toEqual({ limit: longest, to: null });
  });

  test.each([0, 100, 2_600, 4_999, 6_900])('over what is in sight from candle %d on', (first) => {
    const { limit, to } = windowOf(loaded(12_000), first);
    expect(to).not.toBeNull();
    expect(Number(to) - limit).toBeLessThanOrEqual(first);
    expect(Number(to)).toBeGreaterThan(first + 1_000);
  });
});
