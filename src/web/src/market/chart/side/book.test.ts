import { describe, expect, test } from 'vitest';
import { addUp, bookDecimals, joinTrades, quantityDecimals, type Trade } from './book';

const trade = (id: number): Trade => ({
  id,
  price: 1,
  quantity: 1,
  at: '2026-01-01T00:00:00Z',
  side: 'buy',
});

describe('the book', () => {
  test('adds up from the best price on', () => {
    const rows = addUp(
      [
        [10, 1],
        [9, 2],
        [8, 4],
      ],
      2,
    );
    expect(rows).toEqual([
      { price: 10, quantity: 1, total: 1 },
      { price: 9, quantity: 2, total: 3 },
    ]);
  });

  test('is written in the decimals its prices have', () => {
    expect(bookDecimals([53430.39, 53430.4, 53431])).toBe(2);
    expect(bookDecimals([0.5123, 0.51])).toBe(4);
    expect(bookDecimals([])).toBe(0);
  });

  test.each([
    [[0.04, 1.5, 2.2], 3],
    [[12_000, 15_000, 900], 0],
    [[0.001, 0.002, 0.003], 6],
  ])('with quantities %j has %d decimals', (quantities, decimals) => {
    expect(quantityDecimals(quantities)).toBe(decimals);
  });
});

test('trades are told newest first and each once', () => {
  const joined = joinTrades([trade(3), trade(2), trade(1)], [trade(5), trade(4), trade(3)], 4);
  expect(joined.map(({ id }) => id)).toEqual([5, 4, 3, 2]);
});
