import type { Schemas } from '../../api/client';
import { isTimeframe, type Timeframe, timeframes } from '../../market/timeframes';
import { boundsOf, isWithin, type Period, parsePeriod, writePeriod } from '../../records/period';
import { codeOf, type PatternKind, patternKinds } from '../kinds';

export type Pattern = Schemas['PatternView'];

export const states = ['active', 'ended', 'all', 'filled', 'invalidated', 'completed', 'expired'] as const;
export type State = (typeof states)[number];

export const strengths = [0, 40, 60, 80] as const;

/** What the address says of the list of patterns. */
export interface PatternFilter {
  /** One, several separated by commas, or empty for all. */
  readonly symbol: string;
  readonly timeframes: readonly Timeframe[];
  readonly kinds: readonly PatternKind[];
  readonly direction: '' | 'bullish' | 'bearish';
  readonly state: State;
  /** At least this strong. */
  readonly strength: number;
  readonly period: Period;
}

/** What is written wrongly is left out. */
export function parseFilter(params: URLSearchParams): PatternFilter {
  const direction = params.get('direction');
  const codes = listOf(params.get('kind')?.toUpperCase());
  const strength = Number(params.get('strength') ?? 0);
  return {
    symbol: symbolsOf(params.get('symbol')),
    timeframes: timeframes.filter((timeframe) => listOf(params.get('timeframe')).includes(timeframe)),
    kinds: patternKinds.filter((kind) => codes.includes(codeOf[kind])),
    direction: direction === 'bullish' || direction === 'bearish' ? direction : '',
    state: states.find((state) => state === params.get('state')) ?? 'active',
    strength: strength > 0 && strength <= 100 ? Math.round(strength) : 0,
    period: parsePeriod(params),
  };
}

/** Only what differs from the default needs to be in the address. */
export function writeFilter(filter: PatternFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.symbol !== '') params.set('symbol', filter.symbol);
  if (filter.timeframes.length > 0) params.set('timeframe', filter.timeframes.join(','));
  if (filter.kinds.length > 0) params.set('kind', filter.kinds.map((kind) => codeOf[kind]).join(','));
  if (filter.direction !== '') params.set('direction', filter.direction);
  if (filter.state !== 'active') params.set('state', filter.state);
  if (filter.strength > 0) params.set('strength', String(filter.strength));
  writePeriod(filter.period, params);
  return params;
}

/** The same as the API asks for it. */
export const asQuery = (filter: PatternFilter, now: number) => ({
  status: filter.state,
  ...(filter.symbol === '' ? {} : { symbol: filter.symbol }),
  ...(filter.timeframes.length === 0 ? {} : { timeframe: filter.timeframes.join(',') }),
  ...(filter.kinds.length === 0 ? {} : { kind: filter.kinds.map((kind) => codeOf[kind]).join(',') }),
  ...(filter.direction === '' ? {} : { direction: filter.direction }),
  ...(filter.strength === 0 ? {} : { strength: filter.strength }),
  ...boundsOf(filter.period, now),
});

/** Whether a pattern that was heard of belongs into the list. */
export function belongs(filter: PatternFilter, pattern: Pattern, now: number): boolean {
  const isActive = pattern.endedAt === null;
  const hasState =
    filter.state === 'all' ||
    (filter.state === 'active'
      ? isActive
      : filter.state === 'ended'
        ? !isActive
        : pattern.status === filter.state);
  return (
    hasState &&
    (filter.symbol === '' || listOf(filter.symbol).includes(pattern.symbol)) &&
    (filter.timeframes.length === 0 ||
      filter.timeframes.some((timeframe) => timeframe === pattern.timeframe)) &&
    (filter.kinds.length === 0 || filter.kinds.includes(pattern.kind)) &&
    (filter.direction === '' || pattern.direction === filter.direction) &&
    pattern.strength >= filter.strength &&
    isWithin(pattern.knownAt, filter.period, now)
  );
}

export const timeframeOf = (text: string): Timeframe => (isTimeframe(text) ? text : '15m');

export const symbolsOf = (text: string | null): string =>
  listOf(text?.toUpperCase())
    .filter((symbol) => /^[A-Z0-9]{1,20}\/[A-Z0-9]{1,20}$/.test(symbol))
    .slice(0, 20)
    .join(',');

const listOf = (text: string | null | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
