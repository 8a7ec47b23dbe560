import type { Candle } from '../../market/chart/candles/series';

const yearly = 365 * 86_400_000;

export interface Description {
  readonly count: number;
  readonly change: number;
  readonly high: number;
  readonly low: number;
  /** Yearly, of logarithmic changes from close to close; null under three candles. */
  readonly volatility: number | null;
  /** Mean of high less low, as a share of the close. */
  readonly meanRange: number;
  readonly meanVolume: number;
  /** Of the candles that moved, the share that rose. */
  readonly rising: number | null;
  readonly largestRise: { readonly time: number; readonly change: number } | null;
  readonly largestFall: { readonly time: number; readonly change: number } | null;
  /** How far one change tells the next, −1 to 1; null where nothing moved. */
  readonly memory: number | null;
}

/** What candles were like; null of none. A step over a gap is no change from one candle to the next. */
export function describe(candles: readonly Candle[], step: number): Description | null {
  const [first, last] = [candles[0], candles.at(-1)];
  if (first === undefined || last === undefined) return null;
  const steps = candles.flatMap((candle, i) => {
    const before = candles[i - 1];
    return before !== undefined && candle.time - before.time === step
      ? [{ time: candle.time, change: candle.close / before.close - 1 }]
      : [];
  });
  const logs = steps.map(({ change }) => Math.log1p(change));
  const moved = candles.filter(({ open, close }) => open !== close);
  const deviation = deviationOf(logs);
  return {
    count: candles.length,
    change: last.close / first.open - 1,
    high: candles.reduce((most, { high }) => Math.max(most, high), first.high),
    low: candles.reduce((least, { low }) => Math.min(least, low), first.low),
    volatility: deviation === null ? null : deviation * Math.sqrt(yearly / step),
    meanRange: meanOf(candles.map(({ high, low, close }) => (high - low) / close)),
    meanVolume: meanOf(candles.map(({ volume }) => volume)),
    rising: moved.length === 0 ? null : moved.filter(({ open, close }) => close > open).length / moved.length,
    largestRise: steps.reduce<Description['largestRise']>(
      (most, one) => (one.change > (most?.change ?? 0) ? one : most),
      null,
    ),
    largestFall: steps.reduce<Description['largestFall']>(
      (most, one) => (one.change < (most?.change ?? 0) ? one : most),
      null,
    ),
    memory: memoryOf(logs),
  };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function deviationOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** The autocorrelation at one candle's distance. */
function memoryOf(values: readonly number[]): number | null {
  if (values.length < 3) return null;
  const mean = meanOf(values);
  let [together, alone] = [0, 0];
  values.forEach((value, i) => {
    alone += (value - mean) ** 2;
    const before = values[i - 1];
    if (before !== undefined) together += (value - mean) * (before - mean);
  });
  return alone === 0 ? null : together / alone;
}
