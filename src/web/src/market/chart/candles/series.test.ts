import { describe, expect, test } from 'vitest';
import { type Candle, type CandleSeries, changedEnd, findAt, joinNewest, prepend, receive } from './series';

const step = 60_000;
const at = (minute: number, close = 100): Candle => ({
  time: minute * step,
  open: 100,
  high: 101,
  low: 99,
  close,
  volume: 1,
});
const minutes = (from: number, until: number) => Array.from({ length: until - from }, (_, i) => at(from + i));
const series = (closed: readonly Candle[], open: readonly Candle[] = []): CandleSeries => ({
  closed,
  open,
  revision: 1,
  isWhole: false,
  source: 'simulator',
  provenance: 'synthetic',
});
const hear = (before: CandleSeries, candle: Candle, isClosed: boolean) =>
  receive(before, { candle, isClosed }, step);

describe('a forming candle', () => {
  test('follows the last closed one and is replaced as it moves', () => {
    const once = hear(series(minutes(0, 3)), at(3, 100.5), false);
    expect(once).toMatchObject({ verdict: 'continued', series: { open: [at(3, 100.5)] } });
    if (once.verdict !== 'continued') return;
    const twice = hear(once.series, at(3, 100.7), false);
    expect(twice).toMatchObject({ verdict: 'continued', series: { open: [at(3, 100.7)], revision: 1 } });
  });

  test('may begin before the close of the one before was told', () => {
    const early = hear(series(minutes(0, 3), [at(3)]), at(4), false);
    expect(early).toMatchObject({ verdict: 'continued', series: { open: [at(3), at(4)] } });
    if (early.verdict !== 'continued') return;
    const closed = hear(early.series, at(3, 100.9), true);
    expect(closed).toMatchObject({ verdict: 'continued', series: { open: [at(4)] } });
    expect(closed.verdict === 'continued' && closed.series.closed.at(-1)).toEqual(at(3, 100.9));
  });

  test('of a candle that is closed already says nothing new', () => {
    expect(hear(series(minutes(0, 3)), at(2), false).verdict).toBe('known');
  });

  test.each([4, 5, 9])('at minute %d after minute 2 means that something is missing', (minute) => {
    expect(hear(series(minutes(0, 3)), at(minute), false).verdict).toBe('missing');
  });

  test('off the grid means so too', () => {
    expect(hear(series(minutes(0, 3)), at(3.5), false).verdict).toBe('missing');
  });
});

describe('a closed candle', () => {
  test('is added once', () => {
    const added = hear(series(minutes(0, 3), [at(3)]), at(3), true);
    expect(added).toMatchObject({ verdict: 'continued', series: { open: [] } });
    if (added.verdict !== 'continued') return;
    expect(added.series.closed).toHaveLength(4);
    expect(hear(added.series, at(3), true).verdict).toBe('known');
  });

  test('that leaves one out means that something is missing', () => {
    expect(hear(series(minutes(0, 3)), at(4), true).verdict).toBe('missing');
  });

  test('of a series that was empty asks for the rest', () => {
    expect(hear(series([]), at(4), true).verdict).toBe('missing');
  });
});

describe('the newest candles read again', () => {
  test('keep the older ones they join', () => {
    const joined = joinNewest(series(minutes(0, 10)), series(minutes(8, 14), [at(14)]));
    expect(joined.closed.map(({ time }) => time / step)).toEqual(
      minutes(0, 14).map(({ time }) => time / step),
    );
    expect(joined.open).toEqual([at(14)]);
    expect(joined.revision).toBe(2);
  });

  test('replace what they do not reach', () => {
    expect(joinNewest(series(minutes(0, 10)), series(minutes(20, 25))).closed).toEqual(minutes(20, 25));
  });

  test('never join another source', () => {
    const real = { ...series(minutes(8, 14)), source: 'binance' };
    expect(joinNewest(series(minutes(0, 10)), real).closed).toEqual(minutes(8, 14));
  });
});

describe('older candles', () => {
  test('stand before the others, each once', () => {
    expect(prepend(series(minutes(5, 8)), minutes(0, 6)).closed).toEqual(minutes(0, 8));
  });

  test('that are none mean that the series is whole', () => {
    expect(prepend(series(minutes(5, 8)), [])).toMatchObject({ isWhole: true, revision: 1 });
  });
});

test('a candle is found by its time, with the one before it', () => {
  const known = series(minutes(0, 5), [at(5)]);
  expect(findAt(known, 3 * step)).toEqual([at(3), at(2)]);
  expect(findAt(known, 5 * step)).toEqual([at(5), at(4)]);
  expect(findAt(known, 0)).toEqual([at(0), undefined]);
  expect(findAt(known, 7 * step)).toBeNull();
});

describe('what a chart draws anew', () => {
  test('is the forming candle, and what closed with its final values', () => {
    expect(changedEnd(series(minutes(0, 3), [at(3)]), series(minutes(0, 3), [at(3, 101)]))).toEqual([
      { candle: at(3, 101), isOlder: false },
    ]);
    expect(
      changedEnd(series(minutes(0, 3), [at(3), at(4)]), series([...minutes(0, 3), at(3, 99)], [at(4)])),
    ).toEqual([
      { candle: at(3, 99), isOlder: true },
      { candle: at(4), isOlder: false },
    ]);
  });

  test('is everything where a candle comes between those that are drawn', () => {
    // Read a moment after a close: the next candle forms already, and the one between is not stored yet.
    const read = series(minutes(0, 3), [at(4)]);
    const closed = hear(read, at(3), true);
    if (closed.verdict !== 'continued') throw new Error('it continues');
    expect(changedEnd(read, closed.series)).toBeNull();
  });
});
