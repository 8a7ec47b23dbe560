import { describe, expect, test } from 'vitest';
import { type LatencySample, longestHistory, remember, roundCeiling, traceLine } from './latencyHistory';

const status = (second: number, p99Ms: number | null = 9) => ({
  now: new Date(second * 1_000).toISOString(),
  api: { windowMinutes: 5, requests: 3, errors: 0, p50Ms: 1, p95Ms: 4, p99Ms },
});

describe('the latency history', () => {
  test('keeps what was measured', () => {
    expect(remember([], status(7))).toEqual([{ at: 7_000, p50: 1, p95: 4, p99: 9 }]);
  });

  test('skips a status without a measurement', () => {
    expect(remember([], status(7, null))).toEqual([]);
  });

  test('forgets the oldest when it is full', () => {
    let history: readonly LatencySample[] = [];
    for (let second = 0; second <= longestHistory; second++) history = remember(history, status(second));
    expect(history).toHaveLength(longestHistory);
    expect(history[0]?.at).toBe(1_000);
  });
});

describe('the line of the chart', () => {
  const samples = remember(remember([], status(0)), status(10, 5));

  test('spans the box, with zero at its bottom', () => {
    const line = traceLine(samples, (sample) => sample.p99, { width: 100, height: 50, top: 10 });
    expect(line).toBe('0.0,5.0 100.0,25.0');
  });

  test('never leaves the box', () => {
    const line = traceLine(samples, () => 1_000, { width: 100, height: 50, top: 10 });
    expect(line).toBe('0.0,0.0 100.0,0.0');
  });
});

describe('the scale', () => {
  test.each([
    [0, 1],
    [1.2, 2],
    [4.1, 5],
    [7, 10],
    [130, 200],
    [500, 500],
  ])('for %d ends at %d', (highest, ceiling) => {
    expect(roundCeiling(highest)).toBe(ceiling);
  });
});
