import { describe, expect, test } from 'vitest';
import type { MarketRow } from '../board';
import { arrange, type Listing, parseListing, sortBy, writeListing } from './listing';

const market = (symbol: string, figures: Partial<MarketRow>): MarketRow => ({
  symbol,
  source: 'simulator',
  provenance: 'synthetic',
  price: 1,
  at: '2026-01-01T00:00:00Z',
  bid: null,
  ask: null,
  change1h: 0,
  change24h: 0,
  change7d: 0,
  high24h: null,
  low24h: null,
  volume24h: 0,
  quoteVolume24h: 0,
  sparkline: [],
  lastClosedAt: null,
  loading: null,
  ...figures,
});
const markets = [
  market('BTC/USDT', { price: 50_000, quoteVolume24h: 900, change24h: -0.01 }),
  market('ADA/USDT', { price: 0.5, quoteVolume24h: 10, change24h: null, at: '2026-01-01T00:00:09Z' }),
  market('ETH/BTC', { price: 0.07, quoteVolume24h: 500, change24h: 0.02 }),
];
const nobody = { symbols: [], areFirst: true };
const names = (listing: Partial<Listing>, favourites: Parameters<typeof arrange>[2] = nobody) =>
  arrange(markets, { query: '', column: 'volume', isDescending: true, ...listing }, favourites).map((row) =>
    row.symbol.slice(0, 3),
  );

describe('the watch list is sorted', () => {
  test.each([
    ['volume', true, ['BTC', 'ETH', 'ADA']],
    ['price', false, ['ETH', 'ADA', 'BTC']],
    ['symbol', false, ['ADA', 'BTC', 'ETH']],
    ['age', false, ['ADA', 'BTC', 'ETH']],
  ] as const)('by %s, descending: %s', (column, isDescending, expected) => {
    expect(names({ column, isDescending })).toEqual(expected);
  });

  test('with what is not known last, in both directions', () => {
    expect(names({ column: 'change24h', isDescending: true })).toEqual(['ETH', 'BTC', 'ADA']);
    expect(names({ column: 'change24h', isDescending: false })).toEqual(['BTC', 'ETH', 'ADA']);
  });

  test('with favourites on top, where they are wanted there', () => {
    expect(names({}, { symbols: ['ADA/USDT'], areFirst: true })).toEqual(['ADA', 'BTC', 'ETH']);
    expect(names({}, { symbols: ['ADA/USDT'], areFirst: false })).toEqual(['BTC', 'ETH', 'ADA']);
  });
});

describe('the search', () => {
  test.each([
    ['btc', ['BTC', 'ETH']],
    ['eth/btc', ['ETH']],
    ['BTC usdt', ['BTC']],
    ['doge', []],
  ])('for %s', (query, expected) => {
    expect(names({ query })).toEqual(expected);
  });
});

describe('the address', () => {
  const listing: Listing = { query: 'btc', column: 'change24h', isDescending: true };

  test('says what was written into it', () => {
    expect(parseListing(writeListing(listing))).toEqual(listing);
    expect(writeListing(listing).toString()).toBe('q=btc&sort=-change24h');
  });

  test('is empty for the default, and rubbish means the default', () => {
    const standard = parseListing(new URLSearchParams('sort=moon'));
    expect(writeListing(standard).toString()).toBe('');
    expect(standard).toEqual({ query: '', column: 'volume', isDescending: true });
  });
});

test('a click on a column sorts as wanted, and the second turns it round', () => {
  const first = sortBy({ query: '', column: 'volume', isDescending: true }, 'symbol');
  expect(first).toMatchObject({ column: 'symbol', isDescending: false });
  expect(sortBy(first, 'symbol')).toMatchObject({ column: 'symbol', isDescending: true });
});
