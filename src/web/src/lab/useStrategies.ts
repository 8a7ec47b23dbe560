import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { labKey } from './kinds';

export const strategiesKey = [...labKey, 'strategies'] as const;

/** What can be run: what is built in, then one's own. */
export function useStrategies() {
  return useQuery({
    queryKey: strategiesKey,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/strategies', { signal })),
    staleTime: 60_000,
  });
}

/** What a strategy of one's own was, newest first; asked for where there is one. */
export function useVersions(id: number | null) {
  return useQuery({
    queryKey: [...strategiesKey, id, 'versions'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/strategies/{id}/versions', { params: { path: { id: id ?? 0 } }, signal })),
    enabled: id !== null,
  });
}

/** What runs are done with unless somebody says otherwise, with the ranges of it. */
export function useDefaults() {
  return useQuery({
    queryKey: [...labKey, 'settings'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/backtest/settings', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
