import { describe, expect, test } from 'vitest';
import { asQuery, belongs, parseFilter, type Signal, type SignalFilter, writeFilter } from './filter';

const now = Date.parse('2026-11-21T12:00:00Z');
const read = (text: string) => parseFilter(new URLSearchParams(text));

describe('the address of the signals', () => {
  test.each(['', 'symbol=BTC%2FUSDT&direction=bullish&origin=smc&class=strong&state=running&since=7d'])(
    'says the same after a reload: %s',
    (text) => expect(writeFilter(read(text)).toString()).toBe(text),
  );

  test('leaves out what makes no sense', () => {
    expect(read('direction=up&origin=moon&class=best&state=odd')).toEqual(read(''));
    expect(asQuery(read(''), now)).toEqual({ status: 'all' });
  });
});

describe('a signal that is heard of', () => {
  const signal = {
    symbol: 'BTC/USDT',
    direction: 'bullish',
    origin: 'smc',
    class: 'strong',
    status: 'triggered',
    knownAt: '2026-11-21T11:00:00Z',
  } as Signal;
  const fits = (change: Partial<SignalFilter>, of: Partial<Signal> = {}) =>
    belongs({ ...read(''), ...change }, { ...signal, ...of }, now);

  test('belongs from its class upwards', () => {
    expect(fits({ class: 'moderate' })).toBe(true);
    expect(fits({ class: 'veryStrong' })).toBe(false);
    expect(fits({ class: 'moderate' }, { class: null })).toBe(false);
  });

  test('leaves the running ones when it is over', () => {
    expect(fits({ state: 'running' })).toBe(true);
    expect(fits({ state: 'running' }, { status: 'stopped' })).toBe(false);
    expect(fits({ state: 'over' }, { status: 'stopped' })).toBe(true);
    expect(fits({ state: 'target' })).toBe(false);
  });

  test('belongs by symbol, direction, origin and time', () => {
    expect(fits({ symbol: 'ETH/USDT' })).toBe(false);
    expect(fits({ direction: 'bearish' })).toBe(false);
    expect(fits({ origin: 'strategy' })).toBe(false);
    expect(fits({ period: { since: '24h', from: '', to: '' } }, { knownAt: '2026-11-19T00:00:00Z' })).toBe(
      false,
    );
  });
});
