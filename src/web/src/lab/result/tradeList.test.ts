import { describe, expect, test } from 'vitest';
import { dealsOf, everyTrade, type ListedTrade, listed } from './tradeList';

const trade = (number: number, change: Partial<ListedTrade>): ListedTrade => ({
  number,
  symbol: 'BTC/USDT',
  side: 'long',
  entryAt: `2026-01-0${number}T00:00:00Z`,
  exitAt: `2026-01-0${number}T05:30:00Z`,
  entryPrice: 100,
  exitPrice: 110,
  profit: 10,
  return: 0.1,
  bars: 5,
  reason: 'signal',
  ambiguous: false,
  ...change,
});

const trades = [
  trade(1, { profit: 10 }),
  trade(2, { profit: -5, reason: 'stop', ambiguous: true }),
  trade(3, { profit: 10, side: 'short' }),
];

const numbers = (found: readonly ListedTrade[]) => found.map(({ number }) => number);

describe('a list of trades', () => {
  test('is sorted, the earlier of equals first', () => {
    expect(numbers(listed(trades, everyTrade, 'profit', true))).toEqual([1, 3, 2]);
    expect(numbers(listed(trades, everyTrade, 'profit', false))).toEqual([2, 1, 3]);
  });

  test('is filtered by side, outcome and reason', () => {
    expect(numbers(listed(trades, { ...everyTrade, side: 'short' }, 'number', false))).toEqual([3]);
    expect(numbers(listed(trades, { ...everyTrade, outcome: 'lost' }, 'number', false))).toEqual([2]);
    expect(numbers(listed(trades, { ...everyTrade, outcome: 'ambiguous' }, 'number', false))).toEqual([2]);
    expect(numbers(listed(trades, { ...everyTrade, reason: 'signal' }, 'number', false))).toEqual([1, 3]);
  });
});

describe('marks on the chart', () => {
  const hour = 3_600_000;
  const all = [0, Number.MAX_SAFE_INTEGER] as const;

  test('stand at the candle they happened in, what closes a short is a buy', () => {
    const marks = dealsOf([trade(3, { side: 'short' })], hour, ...all);
    expect(marks).toEqual([
      { time: Date.UTC(2026, 0, 3), kind: 'sell', outcome: null, text: '3' },
      { time: Date.UTC(2026, 0, 3, 5), kind: 'buy', outcome: 'won', text: '3' },
    ]);
  });

  test('of an open trade are one, and outside of what is shown none', () => {
    expect(dealsOf([trade(1, { exitAt: null, exitPrice: null })], hour, ...all)).toHaveLength(1);
    expect(dealsOf(trades, hour, 0, 1)).toEqual([]);
  });
});
