import { describe, expect, test } from 'vitest';
import { asQuery, belongs, type Pattern, type PatternFilter, parseFilter, writeFilter } from './filter';

const now = Date.parse('2026-11-21T12:00:00Z');
const read = (text: string) => parseFilter(new URLSearchParams(text));
const standard = read('');

describe('the address of the patterns', () => {
  test.each([
    '',
    'symbol=BTC%2FUSDT&timeframe=15m%2C1h&kind=FVG%2CSWEEP&direction=bearish&state=all&strength=60&since=7d',
  ])('says the same after a reload: %s', (text) => {
    expect(writeFilter(read(text)).toString()).toBe(text);
  });

  test('leaves out what makes no sense', () => {
    expect(read('symbol=<b>&timeframe=9m&kind=cup&direction=up&state=odd&strength=-3&since=ever')).toEqual(
      standard,
    );
  });

  test('becomes what the API asks for', () => {
    expect(asQuery(read('kind=OB&state=ended&strength=40&from=2026-11-01'), now)).toEqual({
      status: 'ended',
      kind: 'OB',
      strength: 40,
      from: '2026-11-01T00:00:00Z',
    });
  });
});

describe('a pattern that is heard of', () => {
  const pattern = {
    symbol: 'BTC/USDT',
    timeframe: '15m',
    kind: 'fairValueGap',
    direction: 'bullish',
    strength: 55,
    status: 'active',
    endedAt: null,
    knownAt: '2026-11-21T11:00:00Z',
  } as Pattern;
  const fits = (change: Partial<PatternFilter>, of: Partial<Pattern> = {}) =>
    belongs({ ...standard, ...change }, { ...pattern, ...of }, now);

  test('belongs where every part of the filter fits', () => {
    expect(
      fits({ symbol: 'ETH/USDT,BTC/USDT', timeframes: ['15m'], kinds: ['fairValueGap'], strength: 55 }),
    ).toBe(true);
  });

  test.each([
    [{ symbol: 'ETH/USDT' }, {}],
    [{ timeframes: ['1h'] }, {}],
    [{ kinds: ['orderBlock'] }, {}],
    [{ direction: 'bearish' }, {}],
    [{ strength: 60 }, {}],
    [{ state: 'ended' }, {}],
    [{}, { endedAt: '2026-11-21T11:30:00Z', status: 'filled' }],
    [{ state: 'expired' }, { endedAt: '2026-11-21T11:30:00Z', status: 'filled' }],
    [{ period: { since: '24h', from: '', to: '' } }, { knownAt: '2026-11-19T11:00:00Z' }],
  ] as const)('does not belong where one does not: %o %o', (change, of) => {
    expect(fits(change as Partial<PatternFilter>, of as Partial<Pattern>)).toBe(false);
  });
});
