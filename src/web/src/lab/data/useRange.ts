import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { type Candle, type CandleSeries, fromAnswer, toCandle } from '../../market/chart/candles/series';
import { pathOf } from '../../market/symbols';
import { stepOf, type Timeframe } from '../../market/timeframes';
import { boundsOf, type Period } from '../../records/period';

const atOnce = 5_000;

/** More are not shown on one page; a file holds more. */
export const mostShown = 20_000;

export interface Range extends CandleSeries {
  readonly from: number | null;
  readonly to: number;
  /** Older candles of the range were left out. */
  readonly isCut: boolean;
}

/** The candles of a range, read from its end back to its beginning. */
export function useRange(symbol: string, timeframe: Timeframe, period: Period, isLive: boolean) {
  return useQuery({
    queryKey: ['range', symbol, timeframe, period],
    queryFn: ({ signal }) => read(symbol, timeframe, period, signal),
    enabled: symbol !== '',
    staleTime: stepOf(timeframe),
    refetchInterval: isLive ? Math.max(30_000, stepOf(timeframe)) : false,
  });
}

async function read(
  symbol: string,
  timeframe: Timeframe,
  period: Period,
  signal: AbortSignal,
): Promise<Range> {
  const bounds = boundsOf(period, Date.now());
  const from = bounds.from === undefined ? null : Date.parse(bounds.from);
  const to = bounds.to === undefined ? Date.now() : Math.min(Date.now(), Date.parse(bounds.to));
  const path = { symbol: pathOf(symbol), tf: timeframe };
  let end = bounds.to;
  let candles: Candle[] = [];
  let first: CandleSeries | undefined;
  let isCut = false;
  for (;;) {
    const query = { limit: atOnce, ...(end === undefined ? {} : { to: end }) };
    const answer = await unwrap(
      api.GET('/api/v1/candles/{symbol}/{tf}', { params: { path, query }, signal }),
    );
    first ??= fromAnswer(answer);
    const read = answer.candles.map(toCandle);
    const wanted = from === null ? read : read.filter(({ time }) => time >= from);
    candles = [...wanted, ...candles];
    const [oldest] = read;
    if (wanted.length < atOnce || oldest === undefined) break;
    if (candles.length >= mostShown) {
      isCut = true;
      break;
    }
    end = new Date(oldest.time).toISOString();
  }
  return { ...first, closed: candles, open: [], isWhole: true, from, to, isCut };
}
