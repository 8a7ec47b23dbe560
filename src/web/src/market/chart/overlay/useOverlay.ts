import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, unwrap } from '../../../api/client';
import { pathOf } from '../../symbols';
import { stepOf, type Timeframe } from '../../timeframes';
import type { CandleSeries } from '../candles/series';
import { knownAt } from './hindsight';
import type { Overlay } from './parts';
import { stretchOf } from './stretch';

export const overlayKey = (symbol: string, timeframe: Timeframe) => ['overlay', symbol, timeframe] as const;

/** What follows the stream; what was known at a moment of the past never changes. */
export const liveOverlayKey = (symbol: string, timeframe: Timeframe) =>
  [...overlayKey(symbol, timeframe), 'live'] as const;

/** Patterns, structure and signals of the candles in sight and some before them, as they were known at a moment. */
export function useOverlay(
  symbol: string,
  timeframe: Timeframe,
  series: CandleSeries | undefined,
  first: number,
  moment: number | null,
) {
  const stretch = series && stretchOf(series, first, stepOf(timeframe));
  const key = [...overlayKey(symbol, timeframe), moment ?? 'live', stretch?.from, stretch?.to] as const;
  const query = useQuery<Overlay>({
    queryKey: key,
    enabled: stretch !== undefined,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/overlay/{symbol}/{tf}', {
          params: {
            path: { symbol: pathOf(symbol), tf: timeframe },
            query: {
              from: iso(stretch?.from ?? 0),
              ...(stretch?.to === undefined ? {} : { to: iso(stretch.to) }),
              ...(moment === null ? {} : { asOf: iso(moment) }),
            },
          },
          signal,
        }),
      ),
    staleTime: moment === null ? 10_000 : Number.POSITIVE_INFINITY,
    // What is known of another moment serves meanwhile, without what came after this one.
    placeholderData: (before) =>
      before?.symbol === symbol && before.timeframe === timeframe ? before : undefined,
  });
  const { data, isPlaceholderData } = query;
  const overlay = useMemo(
    () => (data && isPlaceholderData ? knownAt(data, moment) : data),
    [data, isPlaceholderData, moment],
  );
  return { ...query, data: overlay };
}

const iso = (time: number): string => new Date(time).toISOString();
