import { describe, expect, test } from 'vitest';
import { complete, formatUse, type Indicator, parseUse, spellOut } from './uses';

const whole = (name: string, standard: number) => ({
  name,
  kind: 'whole' as const,
  default: standard,
  minimum: 1,
  maximum: 5_000,
  choices: [],
});
const catalogue: Indicator[] = [
  {
    name: 'MACD',
    title: '',
    meaning: '',
    group: 'momentum',
    placement: 'pane',
    parameters: [whole('fastPeriod', 12), whole('slowPeriod', 26), whole('signalPeriod', 9)],
    outputs: ['macd', 'signal', 'histogram'],
  },
];

describe('an indicator in the address', () => {
  test.each([
    ['EMA(50)', { name: 'EMA', values: [50] }],
    [' macd( 12, 26,9 ) ', { name: 'MACD', values: [12, 26, 9] }],
    ['OBV', { name: 'OBV', values: [] }],
    ['ALMA(9,0.85,6)', { name: 'ALMA', values: [9, 0.85, 6] }],
    ['EMA(fifty)', null],
    ['EMA(50', null],
    ['<script>', null],
  ])('%s', (text, use) => {
    expect(parseUse(text)).toEqual(use);
  });

  test('is written as it is read', () => {
    expect(formatUse({ name: 'MACD', values: [12, 26, 9] })).toBe('MACD(12,26,9)');
    expect(formatUse({ name: 'OBV', values: [] })).toBe('OBV');
  });
});

describe('the settings', () => {
  test('that were left out are the defaults', () => {
    expect(complete({ name: 'MACD', values: [5] }, catalogue)).toEqual({ name: 'MACD', values: [5, 26, 9] });
  });

  test.each([
    [{ name: 'MOON', values: [] }],
    [{ name: 'MACD', values: [0] }],
    [{ name: 'MACD', values: [1.5] }],
    [{ name: 'MACD', values: [1, 2, 3, 4] }],
  ])('of %j do not fit', (use) => {
    expect(complete(use, catalogue)).toBeNull();
  });

  test('have names for people', () => {
    expect(spellOut('fastPeriod')).toBe('Fast period');
  });
});
