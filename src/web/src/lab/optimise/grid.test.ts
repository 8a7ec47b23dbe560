import { describe, expect, test } from 'vitest';
import type { StrategyParameter } from '../kinds';
import { combinationsOf, countOf, gridFaults, gridField, gridOf, rowsIn } from './grid';

const parameter = (
  name: string,
  usual: number,
  minimum: number,
  maximum: number,
  step: number,
): StrategyParameter => ({
  name,
  title: name,
  kind: step % 1 === 0 ? 'whole' : 'number',
  default: usual,
  minimum,
  maximum,
  step,
  choices: [],
  aliases: [],
});

const parameters = [
  parameter('period', 14, 2, 30, 1),
  parameter('level', 0.5, 0, 1, 0.1),
  parameter('other', 5, 1, 9, 1),
];
const words = { range: 'range', none: 'none', tooMany: 'many', between: () => 'between' };

describe('a range', () => {
  test('includes both of its ends, also where steps are not exact', () => {
    expect(countOf({ from: 2, to: 30, step: 7 })).toBe(5);
    expect(countOf({ from: 0, to: 1, step: 0.1 })).toBe(11);
    expect(countOf({ from: 5, to: 5, step: 1 })).toBe(1);
  });

  test('that leads nowhere has no values', () => {
    expect(countOf({ from: 2, to: 1, step: 1 })).toBeNaN();
    expect(countOf({ from: 1, to: 2, step: 0 })).toBeNaN();
  });
});

describe('a search', () => {
  const begun = { ...gridOf(parameters), search: 'grid' };

  test('begins with two parameters and up to ten values around the usual one of each', () => {
    const rows = rowsIn(begun, parameters);
    expect(Object.keys(rows)).toEqual(['period', 'level']);
    expect(rows).toEqual({
      period: { from: 8, to: 20, step: 2 },
      level: { from: 0.3, to: 0.7, step: 0.1 },
    });
    expect(combinationsOf(rows)).toBe(7 * 5);
    expect(Object.values(gridFaults(begun, parameters, words)).filter(Boolean)).toEqual([]);
  });

  test('stays within what the strategy allows and what can be tried', () => {
    const faultsWith = (change: { [field: string]: string }) =>
      Object.values(gridFaults({ ...begun, ...change }, parameters, words)).filter(Boolean);
    expect(faultsWith({ [gridField('period', 'to')]: '31' })).toEqual(['between']);
    expect(faultsWith({ [gridField('period', 'step')]: '' })).toEqual(['range']);
    expect(faultsWith({ [gridField('level', 'step')]: '0.0001' })).toEqual(['many']);
    expect(faultsWith({ [gridField('level', 'step')]: '0.0001', search: 'random' })).toEqual([]);
    expect(faultsWith({ [gridField('period', 'on')]: '', [gridField('level', 'on')]: '' })).toEqual(['none']);
  });
});
