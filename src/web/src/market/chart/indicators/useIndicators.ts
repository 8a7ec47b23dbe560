import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, type Schemas, unwrap } from '../../../api/client';
import { pathOf } from '../../symbols';
import type { Timeframe } from '../../timeframes';
import type { CandleSeries } from '../candles/series';
import { complete, formatUse, mostUses, parseUse, type Use } from './uses';
import { windowOf } from './window';

export type IndicatorAnswer = Schemas['IndicatorAnswer'];

export function useCatalogue(isWanted: boolean) {
  return useQuery({
    queryKey: ['indicators'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/indicators', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isWanted,
  });
}

/** What the address asks for, as the catalogue knows it; the rest by its text. */
export function useUses(asked: readonly string[]) {
  const { data: catalogue } = useCatalogue(asked.length > 0);
  const text = asked.join('\n');
  return useMemo(() => {
    const uses = new Map<string, Use>();
    const unknown: string[] = [];
    for (const one of catalogue === undefined ? [] : text.split('\n').filter(Boolean)) {
      const parsed = parseUse(one);
      const use = parsed && catalogue ? complete(parsed, catalogue) : null;
      if (use === null) unknown.push(one);
      else uses.set(formatUse(use), use);
    }
    return { uses: [...uses.values()].slice(0, mostUses), unknown };
  }, [catalogue, text]);
}

/** Values over the candles in sight, computed again whenever a candle closes. */
export function useIndicators(
  symbol: string,
  timeframe: Timeframe,
  uses: readonly Use[],
  series: CandleSeries | undefined,
  firstInSight: number,
) {
  const use = uses.map(formatUse);
  const { limit, to } = series === undefined ? { limit: 0, to: null } : windowOf(series, firstInSight);
  const newest = to === null ? series?.closed.at(-1)?.time : undefined;
  return useQuery({
    queryKey: ['indicators', symbol, timeframe, use, limit, to, newest],
    queryFn: async ({ signal }) =>
      unwrap(
        api.GET('/api/v1/indicators/{symbol}/{tf}', {
          params: {
            path: { symbol: pathOf(symbol), tf: timeframe },
            query: { use, limit, ...(to === null ? {} : { to: new Date(to).toISOString() }) },
          },
          signal,
        }),
      ),
    enabled: use.length > 0 && limit > 0,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    // The lines stand still until the next values are here; those of another chart go at once.
    placeholderData: (before) =>
      before?.symbol === symbol && before.timeframe === timeframe ? before : undefined,
  });
}
