import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../api/client';
import { useMayAsk } from './sight/useSight';

export type Statistics = Schemas['StatisticsAnswer'];

/** The record of every kind, timeframe and direction over all symbols; asked for often while it is being counted. */
export function useStatistics() {
  return useQuery({
    queryKey: ['statistics'],
    enabled: useMayAsk(),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/pattern-stats', { signal })),
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.data !== undefined && isCounting(state.data) ? 2_000 : 5 * 60_000),
  });
}

export const isCounting = ({ progress }: Statistics): boolean =>
  progress.isRunning || (progress.computedAt === null && progress.total > 0);
