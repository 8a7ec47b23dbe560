import { describe, expect, test } from 'vitest';
import { byNeed, isLate, type Lag, limits } from './lags';

const lag = (symbol: string, facts: Partial<Lag> = {}): Lag => ({
  symbol,
  price: 1_000,
  candle: 30_000,
  patterns: 30_000,
  isLocked: false,
  ...facts,
});

describe('a symbol is late', () => {
  test('when one of its parts is', () => {
    expect(isLate(lag('A'))).toBe(false);
    expect(isLate(lag('A', { candle: limits.candle + 1 }))).toBe(true);
    expect(isLate(lag('A', { price: null }))).toBe(true);
  });

  test('but not because its patterns are not shown', () => {
    expect(isLate(lag('A', { patterns: null, isLocked: true }))).toBe(false);
  });
});

test('what is late stands first, and what is on time keeps its place', () => {
  const lags = [
    lag('C', { price: 9_000 }),
    lag('A'),
    lag('D', { candle: 10 * limits.candle }),
    lag('B', { price: 2 * limits.price }),
  ];
  expect(byNeed(lags).map((one) => one.symbol)).toEqual(['D', 'B', 'A', 'C']);
});
