import { describe, expect, test } from 'vitest';
import { offsetOf, weigh } from './zone';

const hour = 3_600_000;
const utc = (text: string) => Date.parse(`${text}Z`);

describe('the offset of a zone', () => {
  test.each([
    ['UTC', '2026-07-01T12:00', 0],
    ['Europe/Berlin', '2026-01-15T12:00', 1],
    ['Europe/Berlin', '2026-07-15T12:00', 2],
    ['Asia/Kolkata', '2026-07-15T12:00', 5.5],
    ['America/New_York', '2026-07-15T02:00', -4],
  ])('%s at %s', (zone, at, hours) => {
    expect(offsetOf(zone)(utc(at))).toBe(hours * hour);
  });

  test('changes at the moment the clocks do', () => {
    const berlin = offsetOf('Europe/Berlin');
    expect(berlin(utc('2026-03-29T00:59:59'))).toBe(hour);
    expect(berlin(utc('2026-03-29T01:00:00'))).toBe(2 * hour);
  });
});

describe('a moment on the axis', () => {
  test.each([
    ['2026-01-01T00:00', '2025-12-31T23:00', 70],
    ['2026-02-01T00:00', '2026-01-31T23:00', 60],
    ['2026-02-03T00:00', '2026-02-02T23:45', 50],
    ['2026-02-03T12:00', '2026-02-03T11:45', 33],
    ['2026-02-03T03:00', '2026-02-03T02:45', 31],
    ['2026-02-03T04:00', '2026-02-03T03:45', 30],
    ['2026-02-03T04:30', '2026-02-03T04:15', 22],
    ['2026-02-03T04:35', '2026-02-03T04:34', 21],
    ['2026-02-03T04:36', '2026-02-03T04:35', 20],
  ])('%s after %s', (at, before, weight) => {
    expect(weigh(utc(at), utc(before))).toBe(weight);
  });
});
