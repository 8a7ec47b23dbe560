import { useQuery } from '@tanstack/react-query';
import { api, unwrapPage } from '../../api/client';
import { labKey, type RunTrade } from '../kinds';
import type { EquityKind } from './useEquity';

const atOnce = 200;

/** More are not listed on one page; a file holds them all. */
export const mostListed = 2_000;

export interface Trades {
  readonly trades: readonly RunTrade[];
  readonly isCut: boolean;
}

interface TradePage {
  readonly items: readonly RunTrade[];
  readonly next: string | null;
}

/** Page after page, in order. */
export async function gatherTrades(
  read: (query: { readonly limit: number; readonly cursor?: string }) => Promise<TradePage>,
): Promise<Trades> {
  let trades: readonly RunTrade[] = [];
  let cursor: string | null = null;
  do {
    const page: TradePage = await read({ limit: atOnce, ...(cursor === null ? {} : { cursor }) });
    trades = [...trades, ...page.items];
    cursor = page.next;
  } while (cursor !== null && trades.length < mostListed);
  return { trades, isCut: cursor !== null };
}

/** The trades of one of a run's two records in order, so that they can be sorted and filtered at once. */
export function useTrades(id: string, curve: EquityKind) {
  return useQuery({
    queryKey: [...labKey, 'trades', id, curve],
    queryFn: ({ signal }) =>
      gatherTrades((page) =>
        unwrapPage(
          api.GET('/api/v1/backtest/runs/{id}/trades', {
            params: { path: { id }, query: { ...page, curve } },
            signal,
          }),
        ),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
