import { describe, expect, test } from 'vitest';
import { formatAge, formatDuration, formatInstant, formatTimeOfDay, formatUtc } from './time';

const at = new Date('2026-03-29T22:05:09Z');

describe('an age', () => {
  test.each([
    [-500, '0 s'],
    [12_900, '12 s'],
    [61_000, '1 min'],
    [7_200_000, '2 h'],
    [200_000_000, '2 d'],
  ])('of %d ms is told in one unit', (milliseconds, text) => {
    expect(formatAge(milliseconds)).toBe(text);
  });
});

describe('a length of time', () => {
  test.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [3_725, '1 h 2 min'],
    [86_400, '1 d'],
    [273_600, '3 d 4 h'],
  ])('of %d s is told in two units', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('an instant', () => {
  test('is shown in the zone and on the clock of the reader', () => {
    const style = { locale: 'en-GB', timeZone: 'Asia/Jakarta', clock: 'h23' } as const;
    expect(formatTimeOfDay(at, style)).toBe('05:05:09');
    expect(formatInstant(at, style)).toBe('30 Mar 2026, 05:05:09');
  });

  test('can be read on a twelve-hour clock', () => {
    const style = { locale: 'en-US', timeZone: 'UTC', clock: 'h12' } as const;
    expect(formatTimeOfDay(at, style)).toMatch(/^10:05:09.PM$/);
  });

  test('has one spelling in UTC', () => {
    expect(formatUtc(at)).toBe('2026-03-29 22:05:09 UTC');
  });
});
