import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, type Schemas, unwrap } from '../../api/client';
import { useChannel, useLiveStatus } from '../../live/live';
import { type LatencySample, remember } from './latencyHistory';

export type SystemStatus = Schemas['SystemStatus'];

const key = ['status'] as const;
const pollEvery = 15_000;

/** The state of the server: read once, then followed over the socket; asked for again while the socket is down. */
export function useStatus() {
  const cache = useQueryClient();
  const isLive = useLiveStatus().state === 'live';
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/status', { signal })),
    refetchInterval: isLive ? false : pollEvery,
  });
  useChannel('status', {
    onMessage: (data) => cache.setQueryData<SystemStatus>(key, data as SystemStatus),
    onGap: () => void cache.invalidateQueries({ queryKey: key }),
  });
  return query;
}

/** The latencies seen since the page was opened. */
export function useLatencyHistory(status: SystemStatus | undefined): readonly LatencySample[] {
  const [history, setHistory] = useState<readonly LatencySample[]>([]);
  const seen = useRef<string | null>(null);
  useEffect(() => {
    if (status === undefined || seen.current === status.now) return;
    seen.current = status.now;
    setHistory((before) => remember(before, status));
  }, [status]);
  return history;
}
