import { describe, expect, test } from 'vitest';
import { hasNewStage, type MarketOverview, type MarketRow, withLoading, withPrices } from './board';

const row: MarketRow = {
  symbol: 'BTC/USDT',
  source: 'simulator',
  provenance: 'synthetic',
  price: 100,
  at: '2026-01-01T00:00:00Z',
  bid: 99,
  ask: 101,
  change1h: 0,
  change24h: 0.25,
  change7d: null,
  high24h: 105,
  low24h: 80,
  volume24h: 10,
  quoteVolume24h: 1_000,
  sparkline: [],
  lastClosedAt: null,
  loading: { symbol: 'BTC/USDT', stage: 'newest', done: 1, total: 2, rate: 1, secondsLeft: 1, trouble: null },
};
const board = (...markets: MarketRow[]): MarketOverview => ({
  source: 'simulator',
  provenance: 'synthetic',
  reason: '',
  markets,
});
const heard = { symbol: 'BTC/USDT', price: 110, at: '2026-01-01T00:00:01Z', bid: 109, ask: 111 };

describe('a live price', () => {
  test('moves the changes and widens the range of the day with it', () => {
    const [moved] = withPrices(board(row), [heard]).markets;
    expect(moved).toMatchObject({ price: 110, at: heard.at, bid: 109, ask: 111, high24h: 110, low24h: 80 });
    expect(moved?.change24h).toBeCloseTo(0.375);
    expect(moved?.change1h).toBeCloseTo(0.1);
    expect(moved?.change7d).toBeNull();
  });

  test('leaves rows alone that it does not concern', () => {
    const other = { ...row, symbol: 'ETH/USDT' };
    expect(withPrices(board(row, other), [heard]).markets[1]).toBe(other);
  });

  test('that is the one shown already changes nothing', () => {
    const once = withPrices(board(row), [heard]);
    expect(withPrices(once, [heard]).markets[0]).toBe(once.markets[0]);
  });
});

describe('loading progress', () => {
  const next = {
    symbol: 'BTC/USDT',
    stage: 'upToDate',
    done: 2,
    total: 2,
    rate: 1,
    secondsLeft: 0,
    trouble: null,
  } as const;

  test('is shown with its symbol', () => {
    expect(withLoading(board(row), [next]).markets[0]?.loading).toEqual(next);
  });

  test('at another stage means that there are candles to read', () => {
    expect(hasNewStage(board(row), [next])).toBe(true);
    expect(hasNewStage(board(row), [{ ...next, stage: 'newest' }])).toBe(false);
  });
});
