import type { Schemas } from '../../../api/client';

export interface Candle {
  /** Open time, UTC milliseconds. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** The candles of one symbol and timeframe as far as this page knows them. */
export interface CandleSeries {
  readonly closed: readonly Candle[];
  /** What is not closed yet, oldest first: the forming candle, and for a moment the one before it, whose close was not told yet. */
  readonly open: readonly Candle[];
  /** Another number means that more than the end is different. */
  readonly revision: number;
  /** Nothing older is stored. */
  readonly isWhole: boolean;
  readonly source: string;
  readonly provenance: Schemas['Provenance'];
  /** The moment after which nothing is shown; unset, now. */
  readonly shownUntil?: number;
}

export interface HeardCandle {
  readonly candle: Candle;
  readonly isClosed: boolean;
}

/** What a heard candle does: it is known already, it continues the series, or something between is missing. */
export type Received =
  | { readonly verdict: 'known' | 'missing' }
  | { readonly verdict: 'continued'; readonly series: CandleSeries };

const mostOpen = 2;

export function toCandle(values: readonly number[]): Candle {
  const [time = 0, open = 0, high = 0, low = 0, close = 0, volume = 0] = values;
  return { time, open, high, low, close, volume };
}

export function fromAnswer(answer: Schemas['CandleAnswer']): CandleSeries {
  return {
    closed: answer.candles.map(toCandle),
    open: answer.forming === null ? [] : [toCandle(answer.forming)],
    revision: 0,
    isWhole: false,
    source: answer.source,
    provenance: answer.provenance,
  };
}

/** Takes a candle from the stream into the series. */
export function receive(series: CandleSeries, { candle, isClosed }: HeardCandle, step: number): Received {
  const last = series.closed.at(-1);
  if (last === undefined) return { verdict: 'missing' };
  if (candle.time <= last.time) return { verdict: 'known' };
  return isClosed ? close(series, candle, last.time + step) : form(series, candle, last.time + step, step);
}

function close(series: CandleSeries, candle: Candle, next: number): Received {
  if (candle.time !== next) return { verdict: 'missing' };
  return {
    verdict: 'continued',
    series: {
      ...series,
      closed: [...series.closed, candle],
      open: series.open.filter(({ time }) => time > candle.time),
    },
  };
}

function form(series: CandleSeries, candle: Candle, next: number, step: number): Received {
  const place = (candle.time - next) / step;
  // A candle begins before the last one's close was told: both stand there until it is.
  if (!Number.isInteger(place) || place >= mostOpen || place > series.open.length)
    return { verdict: 'missing' };
  return { verdict: 'continued', series: { ...series, open: [...series.open.slice(0, place), candle] } };
}

/** The newest candles read again: what was known before them stays, where they reach back far enough to join it. */
export function joinNewest(before: CandleSeries | undefined, fresh: CandleSeries): CandleSeries {
  const [first] = fresh.closed;
  const revision = (before?.revision ?? 0) + 1;
  if (before === undefined || first === undefined || before.source !== fresh.source)
    return { ...fresh, revision };
  const older = before.closed.filter(({ time }) => time < first.time);
  const joins = older.length < before.closed.length;
  return joins ? { ...fresh, closed: [...older, ...fresh.closed], revision } : { ...fresh, revision };
}

/** Older candles put before the others; none of them means that there are none. */
export function prepend(series: CandleSeries, older: readonly Candle[]): CandleSeries {
  const first = series.closed[0]?.time ?? Number.POSITIVE_INFINITY;
  const fitting = older.filter(({ time }) => time < first);
  return fitting.length === 0
    ? { ...series, isWhole: true }
    : { ...series, closed: [...fitting, ...series.closed], revision: series.revision + 1 };
}

export const lastOf = (series: CandleSeries): Candle | undefined =>
  series.open.at(-1) ?? series.closed.at(-1);

/**
 * What a chart that shows one series draws anew to show the other, which continues it; null where a candle belongs between those
 * that are drawn: the forming one may have been told before the close of the one before it.
 */
export function changedEnd(
  before: CandleSeries,
  now: CandleSeries,
): readonly { readonly candle: Candle; readonly isOlder: boolean }[] | null {
  const last = lastOf(before)?.time ?? Number.NEGATIVE_INFINITY;
  const drawn = new Set(before.open.map(({ time }) => time));
  const changed = [...now.closed.slice(before.closed.length), ...now.open];
  if (changed.some(({ time }) => time < last && !drawn.has(time))) return null;
  return changed.map((candle) => ({ candle, isOlder: candle.time < last }));
}

/** The candle that opens at a time, and the one before it. */
export function findAt(series: CandleSeries, time: number): readonly [Candle, Candle | undefined] | null {
  const place = series.open.findIndex((candle) => candle.time === time);
  if (place >= 0) {
    const found = series.open[place];
    return found ? [found, series.open[place - 1] ?? series.closed.at(-1)] : null;
  }
  let [low, high] = [0, series.closed.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const candle = series.closed[middle];
    if (candle === undefined) return null;
    if (candle.time === time) return [candle, series.closed[middle - 1]];
    if (candle.time < time) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}

/** What was known at a moment: candles that had closed by then. */
export function shownAt(series: CandleSeries, moment: number | null, step: number): CandleSeries {
  if (moment === null) return series;
  return {
    ...series,
    closed: series.closed.filter(({ time }) => time + step <= moment),
    open: [],
    shownUntil: moment,
  };
}
