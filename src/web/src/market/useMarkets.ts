import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { useChannel } from '../live/live';
import {
  hasNewStage,
  type LivePrice,
  type MarketOverview,
  type SymbolLoading,
  withLoading,
  withPrices,
} from './board';

const key = ['markets'] as const;

/** Prices come over the socket; the figures of the day are asked for now and then. */
const pollEvery = 60_000;
const pollWithoutSource = 5_000;

/** The watch list as it was read last; `useLiveMarkets` somewhere on the page keeps it moving. */
export function useMarkets() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/markets', { signal })),
    staleTime: 30_000,
    refetchInterval: ({ state }) => (state.data?.source === null ? pollWithoutSource : pollEvery),
  });
}

/** The watch list, following prices and loading. */
export function useLiveMarkets() {
  const cache = useQueryClient();
  const query = useMarkets();
  const readAgain = () => void cache.invalidateQueries({ queryKey: key });
  useChannel('prices', {
    onMessage: (data) =>
      change(cache, (board) => withPrices(board, (data as { prices: LivePrice[] }).prices)),
    onGap: readAgain,
  });
  useChannel('loading', {
    onMessage: (data) => {
      const { symbols } = data as { symbols: SymbolLoading[] };
      const board = cache.getQueryData<MarketOverview>(key);
      if (board !== undefined && hasNewStage(board, symbols)) readAgain();
      change(cache, (before) => withLoading(before, symbols));
    },
    onGap: readAgain,
  });
  return query;
}

const change = (cache: QueryClient, how: (board: MarketOverview) => MarketOverview) =>
  cache.setQueryData<MarketOverview>(key, (board) => board && how(board));
