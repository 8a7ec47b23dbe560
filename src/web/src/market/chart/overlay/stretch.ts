import type { CandleSeries } from '../candles/series';

export interface Stretch {
  readonly from: number;
  /** Unset where it goes on to now. */
  readonly to?: number;
}

const coarse = 250;
const newest = 750;
const most = 4_500;

/** The candles to ask patterns for: those in sight with some before them, in steps, so that moving about asks seldom. */
export function stretchOf(
  series: CandleSeries,
  first: number,
  step: number,
  now = Date.now(),
): Stretch | undefined {
  const { closed } = series;
  const last = closed.at(-1);
  if (last === undefined) return undefined;
  const index = Math.max(0, Math.min(first - coarse, closed.length - newest));
  const start = closed[Math.floor(index)]?.time ?? last.time;
  const from = Math.floor(start / (coarse * step)) * coarse * step;
  // Candles that are still being loaded may end long ago: what goes on to now is longer than they are.
  const isFar = Math.max(last.time + step, now) - from > most * step;
  return isFar ? { from, to: from + most * step } : { from };
}
