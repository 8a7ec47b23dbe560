import { describe, expect, test } from 'vitest';
import { bestOf } from './bestOf';
import { legendOf, shadeOf, stepOfShade } from './colour';
import { meaningOf } from './trialMeasures';

describe('the shade of a value', () => {
  test('is grey at nought, however lopsided the values are', () => {
    expect(shadeOf(0, -1, 4)).toBe(0);
    expect(stepOfShade(shadeOf(4, -1, 4))).toBe(4);
    expect(stepOfShade(shadeOf(-1, -1, 4))).toBe(-1);
  });

  test('of values that are all the same is that of their sign', () => {
    expect(shadeOf(2, 2, 2)).toBe(1);
    expect(shadeOf(-2, -2, -2)).toBe(-1);
    expect(shadeOf(0, 0, 0)).toBe(0);
  });
});

test('a legend names only shades that are there', () => {
  expect(legendOf(-1, 4).map(({ step }) => step)).toEqual([-1, 0, 1, 2, 3, 4]);
  expect(legendOf(-2, 2)).toHaveLength(9);
});

describe('the best cell', () => {
  const cells = [
    [null, 0.3],
    [0.1, 0.4],
    [0.1, 0.4],
  ];

  test('is the first with the most, or with the least where less is better, as of a drawdown', () => {
    expect(bestOf(cells, 'more')).toEqual([1, 1]);
    expect(bestOf(cells, 'less')).toEqual([1, 0]);
  });

  test('is none where nothing has a value, or a figure is neither good nor bad', () => {
    expect(bestOf([[null]], 'more')).toBeUndefined();
    expect(bestOf(cells, 'neither')).toBeUndefined();
  });
});

test('a measure says which way it is better, and what of it is neither good nor bad', () => {
  const search = { measure: 'sharpe' };
  expect(meaningOf('maxDrawdownRatio', search)).toEqual({ unit: 'loss', better: 'less', middle: 0 });
  expect(meaningOf('profitFactor', search)).toMatchObject({ better: 'more', middle: 1 });
  expect(meaningOf('totalTrades', search)).toMatchObject({ better: 'neither' });
  expect(meaningOf('score', search)).toMatchObject({ unit: 'ratio', middle: 0 });
  expect(meaningOf('score', { measure: 'totalReturn' })).toMatchObject({ unit: 'change' });
});
