import type { Schemas } from '../api/client';
import { symbolsOf } from '../patterns/list/filter';
import { boundsOf, isWithin, type Period, parsePeriod, writePeriod } from '../records/period';

export type Signal = Schemas['SignalView'];
export type Status = Signal['status'];

export const origins = [
  'smc',
  'strategy',
  'provider',
  'tradingview',
] as const satisfies readonly Signal['origin'][];
export const classes = ['moderate', 'strong', 'veryStrong'] as const;
export const statuses = [
  'open',
  'triggered',
  'target',
  'completed',
  'stopped',
  'expired',
  'cancelled',
] as const satisfies readonly Status[];
export const states = ['all', 'running', 'over', ...statuses] as const;
export type State = (typeof states)[number];

/** What the address says of the list of signals. */
export interface SignalFilter {
  readonly symbol: string;
  readonly direction: '' | 'bullish' | 'bearish';
  readonly origin: '' | (typeof origins)[number];
  /** At least this class. */
  readonly class: '' | (typeof classes)[number];
  readonly state: State;
  readonly period: Period;
}

const running: readonly Status[] = ['open', 'triggered', 'target'];
const ranks = { weak: 0, moderate: 1, strong: 2, veryStrong: 3 } as const;

export const isRunning = (signal: Signal): boolean => running.includes(signal.status);

/** What is written wrongly is left out. */
export function parseFilter(params: URLSearchParams): SignalFilter {
  const direction = params.get('direction');
  return {
    symbol: symbolsOf(params.get('symbol')),
    direction: direction === 'bullish' || direction === 'bearish' ? direction : '',
    origin: origins.find((origin) => origin === params.get('origin')) ?? '',
    class: classes.find((grade) => grade === params.get('class')) ?? '',
    state: states.find((state) => state === params.get('state')) ?? 'all',
    period: parsePeriod(params),
  };
}

/** Only what differs from the default needs to be in the address. */
export function writeFilter(filter: SignalFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.symbol !== '') params.set('symbol', filter.symbol);
  if (filter.direction !== '') params.set('direction', filter.direction);
  if (filter.origin !== '') params.set('origin', filter.origin);
  if (filter.class !== '') params.set('class', filter.class);
  if (filter.state !== 'all') params.set('state', filter.state);
  writePeriod(filter.period, params);
  return params;
}

/** The same as the API asks for it. */
export const asQuery = (filter: SignalFilter, now: number) => ({
  status: filter.state,
  ...(filter.symbol === '' ? {} : { symbol: filter.symbol }),
  ...(filter.direction === '' ? {} : { direction: filter.direction }),
  ...(filter.origin === '' ? {} : { origin: filter.origin }),
  ...(filter.class === '' ? {} : { class: filter.class }),
  ...boundsOf(filter.period, now),
});

/** Whether a signal that was heard of belongs into the list. */
export function belongs(filter: SignalFilter, signal: Signal, now: number): boolean {
  const hasState =
    filter.state === 'all' ||
    (filter.state === 'running'
      ? isRunning(signal)
      : filter.state === 'over'
        ? !isRunning(signal)
        : signal.status === filter.state);
  return (
    hasState &&
    (filter.symbol === '' || filter.symbol.split(',').includes(signal.symbol)) &&
    (filter.direction === '' || signal.direction === filter.direction) &&
    (filter.origin === '' || signal.origin === filter.origin) &&
    (filter.class === '' || (signal.class !== null && ranks[signal.class] >= ranks[filter.class])) &&
    isWithin(signal.knownAt, filter.period, now)
  );
}
