import { describe, expect, test } from 'vitest';
import type { Signal } from './filter';
import { ladderOf } from './ladder';

const long = {
  direction: 'bullish',
  entry: 100,
  stopLoss: 98,
  targets: [102, 104, 106],
  targetsHit: 1,
  status: 'target',
  triggeredAt: '2026-01-01T00:00:00Z',
} as unknown as Signal;

describe('the ladder of a plan', () => {
  test('runs from the highest price down, in multiples of the risk', () => {
    expect(ladderOf(long).map(({ price, r }) => [price, r])).toEqual([
      [106, 3],
      [104, 2],
      [102, 1],
      [100, 0],
      [98, -1],
    ]);
  });

  test('of a short is the same upside down', () => {
    const short = { ...long, direction: 'bearish', stopLoss: 102, targets: [98, 96] } as Signal;
    expect(ladderOf(short).map(({ kind, r }) => [kind, r])).toEqual([
      ['stop', -1],
      ['entry', 0],
      ['target', 1],
      ['target', 2],
    ]);
  });

  test('marks what price has reached', () => {
    expect(ladderOf(long).map(({ isHit }) => isHit)).toEqual([false, false, true, true, false]);
  });

  test('keeps neighbours apart and stays within its frame', () => {
    const places = ladderOf({ ...long, targets: [100.01, 130] } as Signal).map(({ place }) => place);
    for (const [i, place] of places.entries()) {
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThanOrEqual(1);
      if (i > 0) expect(place - (places[i - 1] ?? 0)).toBeGreaterThan(0.1);
    }
  });
});
