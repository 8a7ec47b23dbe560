import { expect, test } from 'vitest';
import { formatCount, formatFigure, formatPrice, formatShare } from '../format/number';
import { english } from '../i18n/english';
import { german } from '../i18n/german';
import { type Said, describe as say } from './describe';

const format = {
  price: (value: number) => formatPrice(value, 'en'),
  figure: (value: number) => formatFigure(value, 'en'),
  share: (value: number) => formatShare(value, 'en'),
  count: (value: number) => formatCount(value, 'en'),
};

test.each<[Said, string]>([
  [{ condition: 'PRICE_CROSSES_ABOVE', threshold: 64_000 }, 'Price rises through 64,000.0'],
  [{ condition: 'PERCENT_DOWN', threshold: 5, windowMinutes: 240 }, 'Price is down by 5% in 4 h'],
  [
    { condition: 'PERCENT_MOVE', threshold: 2.5, windowMinutes: 15 },
    'Price moved by, either way 2.5% in 15 min',
  ],
  [{ condition: 'VOLUME_SPIKE', threshold: 3, timeframe: '1h' }, 'Volume 3.00 times the usual on 1h'],
  [
    { condition: 'INDICATOR_BELOW', metadata: { indicator: 'RSI(14)', value: 30 }, timeframe: '4h' },
    'RSI(14) is below 30.00 on 4h',
  ],
  [{ condition: 'FORMULA', formula: 'RSI(14) < 30', timeframe: '1h' }, 'RSI(14) < 30 on 1h'],
  [
    { condition: 'PATTERN', patternKind: 'FVG', direction: 'BULLISH', timeframe: '1h' },
    'Bullish Fair value gap on 1h',
  ],
  [{ condition: 'PATTERN' }, 'Any pattern'],
  [{ condition: 'SIGNAL', signalClass: 'strong', direction: 'BEARISH' }, 'Bearish Signal, Strong or better'],
])('%o is said as %s', (alert, said) => {
  expect(say(alert, english, format)).toBe(said);
});

test('in German too', () => {
  const alert: Said = { condition: 'PRICE_BELOW', threshold: 50 };
  expect(say(alert, german, format)).toBe('Preis ist unter 50.0000');
});
