import type { CandleSeries } from '../candles/series';

/** The server answers for so many candles at a time. */
export const longest = 5_000;

export interface IndicatorWindow {
  readonly limit: number;
  /** Open time that all candles are before; null means the newest. */
  readonly to: number | null;
}

/**
 * The stretch of candles that indicators are computed for in one piece. All that is loaded while that is enough;
 * further back the stretch around what is in sight, moved in steps so that scrolling does not ask all the time.
 */
export function windowOf(series: CandleSeries, firstInSight: number): IndicatorWindow {
  const count = series.closed.length;
  const step = longest / 2;
  if (count <= longest || firstInSight >= count - longest)
    return { limit: Math.min(longest, count), to: null };
  const start = Math.max(0, Math.floor(firstInSight / step) * step - step / 2);
  return { limit: longest, to: series.closed[Math.min(count - 1, start + longest)]?.time ?? null };
}
