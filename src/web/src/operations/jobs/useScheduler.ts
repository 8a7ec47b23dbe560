import { useInfiniteQuery } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../api/client';

export type ScheduledJob = Schemas['ScheduledJob'];
export type JobRun = Schemas['JobRun'];

/** The schedule, and its history page by page. */
export function useScheduler() {
  return useInfiniteQuery({
    queryKey: ['scheduler'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/scheduler/status', {
          params: { query: pageParam === null ? {} : { cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.runs.next,
    refetchInterval: 15_000,
  });
}
