import { describe, expect, test } from 'vitest';
import { formatChange, formatCompact, formatMilliseconds, formatPrice } from './number';

describe('a price', () => {
  test.each([
    [64218.5, '64,218.5'],
    [187.424, '187.42'],
    [1.2345, '1.2345'],
    [0.5123, '0.5123'],
    [0.00001234, '0.00001234'],
    [0, '0.00'],
    [-42.5, '-42.5000'],
  ])('%d has the decimals its size asks for', (price, text) => {
    expect(formatPrice(price, 'en-US')).toBe(text);
  });

  test('follows the reader’s grouping', () => {
    expect(formatPrice(64218.5, 'de-DE')).toBe('64.218,5');
  });

  test('that is not a number is a dash', () => {
    expect(formatPrice(Number.NaN, 'en')).toBe('–');
  });
});

describe('a count in a tight place', () => {
  test.each([
    [999, '999'],
    [1_234, '1.23K'],
    [12_345_678, '12.3M'],
    [999_960, '1M'],
    [2_100_000_000, '2.1B'],
    [-4_500, '-4.5K'],
  ])('%d is short', (value, text) => {
    expect(formatCompact(value, 'en')).toBe(text);
  });
});

describe('a change', () => {
  test.each([
    [0.0123, '+1.23%'],
    [-0.05, '-5.00%'],
    [0, '0.00%'],
  ])('%d shows its sign', (ratio, text) => {
    expect(formatChange(ratio, 'en')).toBe(text);
  });
});

describe('a measured duration', () => {
  test.each([
    [0.421, '0.42 ms'],
    [12.34, '12.3 ms'],
    [840.2, '840 ms'],
    [1_240, '1.24 s'],
    [null, '–'],
  ])('%d keeps three digits', (value, text) => {
    expect(formatMilliseconds(value, 'en')).toBe(text);
  });
});
