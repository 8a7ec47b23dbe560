import { expect, test } from 'vitest';
import { drawdownOf, valueAt } from './valueAt';

const points = [
  [10, 100],
  [20, 120],
  [30, 90],
] as const;

test('a curve says what it stood at, nothing before it begins, and its end where none is asked', () => {
  expect([5, 10, 25, 99, null].map((time) => valueAt(points, time))).toEqual([null, 100, 120, 90, 90]);
  expect(valueAt([], null)).toBeNull();
});

test('a drawdown is measured from the highest value so far', () => {
  expect(drawdownOf(points)).toEqual([
    [10, 0],
    [20, 0],
    [30, -0.25],
  ]);
});
