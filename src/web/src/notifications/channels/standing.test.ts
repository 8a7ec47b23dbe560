import { describe, expect, test } from 'vitest';
import { english } from '../../i18n/english';
import { describeFilters, standingOf } from './standing';
import type { Channel } from './useChannelList';

const usual: Channel = {
  channel: 'DISCORD',
  isOffered: true,
  isReady: true,
  enabled: true,
  address: 'webhook 123',
  awaitsCode: false,
  kinds: null,
  symbols: null,
  direction: 'both',
  leastConfluence: 0,
  quietFrom: null,
  quietUntil: null,
  digest: true,
  failures: 0,
  pausedAt: null,
  pausedUntil: null,
  pausedWhy: null,
};

describe('a channel', () => {
  test.each<[Partial<Channel>, string]>([
    [{}, 'on'],
    [{ enabled: false }, 'off'],
    [{ isReady: false, enabled: false }, 'notSetUp'],
    [{ isReady: false, awaitsCode: true }, 'awaitsCode'],
    [{ pausedAt: '2026-11-21T12:00:00Z' }, 'paused'],
    [{ isOffered: false, pausedAt: '2026-11-21T12:00:00Z' }, 'notOffered'],
    [{ channel: 'IN_APP', enabled: false }, 'always'],
  ])('with %o is %s', (change, standing) => {
    expect(standingOf({ ...usual, ...change })).toBe(standing);
  });

  test('without filters lets everything through', () => {
    expect(describeFilters(usual, english.notices)).toBe('Everything comes through');
  });

  test('says all its filters in a line', () => {
    const filtered: Channel = {
      ...usual,
      kinds: ['alert', 'signal'],
      symbols: ['BTC/USDT', 'ETH/USDT', 'SOL/USDT', 'BNB/USDT', 'ADA/USDT'],
      direction: 'bullish',
      leastConfluence: 3,
      quietFrom: '22:00',
      quietUntil: '07:00',
    };
    expect(describeFilters(filtered, english.notices)).toBe(
      'Alerts, Signals · BTC/USDT, ETH/USDT, SOL/USDT and 2 more · ▲ Bullish · 3 or more timeframes agree · quiet 22:00 to 07:00',
    );
  });
});
