import { useInfiniteQuery } from '@tanstack/react-query';
import { api, unwrapPage } from '../../api/client';
import { alertsKey, mine } from '../kinds';

/** What alerts told, newest first: of one, of one symbol, or of all. */
export function useHistory(alert: number | null, symbol: string) {
  return useInfiniteQuery({
    queryKey: [...alertsKey, 'history', alert, symbol],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: 50,
        ...(alert === null ? {} : { alert }),
        ...(symbol === '' ? {} : { symbol }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      };
      return unwrapPage(
        api.GET('/api/v1/alerts/{userId}/history', { params: { path: { userId: mine }, query }, signal }),
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: 20_000,
  });
}
