import { expect, test } from 'vitest';
import { parseAddress, writeAddress } from './address';

test('the address says what was written into it', () => {
  const address = {
    timeframe: '4h',
    uses: ['EMA(50)', 'MACD(12,26,9)'],
    isLogarithmic: true,
    filter: { hidden: ['OB', 'EQ'], state: 'active', direction: 'bearish' },
    chosen: { pattern: 1_597 },
    moment: Date.UTC(2026, 10, 21, 12, 30),
  } as const;
  expect(parseAddress(writeAddress(address))).toEqual(address);
});

test('a signal is chosen like a pattern', () => {
  expect(parseAddress(new URLSearchParams('signal=60')).chosen).toEqual({ signal: 60 });
});

test.each(['', 'tf=7m', 'tf=', 'pattern=x', 'at=yesterday'])('“%s” means the standard', (text) => {
  expect(parseAddress(new URLSearchParams(text))).toEqual({
    timeframe: '15m',
    uses: [],
    isLogarithmic: false,
    filter: null,
    chosen: null,
    moment: null,
  });
});
