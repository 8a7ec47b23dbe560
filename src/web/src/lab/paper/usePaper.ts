import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMe } from '../../accounts/session/useMe';
import { ApiError } from '../../api/ApiError';
import { api, unwrap, unwrapPage } from '../../api/client';
import { useChannels } from '../../live/live';
import { labKey, type PaperSession } from '../kinds';
import { gatherTrades } from '../result/useTrades';

export const paperKey = [...labKey, 'paper'] as const;
const sessionKey = (id: number) => [...paperKey, id] as const;

/** A candle may close while a word on the socket is lost. */
const lookEvery = 60_000;

interface Heard {
  readonly session: number;
  readonly kind: 'candle' | 'entry' | 'trade' | 'skip' | 'manual' | 'parity' | 'stop';
  readonly at: string;
  readonly equity: number;
}

/** Follows what one's sessions do. */
function usePaperNews(isOn: boolean, hear: (heard: Heard) => void, readAgain: () => void): void {
  const me = useMe();
  useChannels(isOn && me?.id ? [`paper:${me.id}`] : [], {
    onMessage: (message) => hear(message as Heard),
    onGap: readAgain,
  });
}

export function useSessions() {
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: paperKey,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/paper/sessions', { signal })),
    refetchInterval: lookEvery,
  });
  const readAgain = () => void cache.invalidateQueries({ queryKey: paperKey, exact: true });
  const isRunning = query.data?.some(({ status }) => status !== 'stopped') ?? false;
  usePaperNews(isRunning, readAgain, readAgain);
  return query;
}

/** One session; its equity moves with each candle it is told of. */
export function useSession(id: number) {
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: sessionKey(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/paper/sessions/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.status === 'stopped' ? false : lookEvery),
    retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status === 404),
  });
  const readAgain = () => void cache.invalidateQueries({ queryKey: sessionKey(id) });
  const isRunning = query.data !== undefined && query.data.status !== 'stopped';
  usePaperNews(
    isRunning,
    (heard) => {
      if (heard.session !== id) return;
      if (heard.kind === 'candle')
        cache.setQueryData<PaperSession>(
          sessionKey(id),
          (known) => known && { ...known, equity: heard.equity, fedUntil: heard.at },
        );
      readAgain();
    },
    readAgain,
  );
  return query;
}

export function useSessionEquity(id: number) {
  return useQuery({
    queryKey: [...sessionKey(id), 'equity'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/paper/sessions/{id}/equity', {
          params: { path: { id }, query: { points: 1_000 } },
          signal,
        }),
      ),
  });
}

export function useSessionTrades(id: number) {
  return useQuery({
    queryKey: [...sessionKey(id), 'trades'],
    queryFn: ({ signal }) =>
      gatherTrades((query) =>
        unwrapPage(
          api.GET('/api/v1/paper/sessions/{id}/trades', { params: { path: { id }, query }, signal }),
        ),
      ),
  });
}

export function useLedger(id: number) {
  return useInfiniteQuery({
    queryKey: [...sessionKey(id), 'ledger'],
    queryFn: ({ pageParam, signal }) =>
      unwrapPage(
        api.GET('/api/v1/paper/sessions/{id}/ledger', {
          params: {
            path: { id },
            query: { limit: 25, ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useParity(id: number) {
  return useQuery({
    queryKey: [...sessionKey(id), 'parity'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/paper/sessions/{id}/parity', { params: { path: { id } }, signal })),
  });
}

export function usePaperDeeds() {
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: paperKey });
  const path = (id: number) => ({ params: { path: { id } } });
  return {
    again,
    close: async (id: number) => {
      await unwrap(api.POST('/api/v1/paper/sessions/{id}/close', path(id)));
      await again();
    },
    stop: async (id: number) => {
      await unwrap(api.POST('/api/v1/paper/sessions/{id}/stop', path(id)));
      await again();
    },
    remove: async (id: number) => {
      await unwrap(api.DELETE('/api/v1/paper/sessions/{id}', path(id)));
      cache.removeQueries({ queryKey: sessionKey(id) });
      await cache.invalidateQueries({ queryKey: paperKey, exact: true });
    },
  };
}
