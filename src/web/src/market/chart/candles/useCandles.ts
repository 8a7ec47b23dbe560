import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, unwrap } from '../../../api/client';
import { useChannel, useLiveStatus } from '../../../live/live';
import { pathOf } from '../../symbols';
import { stepOf, type Timeframe } from '../../timeframes';
import { type CandleSeries, fromAnswer, joinNewest, prepend, receive, toCandle } from './series';

const newest = 1_000;
const olderAtOnce = 2_000;
const emptyPoll = 5_000;
const calm = 3_000;

export type OlderState = 'idle' | 'loading' | 'failed';

/** The candles of a symbol: read once, followed live, read again wherever the stream leaves something out. */
export function useCandles(symbol: string, timeframe: Timeframe) {
  const cache = useQueryClient();
  const key = ['candles', symbol, timeframe] as const;
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) =>
      joinNewest(cache.getQueryData<CandleSeries>(key), await read(symbol, timeframe, signal)),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
    refetchInterval: ({ state }) => (state.data?.closed.length === 0 ? emptyPoll : false),
  });
  const readAgain = useCalm(() => void cache.invalidateQueries({ queryKey: key }));
  useAfterReconnect(readAgain);
  const [heardAt, setHeardAt] = useState<number | null>(null);
  useChannel(`candles:${symbol}:${timeframe}`, {
    onMessage: (data) => {
      const { candle, isClosed, source } = data as { candle: number[]; isClosed: boolean; source: string };
      setHeardAt(Date.now());
      const before = cache.getQueryData<CandleSeries>(key);
      if (before === undefined) return;
      const received = receive(before, { candle: toCandle(candle), isClosed }, stepOf(timeframe));
      if (received.verdict === 'missing' || source !== before.source) readAgain();
      else if (received.verdict === 'continued') cache.setQueryData<CandleSeries>(key, received.series);
    },
    onGap: readAgain,
  });
  return { ...query, heardAt, ...useOlder(symbol, timeframe, query.data) };
}

async function read(symbol: string, timeframe: Timeframe, signal: AbortSignal): Promise<CandleSeries> {
  const path = { symbol: pathOf(symbol), tf: timeframe };
  const query = { limit: newest };
  return fromAnswer(
    await unwrap(api.GET('/api/v1/candles/{symbol}/{tf}', { params: { path, query }, signal })),
  );
}

/** Reads what lies before the candles that are known, when somebody gets near their beginning. */
function useOlder(symbol: string, timeframe: Timeframe, series: CandleSeries | undefined) {
  const cache = useQueryClient();
  const name = `${symbol} ${timeframe}`;
  const [state, setState] = useState<{ of: string; older: OlderState }>({ of: name, older: 'idle' });
  const isBusy = useRef(false);
  const first = series?.closed[0]?.time;
  const isWhole = series?.isWhole ?? true;
  const loadOlder = useCallback(async () => {
    if (isBusy.current || isWhole || first === undefined) return;
    isBusy.current = true;
    setState({ of: name, older: 'loading' });
    try {
      const path = { symbol: pathOf(symbol), tf: timeframe };
      const query = { to: new Date(first).toISOString(), limit: olderAtOnce };
      const answer = await unwrap(api.GET('/api/v1/candles/{symbol}/{tf}', { params: { path, query } }));
      cache.setQueryData<CandleSeries>(
        ['candles', symbol, timeframe],
        (before) => before && prepend(before, answer.candles.map(toCandle)),
      );
      setState({ of: name, older: 'idle' });
    } catch {
      setState({ of: name, older: 'failed' });
    } finally {
      isBusy.current = false;
    }
  }, [cache, symbol, timeframe, name, first, isWhole]);
  return { older: state.of === name ? state.older : ('idle' as const), loadOlder };
}

/** At once, then not again for a moment: a stream in disorder asks many times for the same. */
function useCalm(action: () => void): () => void {
  const latest = useRef(action);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isAskedAgain = useRef(false);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    if (timer.current !== undefined) {
      isAskedAgain.current = true;
      return;
    }
    const run = () => {
      isAskedAgain.current = false;
      latest.current();
      timer.current = setTimeout(() => {
        timer.current = undefined;
        if (isAskedAgain.current) run();
      }, calm);
    };
    run();
  }, []);
}

/** A connection that was lost may have missed more than the server remembers. */
function useAfterReconnect(action: () => void): void {
  const { state } = useLiveStatus();
  const wasLost = useRef(false);
  useEffect(() => {
    if (state === 'waiting') wasLost.current = true;
    if (state !== 'live' || !wasLost.current) return;
    wasLost.current = false;
    action();
  }, [state, action]);
}
