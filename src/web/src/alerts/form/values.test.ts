import { describe, expect, test } from 'vitest';
import { english } from '../../i18n/english';
import type { Alert } from '../kinds';
import { bodyOf, check, empty, type Values, valuesFrom, valuesOf } from './values';

const now = new Date('2026-11-21T12:00:00');
const faults = (values: Partial<Values>) =>
  Object.entries(check({ ...empty, threshold: '64000', ...values }, english.alerts, now))
    .filter(([, fault]) => fault !== undefined)
    .map(([name]) => name);

describe('what is sent', () => {
  test('holds what its group needs, and nothing of another', () => {
    const body = bodyOf({ ...empty, threshold: '64000,5', formula: 'close > 1' });
    expect(body).toMatchObject({ condition: 'PRICE_CROSSES_ABOVE', threshold: 64_000.5, repeat: 'ONCE' });
    expect(body).not.toHaveProperty('formula');
    expect(body).not.toHaveProperty('metadata');
  });

  test('compares an indicator with a value that may be below zero', () => {
    const body = bodyOf({ ...empty, group: 'indicator', metadata: ' CCI(20) ', value: '-100' });
    expect(body.metadata).toEqual({ indicator: 'CCI(20)', value: -100 });
  });

  test('ends with the day that was chosen', () => {
    const body = bodyOf({ ...empty, threshold: '1', expiresAt: '2026-11-30' });
    expect(body.expiresAt).toBe(new Date('2026-11-30T23:59:59').toISOString());
  });

  test('names no timeframe where any will do', () => {
    const body = bodyOf({ ...empty, group: 'pattern', patternKind: 'FVG', direction: 'BULLISH' });
    expect(body).toMatchObject({
      condition: 'PATTERN',
      patternKind: 'FVG',
      direction: 'BULLISH',
      timeframe: null,
    });
  });
});

describe('an alert that is kept', () => {
  const kept: Alert = {
    id: 1,
    userId: 1,
    symbol: 'BTC-USD',
    condition: 'INDICATOR_CROSSES_BELOW',
    threshold: 30,
    status: 'ACTIVE',
    channels: ['EMAIL'],
    createdAt: '2026-11-21T10:00:00Z',
    triggeredAt: null,
    market: 'BTC/USDT',
    quoteSubstituted: true,
    description: '',
    metadata: { indicator: 'RSI(14)', value: 30 },
    timeframe: '4h',
    formula: 'RSI(14) crosses below 30',
    intrabar: true,
    windowMinutes: null,
    period: null,
    patternKind: null,
    direction: null,
    signalClass: null,
    repeat: 'EVERY_TIME',
    cooldownMinutes: 60,
    expiresAt: null,
    activeFrom: '08:00',
    activeUntil: '20:00',
    timeZone: 'UTC',
    note: 'Look.',
    triggers: 0,
    restsUntil: null,
    judgedUntil: null,
    notJudged: null,
    source: 'binance',
    provenance: 'live',
    changedAt: '2026-11-21T10:00:00Z',
  };

  test('is the same after it went through the form', () => {
    const body = bodyOf(valuesOf(kept));
    expect(body).toEqual({
      symbol: 'BTC-USD',
      condition: 'INDICATOR_CROSSES_BELOW',
      metadata: { indicator: 'RSI(14)', value: 30 },
      timeframe: '4h',
      intrabar: true,
      repeat: 'EVERY_TIME',
      cooldownMinutes: 60,
      expiresAt: null,
      activeFrom: '08:00',
      activeUntil: '20:00',
      channels: ['EMAIL'],
      note: 'Look.',
    });
  });
});

describe('an alert that is changed', () => {
  const kept = {
    channels: [] as string[],
    symbol: 'BTC-USD',
    market: 'BTC/USDT',
    condition: 'PRICE_ABOVE',
    threshold: 7e-7,
    expiresAt: new Date('2026-11-30T15:00:00').toISOString(),
  } as Alert;

  test('keeps its end as long as the day stays', () => {
    const values = valuesOf(kept);
    expect(bodyOf(values).expiresAt).toBe(kept.expiresAt);
    expect(bodyOf({ ...values, expiresAt: '2026-12-01' }).expiresAt).toBe(
      new Date('2026-12-01T23:59:59').toISOString(),
    );
  });

  test('shows a small price so that it can be read again', () => {
    const values = valuesOf(kept);
    expect(values.threshold).toBe('0.0000007');
    expect(bodyOf(values).threshold).toBe(7e-7);
  });

  test('of another symbol names that', () => {
    expect(bodyOf({ ...valuesOf(kept), symbol: 'ETH/USDT' }).symbol).toBe('ETH/USDT');
  });

  test('on a percentage once a candle says of which', () => {
    const values: Values = { ...empty, group: 'percent', repeat: 'ONCE_PER_BAR', timeframe: '4h' };
    expect(bodyOf(values).timeframe).toBe('4h');
  });
});

describe('an address', () => {
  test('fills the form in', () => {
    const values = valuesFrom(new URLSearchParams('symbol=ETH-USDT&threshold=3400&condition=PRICE_BELOW'));
    expect(values).toMatchObject({
      symbol: 'ETH/USDT',
      group: 'price',
      price: 'PRICE_BELOW',
      threshold: '3400',
    });
  });

  test('that says nonsense is no alert of anything', () => {
    expect(valuesFrom(new URLSearchParams('condition=DROP&threshold=x'))).toEqual(empty);
  });
});

test('faults are found before anything is sent', () => {
  expect(faults({})).toEqual([]);
  expect(faults({ threshold: '' })).toEqual(['threshold']);
  expect(faults({ threshold: '-1' })).toEqual(['threshold']);
  expect(faults({ group: 'percent', percent: 'PERCENT_DOWN', percentage: '100' })).toEqual(['percentage']);
  expect(faults({ group: 'formula' })).toEqual(['formula']);
  expect(faults({ activeFrom: '08:00' })).toEqual(['activeUntil']);
  expect(faults({ activeFrom: '08:00', activeUntil: '08:00' })).toEqual(['activeUntil']);
  expect(faults({ expiresAt: '2026-11-20' })).toEqual(['expiresAt']);
  expect(faults({ repeat: 'EVERY_TIME', cooldownMinutes: '1.5' })).toEqual(['cooldownMinutes']);
});
