import { readLines, readNumber } from '../../accounts/checks';
import type { Schemas } from '../../api/client';
import type { Messages } from '../../i18n/english';
import {
  type Alert,
  type Condition,
  conditionsOf,
  type Group,
  groupOf,
  groups,
  type NewAlert,
} from '../kinds';

type Repeat = Schemas['Repeat'];

/** The form as it is typed. What belongs to another group is kept, so that going back loses nothing. */
export interface Values {
  readonly symbol: string;
  /** What is kept already: as long as it means the same, it is not written differently. */
  readonly kept: {
    readonly symbol: string;
    readonly market: string;
    readonly expiresAt: string | null;
  } | null;
  readonly group: Group;
  readonly price: Condition;
  readonly percent: Condition;
  readonly indicator: Condition;
  readonly threshold: string;
  readonly percentage: string;
  readonly windowMinutes: string;
  readonly multiple: string;
  readonly period: string;
  readonly metadata: string;
  readonly value: string;
  readonly formula: string;
  readonly patternKind: string;
  readonly direction: string;
  readonly signalClass: string;
  readonly timeframe: string;
  readonly newsTimeframe: string;
  readonly intrabar: boolean;
  readonly repeat: Repeat;
  readonly cooldownMinutes: string;
  readonly expiresAt: string;
  readonly activeFrom: string;
  readonly activeUntil: string;
  readonly channels: readonly Schemas['ChannelKind'][];
  readonly note: string;
}

export const windows = [5, 15, 30, 60, 240, 720, 1_440, 4_320, 10_080, 20_160] as const;

export const empty: Values = {
  symbol: 'BTC/USDT',
  kept: null,
  group: 'price',
  price: 'PRICE_CROSSES_ABOVE',
  percent: 'PERCENT_MOVE',
  indicator: 'INDICATOR_CROSSES_ABOVE',
  threshold: '',
  percentage: '5',
  windowMinutes: '60',
  multiple: '3',
  period: '20',
  metadata: 'RSI(14)',
  value: '70',
  formula: '',
  patternKind: '',
  direction: '',
  signalClass: '',
  timeframe: '1h',
  newsTimeframe: '',
  intrabar: false,
  repeat: 'ONCE',
  cooldownMinutes: '15',
  expiresAt: '',
  activeFrom: '',
  activeUntil: '',
  channels: [],
  note: '',
};

export const conditionOf = (values: Values): Condition => {
  const { group } = values;
  if (group === 'price' || group === 'percent' || group === 'indicator') return values[group];
  return conditionsOf[group][0];
};

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Numbers may be below zero where an indicator's may. */
export function readSigned(text: string): number {
  const plain = text.trim();
  return plain.startsWith('-') ? -readNumber(plain.slice(1)) : readNumber(plain);
}

/** The end of the day that was chosen, by the reader's clock; the kept one where it is that day. */
function endOf({ expiresAt: day, kept }: Values): string | null {
  if (day === '') return null;
  const before = kept?.expiresAt ?? null;
  return before !== null && dayOf(new Date(before)) === day
    ? before
    : new Date(`${day}T23:59:59`).toISOString();
}

/** A number as people write it, never with an exponent. */
function plainOf(number: number | null | undefined): string {
  const text = String(number ?? '');
  return number && text.includes('e') ? number.toFixed(12).replace(/\.?0+$/, '') : text;
}

/** What the server is asked to keep. */
export function bodyOf(values: Values): NewAlert {
  const { group } = values;
  const isOnCandles = group === 'volume' || group === 'indicator' || group === 'formula';
  const isNews = group === 'pattern' || group === 'signal';
  return {
    symbol: values.kept?.market === values.symbol ? values.kept.symbol : values.symbol,
    condition: conditionOf(values),
    intrabar: isOnCandles && values.intrabar,
    ...(group === 'price' ? { threshold: readNumber(values.threshold), timeframe: values.timeframe } : {}),
    ...(group === 'percent'
      ? {
          threshold: readNumber(values.percentage),
          windowMinutes: Number(values.windowMinutes),
          timeframe: values.repeat === 'ONCE_PER_BAR' ? values.timeframe : null,
        }
      : {}),
    ...(group === 'volume' ? { threshold: readNumber(values.multiple), period: Number(values.period) } : {}),
    ...(group === 'indicator'
      ? { metadata: { indicator: values.metadata.trim(), value: readSigned(values.value) } }
      : {}),
    ...(group === 'formula' ? { formula: values.formula } : {}),
    ...(isOnCandles ? { timeframe: values.timeframe } : {}),
    ...(isNews ? { timeframe: orNull(values.newsTimeframe), direction: asDirection(values.direction) } : {}),
    ...(group === 'pattern' ? { patternKind: orNull(values.patternKind) } : {}),
    ...(group === 'signal' ? { signalClass: orNull(values.signalClass) } : {}),
    repeat: values.repeat,
    cooldownMinutes: values.repeat === 'EVERY_TIME' ? Number(values.cooldownMinutes) : null,
    expiresAt: endOf(values),
    activeFrom: orNull(values.activeFrom),
    activeUntil: orNull(values.activeUntil),
    channels: [...values.channels],
    note: orNull(values.note),
  };
}

const asDirection = (text: string): 'BULLISH' | 'BEARISH' | null =>
  text === 'BULLISH' || text === 'BEARISH' ? text : null;

/** An alert that is kept, as the form shows it. */
export function valuesOf(alert: Alert): Values {
  const group = groupOf(alert.condition);
  const threshold = plainOf(alert.threshold);
  return {
    ...empty,
    symbol: alert.market,
    kept: { symbol: alert.symbol, market: alert.market, expiresAt: alert.expiresAt ?? null },
    group,
    ...(group === 'price' || group === 'percent' || group === 'indicator'
      ? { [group]: alert.condition }
      : {}),
    ...(group === 'price' ? { threshold } : {}),
    ...(group === 'percent'
      ? { percentage: threshold, windowMinutes: String(alert.windowMinutes ?? 60) }
      : {}),
    ...(group === 'volume' ? { multiple: threshold, period: String(alert.period ?? 20) } : {}),
    ...(group === 'indicator'
      ? {
          metadata: alert.metadata?.indicator ?? '',
          value: plainOf(alert.metadata?.value ?? alert.threshold),
        }
      : {}),
    ...(group === 'formula' ? { formula: alert.formula ?? '' } : {}),
    patternKind: alert.patternKind ?? '',
    direction: alert.direction ?? '',
    signalClass: alert.signalClass ?? '',
    timeframe: alert.timeframe ?? empty.timeframe,
    newsTimeframe: group === 'pattern' || group === 'signal' ? (alert.timeframe ?? '') : '',
    intrabar: alert.intrabar,
    repeat: alert.repeat,
    cooldownMinutes: String(alert.repeat === 'EVERY_TIME' ? alert.cooldownMinutes : empty.cooldownMinutes),
    expiresAt: alert.expiresAt ? dayOf(new Date(alert.expiresAt)) : '',
    activeFrom: alert.activeFrom ?? '',
    activeUntil: alert.activeUntil ?? '',
    channels: alert.channels,
    note: alert.note ?? '',
  };
}

/** A day as date fields write it, by the reader's clock. */
export function dayOf(at: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** What an address fills in; what it writes wrongly is left as it is. */
export function valuesFrom(params: URLSearchParams): Values {
  const asked = params.get('condition');
  const known = groups.find((one) => (conditionsOf[one] as readonly string[]).includes(asked ?? ''));
  const group = known ?? 'price';
  const take = (name: string) => params.get(name) ?? '';
  return {
    ...empty,
    ...(params.has('symbol') ? { symbol: take('symbol').replace('-', '/').toUpperCase() } : {}),
    group,
    ...(known && (group === 'price' || group === 'percent' || group === 'indicator')
      ? { [group]: asked as Condition }
      : {}),
    ...(Number.isFinite(readNumber(take('threshold'))) ? { threshold: take('threshold') } : {}),
    ...(params.has('formula') ? { formula: take('formula') } : {}),
    ...(params.has('timeframe') ? { timeframe: take('timeframe'), newsTimeframe: take('timeframe') } : {}),
    patternKind: take('patternKind'),
    direction: take('direction').toUpperCase(),
    signalClass: take('signalClass'),
  };
}

/** What is wrong with what was typed, by field. */
export function check(
  values: Values,
  { form: words }: Messages['alerts'],
  now: Date,
): { readonly [field in keyof Values]?: string | undefined } {
  const { group } = values;
  const positive = (text: string) => (readNumber(text) > 0 ? undefined : words.positive);
  const whole = (text: string, low: number, high: number) =>
    /^\d+$/.test(text.trim()) && Number(text) >= low && Number(text) <= high
      ? undefined
      : words.whole(String(low), String(high));
  const hasHours = (values.activeFrom === '') === (values.activeUntil === '');
  return {
    threshold: group === 'price' ? positive(values.threshold) : undefined,
    percentage:
      group !== 'percent' ||
      (readNumber(values.percentage) > 0 &&
        (values.percent !== 'PERCENT_DOWN' || readNumber(values.percentage) < 100))
        ? undefined
        : words.percentFault,
    multiple: group === 'volume' ? positive(values.multiple) : undefined,
    period: group === 'volume' ? whole(values.period, 2, 1_000) : undefined,
    metadata:
      group === 'indicator' && readLines(values.metadata).length === 0 ? words.indicatorHint : undefined,
    value: group === 'indicator' && !Number.isFinite(readSigned(values.value)) ? words.aNumber : undefined,
    formula: group === 'formula' && values.formula.trim() === '' ? words.formulaHint : undefined,
    cooldownMinutes: values.repeat === 'EVERY_TIME' ? whole(values.cooldownMinutes, 0, 43_200) : undefined,
    expiresAt: values.expiresAt !== '' && values.expiresAt < dayOf(now) ? words.day : undefined,
    activeUntil:
      hasHours && (values.activeFrom === '' || values.activeFrom !== values.activeUntil)
        ? undefined
        : words.hoursFault,
  };
}
