import { describe, expect, test } from 'vitest';
import { curvesOf } from './curvesOf';

const names = { outOfSample: 'Out', inSample: 'In', hold: 'Hold', drawdown: 'Drawdown' };
const inSample = [
  [0, 100, 0, 100],
  [1, 90, 0.1, null],
];
const outOfSample = [[1, 100, 0, 98]];

describe('the curves of a result', () => {
  test('begin with what was not fitted, and dash what was', () => {
    const curves = curvesOf(outOfSample, inSample, names);
    expect(curves.map(({ id, isDashed = false }) => [id, isDashed])).toEqual([
      ['outOfSample', false],
      ['inSample', true],
      ['hold', false],
      ['drawdown', false],
    ]);
    expect(curves.at(-1)?.points).toEqual([[1, -0]]);
    expect(curves[2]?.points).toEqual([[1, 98]]);
  });

  test('without a walk-forward show what there is', () => {
    const curves = curvesOf(undefined, inSample, names);
    expect(curves.map(({ id }) => id)).toEqual(['inSample', 'hold', 'drawdown']);
    expect(curves[0]?.isDashed).toBe(false);
    expect(curves[1]?.points).toEqual([[0, 100]]);
    expect(curves[2]?.points.at(-1)).toEqual([1, -0.1]);
  });
});
