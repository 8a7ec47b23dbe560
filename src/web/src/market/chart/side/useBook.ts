import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../../api/client';
import { useChannel } from '../../../live/live';
import { pathOf } from '../../symbols';
import { joinTrades, type LiveBook } from './book';

type Trades = Schemas['TradesView'];

const shown = 40;

/** The book and the trades of a market. The trades so far are asked for once; both are told from then on. */
export function useBook(symbol: string, isTraded: boolean) {
  const cache = useQueryClient();
  const bookKey = ['book', symbol] as const;
  const tradesKey = ['trades', symbol] as const;
  const book = useQuery<LiveBook>({ queryKey: bookKey, queryFn: skipToken, gcTime: 10_000 });
  const trades = useQuery({
    queryKey: tradesKey,
    queryFn: async ({ signal }) => {
      const params = { path: { symbol: pathOf(symbol) }, query: { limit: shown } };
      return unwrap(api.GET('/api/v1/trades/{symbol}', { params, signal }));
    },
    enabled: isTraded,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
  });
  useChannel(`market:${symbol}`, {
    onMessage: (data) => {
      const heard = data as LiveBook;
      cache.setQueryData<LiveBook>(bookKey, heard);
      cache.setQueryData<Trades>(
        tradesKey,
        (before) => before && { ...before, trades: joinTrades(before.trades, heard.trades, shown) },
      );
    },
    onGap: () => void cache.invalidateQueries({ queryKey: tradesKey }),
  });
  return { book: book.data, trades: trades.data?.trades };
}
