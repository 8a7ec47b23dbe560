import { expect, test } from 'vitest';
import { parseAddress, writeAddress } from './address';

test('the address says what was written into it', () => {
  const address = { timeframe: '4h', uses: ['EMA(50)', 'MACD(12,26,9)'], isLogarithmic: true } as const;
  expect(parseAddress(writeAddress(address))).toEqual(address);
});

test.each(['', 'tf=7m', 'tf='])('“%s” means the standard', (text) => {
  expect(parseAddress(new URLSearchParams(text))).toEqual({
    timeframe: '15m',
    uses: [],
    isLogarithmic: false,
  });
});
