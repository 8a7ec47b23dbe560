import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useGate } from '../accounts/subscription/useGate';
import { api, unwrap, unwrapPage } from '../api/client';
import { useChannels } from '../live/live';
import { useBatch } from '../live/useBatch';
import { signalChannels } from '../patterns/sight/channels';
import { heard, useMayAsk, useSight, useSightQuery } from '../patterns/sight/useSight';
import { useRecords } from '../records/useRecords';
import { asQuery, belongs, type Signal, type SignalFilter } from './filter';

interface SignalMessage {
  readonly change: string;
  readonly signal: Signal;
}

const latestKey = ['signals', 'latest'] as const;

/** The signals that a filter leaves, newest first, as they go on. */
export function useSignals(filter: SignalFilter, enabled: boolean) {
  return useRecords<Signal>({
    key: ['signals', 'list', filter],
    enabled,
    channels: signalChannels(heard(useSight())),
    read: (cursor, signal) =>
      unwrapPage(
        api.GET('/api/v1/signals', {
          params: {
            query: { ...asQuery(filter, Date.now()), limit: 50, ...(cursor === null ? {} : { cursor }) },
          },
          signal,
        }),
      ),
    itemOf: (message) => (message as SignalMessage).signal,
    belongs: (signal) => belongs(filter, signal, Date.now()),
    // A message does not repeat the hash of the row in the chain.
    keep: (news, known) => ({ ...news, hash: news.hash ?? known?.hash ?? null }),
  });
}

/** The newest signal of each symbol, direction and origin that runs. */
export function useLatestSignals() {
  const gate = useGate('signals.read');
  const mayAsk = useMayAsk();
  const refused = useSightQuery();
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: latestKey,
    enabled: gate === 'open' && mayAsk,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/signals/latest', { signal })),
    staleTime: 30_000,
  });
  const readAgain = () => void cache.invalidateQueries({ queryKey: latestKey });
  const take = useBatch<unknown>(readAgain);
  const channels = signalChannels(heard(useSight()));
  useChannels(gate === 'open' ? channels : [], {
    onMessage: take,
    onGap: readAgain,
  });
  return { ...(mayAsk ? query : { data: undefined, error: refused.error, refetch: refused.refetch }), gate };
}

/** How many signals run, locked ones included: a number only. */
export function useSignalSummary() {
  return useQuery({
    queryKey: ['signals', 'summary'],
    enabled: useMayAsk(),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/signals/summary', { signal })),
    staleTime: 30_000,
    refetchInterval: 60_000,
  });
}

/** One signal, followed. */
export function useSignal(id: number, enabled: boolean) {
  const cache = useQueryClient();
  const key = ['signals', 'one', id];
  const query = useQuery({
    queryKey: key,
    enabled,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/signals/{id}', { params: { path: { id } }, signal })),
    staleTime: 30_000,
  });
  const channels = signalChannels(heard(useSight()));
  useChannels(enabled ? channels : [], {
    onMessage: (message) => {
      if ((message as SignalMessage).signal.id === id) void cache.invalidateQueries({ queryKey: key });
    },
    onGap: () => void cache.invalidateQueries({ queryKey: key }),
  });
  return query;
}
