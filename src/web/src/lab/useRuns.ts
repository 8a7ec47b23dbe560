import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMe } from '../accounts/session/useMe';
import { ApiError } from '../api/ApiError';
import { api, unwrap, unwrapPage } from '../api/client';
import { useChannels } from '../live/live';
import { isUnderWay, labKey, type Run } from './kinds';

export type RunKind = Run['kind'];

export const runsKey = [...labKey, 'runs'] as const;
const runKey = (id: string) => [...labKey, 'run', id] as const;

/** Should a word on the socket be lost, the page looks by itself. */
const lookEvery = 2_000;

/** One's runs of some kinds, newest first. */
export function useRuns(kind: RunKind | null) {
  const query = useInfiniteQuery({
    queryKey: [...runsKey, kind],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: 25,
        ...(kind === null ? {} : { kind }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      };
      return unwrapPage(api.GET('/api/v1/backtest/runs', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => isUnderWay(status)))
        ? lookEvery
        : false,
  });
  return { ...query, items: query.data?.pages.flatMap((page) => page.items) };
}

interface Progress {
  readonly backtestId: string;
  readonly status: Run['status'];
  readonly progress: number;
  readonly secondsLeft: number | null;
}

/** A run, followed until it is over. */
export function useRun(id: string) {
  const cache = useQueryClient();
  const me = useMe();
  const query = useQuery({
    queryKey: runKey(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/backtest/runs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data.status) ? lookEvery : false),
    retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status === 404),
  });
  const isFollowed = query.data !== undefined && isUnderWay(query.data.status);
  useChannels(isFollowed && me?.id ? [`backtests:${me.id}`] : [], {
    onMessage: (message) => {
      const heard = message as Progress;
      if (heard.backtestId !== id) return;
      if (!isUnderWay(heard.status)) void cache.invalidateQueries({ queryKey: runKey(id) });
      else
        cache.setQueryData<Run>(
          runKey(id),
          (known) =>
            known && {
              ...known,
              status: heard.status,
              progress: heard.progress,
              secondsLeft: heard.secondsLeft,
            },
        );
    },
    onGap: () => void cache.invalidateQueries({ queryKey: runKey(id) }),
  });
  return query;
}

export function useRunDeeds() {
  const cache = useQueryClient();
  const keep = (run: Run) => {
    cache.setQueryData(runKey(run.backtestId), run);
    void cache.invalidateQueries({ queryKey: runsKey });
    return run;
  };
  const path = (id: string) => ({ params: { path: { id } } });
  return {
    keep,
    cancel: async (id: string) => keep(await unwrap(api.POST('/api/v1/backtest/runs/{id}/cancel', path(id)))),
    describe: async (id: string, body: { readonly title?: string; readonly note?: string }) =>
      keep(await unwrap(api.PATCH('/api/v1/backtest/runs/{id}', { ...path(id), body }))),
    remove: async (id: string) => {
      await unwrap(api.DELETE('/api/v1/backtest/runs/{id}', path(id)));
      cache.removeQueries({ queryKey: runKey(id) });
      await cache.invalidateQueries({ queryKey: runsKey });
    },
  };
}

/** How many trials a person has made: what every result is measured against. */
export function useTrials() {
  return useQuery({
    queryKey: [...labKey, 'trials'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/backtest/trials', { signal })),
  });
}
