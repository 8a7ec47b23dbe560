import { expect, test } from 'vitest';
import { CandlePlaces } from './CandlePlaces';

const candle = (time: number) => ({ time, open: 1, high: 2, low: 0, close: 1, volume: 1 });

/** Of ten each; the one that would open at 30 is missing. */
const places = new CandlePlaces([0, 10, 20, 40, 50].map(candle), 10);

test.each([
  [0, 0],
  [9, 0],
  [10, 1],
  // Where a candle is missing the one before stands for it.
  [35, 2],
  [40, 3],
  [59, 4],
  // Beyond what is known the axis goes on at its step.
  [60, 5],
  [85, 7],
  [-1, -1],
  [-25, -3],
])('the time %d falls into candle %d', (time, index) => {
  expect(places.indexOf(time)).toBe(index);
});

test('there is no candle where none is known', () => {
  expect(places.at(15)?.time).toBe(10);
  expect(places.at(70)).toBeNull();
  expect(new CandlePlaces([], 10).at(0)).toBeNull();
});
