import { useEffect, useRef, useState } from 'react';
import type { Timeframe } from '../timeframes';
import { stepOf } from '../timeframes';
import type { CandleSeries } from './candles/series';

/** A slider moves faster than a browser lets an address change. */
const calm = 300;

/** The moment that is shown: at once here, and in the address as soon as it rests. */
export function useMoment(
  timeframe: Timeframe,
  series: CandleSeries | undefined,
  inAddress: number | null,
  write: (moment: number | null) => void,
) {
  const [moment, setMoment] = useState(inAddress);
  const latest = useRef(write);
  const written = useRef(inAddress);
  useEffect(() => {
    latest.current = write;
  });
  useEffect(() => {
    if (inAddress === written.current) return;
    written.current = inAddress;
    setMoment(inAddress);
  }, [inAddress]);
  useEffect(() => {
    if (moment === written.current) return;
    const timer = setTimeout(() => {
      written.current = moment;
      latest.current(moment);
    }, calm);
    return () => clearTimeout(timer);
  }, [moment]);
  const step = stepOf(timeframe);
  const closes = series?.closed ?? [];
  const last = closes.length - 1;
  const closeAt = (index: number) => (closes[index]?.time ?? 0) + step;
  const index = moment === null ? last + 1 : countUntil(closes, moment - step) - 1;
  const toIndex = (next: number) =>
    setMoment(next > last ? null : closeAt(Math.max(0, Math.min(last, next))));
  return {
    moment,
    /** Of the last candle that had closed by then; one more than there are is now. */
    index,
    last,
    toIndex,
    toLive: () => setMoment(null),
    /** To the past and back with one key. */
    toggle: () => (moment === null ? toIndex(last - 12) : setMoment(null)),
  };
}

/** How many candles opened at or before a time. */
export function countUntil(candles: readonly { readonly time: number }[], time: number): number {
  let [low, high] = [0, candles.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((candles[middle]?.time ?? Number.POSITIVE_INFINITY) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
