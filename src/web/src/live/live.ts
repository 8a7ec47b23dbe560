import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useNow } from '../format/useNow';
import { type ChannelListener, LiveSocket, type LiveStatus, type Wire } from './LiveSocket';

const socket = new LiveSocket({
  open: () => {
    const address = new URL('/api/v1/ws', location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    return new WebSocket(address) as Wire;
  },
  now: Date.now,
  random: Math.random,
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
});

export function startLive(): void {
  socket.connect();
  addEventListener('online', () => socket.retryNow());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') socket.retryNow();
  });
}

export const retryLive = (): void => socket.retryNow();

/** Another person sits here now: what may be heard is decided when a connection begins. */
export function restartLive(): void {
  socket.disconnect();
  socket.connect();
}

export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(watch, readStatus);
}

/** The time by the server's clock, as far as it has told it: ages stay right on a machine whose clock is wrong. */
export function useServerNow(): number {
  return useNow() + (socket.status.serverAhead ?? 0);
}

const watch = (watcher: () => void) => socket.watch(watcher);
const readStatus = () => socket.status;

/** Follows a channel while the component is on the page; handlers may change without a new subscription. */
export function useChannel(name: string, listener: ChannelListener): void {
  useChannels([name], listener);
}

/** The same for several at once, as many as there are to hear at the moment. */
export function useChannels(names: readonly string[], listener: ChannelListener): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  const wanted = names.join('\n');
  useEffect(() => {
    const leave = wanted
      .split('\n')
      .filter(Boolean)
      .map((name) =>
        socket.subscribe(name, {
          onMessage: (data, at) => latest.current.onMessage(data, at),
          onGap: () => latest.current.onGap(),
          onRefused: (code, message) => latest.current.onRefused?.(code, message),
        }),
      );
    return () => {
      for (const end of leave) end();
    };
  }, [wanted]);
}
