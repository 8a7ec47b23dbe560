import { describe, expect, test } from 'vitest';
import { matrixChannels, patternChannels, signalChannels } from './channels';

const free = { symbols: ['BTC/USDT'], hasAllKinds: false };
const pro = { symbols: ['BTC/USDT', 'ETH/USDT'], hasAllKinds: true };
const premium = { symbols: null, hasAllKinds: true };

describe('the channels of a plan', () => {
  test('are gaps of its one symbol for Free', () => {
    expect(patternChannels(free)).toEqual(['patterns:BTC/USDT:FVG']);
    expect(matrixChannels(free)).toEqual(['matrix:BTC/USDT:FVG']);
  });

  test('are its symbols with every kind for Pro', () => {
    expect(patternChannels(pro)).toHaveLength(10);
    expect(patternChannels(pro)).toContain('patterns:ETH/USDT:BREAKER');
    expect(matrixChannels(pro)).toEqual(['matrix:BTC/USDT', 'matrix:ETH/USDT']);
    expect(signalChannels(pro)).toEqual(['signals:BTC/USDT', 'signals:ETH/USDT']);
  });

  test('are one for everything for Premium', () => {
    expect([patternChannels(premium), matrixChannels(premium), signalChannels(premium)]).toEqual([
      ['patterns'],
      ['matrix'],
      ['signals'],
    ]);
  });
});
