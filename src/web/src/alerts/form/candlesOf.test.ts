import { expect, test } from 'vitest';
import { candlesOf } from './candlesOf';

const hour = 3_600_000;
const noon = Date.parse('2026-11-21T12:00:00Z');
const candles = [{ time: noon }, { time: noon + hour }, { time: noon + 2 * hour }];
const at = (text: string) => ({ at: text });

test('a moment belongs to the candle it lies in, or that closed then', () => {
  expect(candlesOf([at('2026-11-21T13:20:00Z')], candles, hour)).toEqual([noon + hour]);
  expect(candlesOf([at('2026-11-21T13:00:00Z')], candles, hour)).toEqual([noon]);
});

test('each candle is marked once, and none that is not there', () => {
  const moments = [
    '2026-11-21T14:30:00Z',
    '2026-11-21T14:40:00Z',
    '2026-11-21T12:10:00Z',
    '2026-11-20T12:10:00Z',
  ];
  expect(candlesOf(moments.map(at), candles, hour)).toEqual([noon, noon + 2 * hour]);
});
