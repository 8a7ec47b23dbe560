import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { fromAnswer } from '../../market/chart/candles/series';
import { pathOf } from '../../market/symbols';
import { stepOf, type Timeframe } from '../../market/timeframes';

const window = 1_000;

/** The stretch of candles that a moment lies in; it moves in halves, so that going from trade to trade seldom asks. */
export function useAround(symbol: string, timeframe: Timeframe, moment: number, source: string | undefined) {
  const half = (window / 2) * stepOf(timeframe);
  const from = (Math.floor(moment / half) - 0.5) * half;
  return useQuery({
    queryKey: ['around', symbol, timeframe, from, source],
    queryFn: async ({ signal }) => {
      const path = { symbol: pathOf(symbol), tf: timeframe };
      const query = {
        from: new Date(from).toISOString(),
        to: new Date(from + 2 * half).toISOString(),
        limit: window,
        ...(source === undefined ? {} : { source }),
      };
      const answer = await unwrap(
        api.GET('/api/v1/candles/{symbol}/{tf}', { params: { path, query }, signal }),
      );
      return { ...fromAnswer(answer), open: [], isWhole: true, revision: from };
    },
    enabled: symbol !== '' && Number.isFinite(moment),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}
