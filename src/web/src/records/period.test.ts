import { describe, expect, test } from 'vitest';
import { boundsOf, isWithin, parsePeriod, writePeriod } from './period';

const now = Date.parse('2026-11-21T12:00:00Z');
const read = (text: string) => parsePeriod(new URLSearchParams(text));

describe('a period', () => {
  test.each(['since=7d', 'from=2026-11-01&to=2026-11-02', 'to=2026-11-02', ''])(
    'is the same after a reload: %s',
    (text) => {
      const params = new URLSearchParams();
      writePeriod(read(text), params);
      expect(params.toString()).toBe(text);
    },
  );

  test('that makes no sense is none', () => {
    expect(read('since=forever&from=2026-13-40&to=soon')).toEqual(read(''));
  });

  test('of days includes the last one', () => {
    expect(boundsOf(read('from=2026-11-01&to=2026-11-02'), now)).toEqual({
      from: '2026-11-01T00:00:00Z',
      to: '2026-11-03T00:00:00.000Z',
    });
    expect(isWithin('2026-11-02T23:59:00Z', read('to=2026-11-02'), now)).toBe(true);
    expect(isWithin('2026-11-03T00:00:00Z', read('to=2026-11-02'), now)).toBe(false);
  });

  test('of the last day moves on with the clock', () => {
    expect(isWithin('2026-11-20T12:00:00Z', read('since=24h'), now)).toBe(true);
    expect(isWithin('2026-11-20T12:00:00Z', read('since=24h'), now + 1)).toBe(false);
  });
});
