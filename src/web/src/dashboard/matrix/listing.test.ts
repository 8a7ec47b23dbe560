import { describe, expect, test } from 'vitest';
import type { MatrixCell, MatrixRow } from './board';
import { hasStranger, withRows } from './board';
import { arrange, type Listing, parseListing, sortBy, writeListing } from './listing';

const standard = parseListing(new URLSearchParams());

const cell = (timeframe: string, facts: Partial<MatrixCell> = {}): MatrixCell => ({
  timeframe,
  isLocked: false,
  direction: 'neutral',
  kind: null,
  code: null,
  patternId: null,
  strength: null,
  knownAt: null,
  zone: null,
  isTouched: null,
  active: 0,
  ...facts,
});
const gap = (timeframe: string, direction: 'bullish' | 'bearish', strength: number, knownAt: string) =>
  cell(timeframe, { kind: 'fairValueGap', code: 'FVG', direction, strength, knownAt, active: 1 });
const row = (symbol: string, cells: MatrixCell[], facts: Partial<MatrixRow> = {}): MatrixRow => ({
  symbol,
  isLocked: false,
  processedUntil: '2026-01-01T10:00:00Z',
  cells,
  confluence: {
    direction: 'neutral',
    score: 0,
    class: 'weak',
    reliability: null,
    hasHigherTimeframe: false,
    timeframes: [],
  },
  ...facts,
});
const agreeing = (score: number, grade: 'moderate' | 'veryStrong') => ({
  confluence: {
    direction: 'bullish' as const,
    score,
    class: grade,
    reliability: 'Standard',
    hasHigherTimeframe: false,
    timeframes: [],
  },
});
const rows = [
  row('ADA/USDT', [gap('1m', 'bearish', 90, '2026-01-01T09:00:00Z'), cell('1h')]),
  row(
    'BTC/USDT',
    [gap('1m', 'bullish', 20, '2026-01-01T09:30:00Z'), gap('1h', 'bullish', 50, '2026-01-01T08:00:00Z')],
    agreeing(2, 'moderate'),
  ),
  row('ETH/USDT', [], { isLocked: true, confluence: null }),
  row('SOL/USDT', [cell('1m'), gap('1h', 'bullish', 70, '2026-01-01T07:00:00Z')], agreeing(2, 'veryStrong')),
];
const names = (listing: Partial<Listing>) =>
  arrange(rows, { ...standard, ...listing }).map((one) => one.symbol.slice(0, 3));

describe('the matrix is sorted', () => {
  test.each([
    ['agreement', true, ['SOL', 'BTC', 'ADA', 'ETH']],
    ['symbol', false, ['ADA', 'BTC', 'SOL', 'ETH']],
    ['latest', true, ['BTC', 'ADA', 'SOL', 'ETH']],
    ['1m', true, ['ADA', 'BTC', 'SOL', 'ETH']],
    ['1h', false, ['BTC', 'SOL', 'ADA', 'ETH']],
  ] as const)('by %s, descending: %s, with what is locked last', (column, isDescending, expected) => {
    expect(names({ column, isDescending })).toEqual(expected);
  });
});

describe('the filter', () => {
  test('looks for parts of a symbol', () => expect(names({ query: 'btc/' })).toEqual(['BTC']));
  test('keeps rows with a cell of the direction', () =>
    expect(names({ direction: 'bearish' })).toEqual(['ADA']));
  test('keeps rows with a cell of the kind', () => expect(names({ kind: 'OB' })).toEqual([]));
  test('hides what is locked, where that is wanted', () =>
    expect(names({ hidesLocked: true })).not.toContain('ETH'));
});

describe('the address', () => {
  const listing: Listing = {
    query: 'btc',
    column: '15m',
    isDescending: false,
    direction: 'bullish',
    kind: 'OB',
    hidesLocked: true,
  };
  test('says what was written into it', () => expect(parseListing(writeListing(listing))).toEqual(listing));
  test('is empty for the default, and rubbish means the default', () => {
    expect(writeListing(standard).toString()).toBe('');
    expect(parseListing(new URLSearchParams('sort=moon&kind=cup&direction=up'))).toEqual(standard);
  });
});

test('a second click on a column turns the order round', () => {
  const first = sortBy(standard, '1h');
  expect(first).toMatchObject({ column: '1h', isDescending: true });
  expect(sortBy(first, '1h').isDescending).toBe(false);
});

describe('rows that are heard', () => {
  const matrix = { source: 'x', provenance: null, timeframes: ['1m', '1h'], rows, locks: [] };
  const news = row('BTC/USDT', [cell('1m')], { processedUntil: '2026-01-01T10:01:00Z' });

  test('replace those they are newer than', () => {
    expect(withRows(matrix, [news]).rows[1]).toBe(news);
    const old = { ...news, processedUntil: '2026-01-01T09:00:00Z' };
    expect(withRows(matrix, [old]).rows[1]).toBe(rows[1]);
  });

  test('never open what is locked', () => {
    expect(withRows(matrix, [{ ...news, symbol: 'ETH/USDT' }]).rows[2]?.isLocked).toBe(true);
  });

  test('of an unknown symbol ask for the whole matrix', () => {
    expect(hasStranger(matrix, [news])).toBe(false);
    expect(hasStranger(matrix, [{ ...news, symbol: 'NEW/USDT' }])).toBe(true);
  });
});
