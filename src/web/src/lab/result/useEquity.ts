import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { labKey } from '../kinds';

export type EquityKind = 'run' | 'outOfSample';

const points = 1_500;

/** The curve of a result, with as many points as a screen has room for; no extreme is left out. */
export function useEquity(id: string, curve: EquityKind, isThere: boolean) {
  return useQuery({
    queryKey: [...labKey, 'equity', id, curve],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/backtest/runs/{id}/equity', {
          params: { path: { id }, query: { points, curve } },
          signal,
        }),
      ),
    enabled: isThere,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
