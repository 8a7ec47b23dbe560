import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, type Schemas, unwrap, unwrapPage } from '../../api/client';

export type ScheduledJob = Schemas['ScheduledJob'];
export type JobRun = Schemas['JobRunView'];

const every = 15_000;

export function useScheduler() {
  return useQuery({
    queryKey: ['scheduler', 'status'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/scheduler/status', { signal })),
    refetchInterval: every,
  });
}

/** What has run, newest first, page by page. */
export function useRuns() {
  return useInfiniteQuery({
    queryKey: ['scheduler', 'runs'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      unwrapPage(
        api.GET('/api/v1/scheduler/runs', {
          params: { query: { limit: 25, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
    refetchInterval: every,
  });
}
