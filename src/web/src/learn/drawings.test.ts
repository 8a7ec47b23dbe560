import { describe, expect, test } from 'vitest';
import { patternKinds } from '../patterns/kinds';
import { type Bar, drawings, turned } from './drawings';

const at = (bars: readonly Bar[], index: number): Bar => bars[index] ?? [0, 0, 0, 0];
const body = ([open, , , close]: Bar) => Math.abs(close - open);
const highs = (bars: readonly Bar[]) => Math.max(...bars.map(([, high]) => high));
const lows = (bars: readonly Bar[]) => Math.min(...bars.map(([, , low]) => low));
const mean = (bars: readonly Bar[]) => bars.reduce((sum, bar) => sum + body(bar), 0) / bars.length;

describe.each(patternKinds)('the drawing of a %s', (kind) => {
  const { bars, zone, plan } = drawings[kind];

  test('has candles that can be', () => {
    for (const [open, high, low, close] of bars) {
      expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
      expect(low).toBeLessThanOrEqual(Math.min(open, close));
    }
  });

  test('has a plan that reaches its entry, then its target before its stop', () => {
    const after = bars.slice(plan.from);
    expect(plan.stop).toBeLessThan(zone.bottom);
    expect(lows(after.slice(0, 1))).toBeLessThanOrEqual(plan.entry);
    expect(lows(after)).toBeGreaterThan(plan.stop);
    expect(highs(after)).toBeGreaterThanOrEqual(plan.target);
  });

  test('is the same again when it is turned twice', () => {
    expect(turned(turned(drawings[kind]))).toEqual(drawings[kind]);
  });
});

test('the gap lies between the wicks of the first and the third candle', () => {
  const { bars, zone } = drawings.fairValueGap;
  expect([at(bars, 2)[1], at(bars, 4)[2]]).toEqual([zone.bottom, zone.top]);
});

test('the order block is the last falling candle before an impulse that breaks structure', () => {
  const { bars, zone } = drawings.orderBlock;
  const [block, impulse, before] = [at(bars, 5), at(bars, 6), bars.slice(0, 6)];
  expect(block[3]).toBeLessThan(block[0]);
  expect([block[2], block[1]]).toEqual([zone.bottom, zone.top]);
  expect(body(impulse)).toBeGreaterThan(1.5 * mean(before));
  expect(impulse[3]).toBeGreaterThan(highs(before));
});

test('the sweep passes an untouched swing low and closes back above it', () => {
  const { bars, zone, level } = drawings.liquiditySweep;
  const sweep = at(bars, 8);
  expect(lows([...bars.slice(0, 3), ...bars.slice(4, 8)])).toBeGreaterThan(level?.price ?? 0);
  expect([sweep[2], level?.price]).toEqual([zone.bottom, zone.top]);
  expect(sweep[3]).toBeGreaterThan(zone.top);
});

test.each([
  ['breakerBlock', true],
  ['mitigationBlock', false],
] as const)('the %s fails after its move has taken the lows: %s', (kind, takes) => {
  const { bars, zone } = drawings[kind];
  const [block, impulse, failing] = [at(bars, 3), at(bars, 4), at(bars, 7)];
  expect(block[3]).toBeGreaterThan(block[0]);
  expect([block[2], block[1]]).toEqual([zone.bottom, zone.top]);
  expect(body(impulse)).toBeGreaterThan(1.5 * mean(bars.slice(0, 4)));
  expect(lows(bars.slice(4, 7)) < lows(bars.slice(0, 4))).toBe(takes);
  expect(failing[3]).toBeGreaterThan(zone.top);
});
