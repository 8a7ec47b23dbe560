import { expect, describe as group, test } from 'vitest';
import type { Candle } from '../../market/chart/candles/series';
import { describe } from './describe';

const step = 60_000;

const at = (minute: number, open: number, close: number): Candle => ({
  time: minute * step,
  open,
  close,
  high: Math.max(open, close) + 1,
  low: Math.min(open, close) - 1,
  volume: 10,
});

group('a description of candles', () => {
  test('tells what happened between the first open and the last close', () => {
    const told = describe([at(0, 100, 110), at(1, 110, 99), at(2, 99, 120)], step);
    expect(told).toMatchObject({ count: 3, high: 121, low: 98, meanVolume: 10 });
    expect(told?.change).toBeCloseTo(0.2);
    expect(told?.rising).toBeCloseTo(2 / 3);
    expect(told?.largestFall).toEqual({ time: step, change: 99 / 110 - 1 });
    expect(told?.largestRise?.time).toBe(2 * step);
  });

  test('takes no step over a gap for a change of one candle', () => {
    const told = describe([at(0, 100, 100), at(9, 200, 200)], step);
    expect(told).toMatchObject({ change: 1, largestRise: null, volatility: null, rising: null });
  });

  test('gives a year the volatility that its minutes have', () => {
    const candles = Array.from({ length: 1_001 }, (_, i) => at(i, 100, i % 2 === 0 ? 100 : 101));
    const told = describe(candles, step);
    expect(told?.volatility).toBeCloseTo(Math.log(1.01) * Math.sqrt(365 * 1_440), 1);
    expect(told?.memory).toBeCloseTo(-1, 2);
  });

  test('of no candles is none', () => expect(describe([], step)).toBeNull());
});
