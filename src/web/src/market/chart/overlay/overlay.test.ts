import { describe, expect, test } from 'vitest';
import { itemsOf, stepFrom } from '../eye/items';
import { shapesOf } from './drawing';
import { lets, parseFilter, showAll, togglePart, writeFilter } from './filter';
import { knownAt, withPattern } from './hindsight';
import type { Overlay, Pattern, Signal } from './parts';
import { stretchOf } from './stretch';

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
const time = (hour: number) => Date.parse(at(hour));

const pattern = (change: Partial<Pattern> = {}): Pattern => ({
  id: 1,
  symbol: 'BTC/USDT',
  source: 'simulator',
  provenance: 'synthetic',
  timeframe: '1h',
  kind: 'fairValueGap',
  code: 'FVG',
  direction: 'bullish',
  zone: { bottom: 100, top: 110 },
  body: null,
  sweptLevel: null,
  levelsSwept: 0,
  origin: null,
  rule: 'fair-value-gap/gap',
  parameters: 'minimum=0.15%',
  formedAt: at(1),
  firstAt: at(0),
  confirmedAt: at(2),
  knownAt: at(3),
  recordedAt: at(3),
  expiresAt: at(23),
  strength: 71.5,
  status: 'filled',
  touchedAt: at(5),
  filledAt: at(7),
  fillPercent: 100,
  endedAt: at(7),
  endReason: 'Price traded through the whole zone.',
  plan: { entry: 110, stop: 95, targets: [125], riskPercent: 13.6, entersAtOnce: false },
  record: null,
  ...change,
});

const signal = (change: Partial<Signal> = {}): Signal => ({
  id: 9,
  symbol: 'BTC/USDT',
  source: 'simulator',
  provenance: 'synthetic',
  origin: 'smc',
  strategy: null,
  direction: 'bullish',
  action: 'BUY',
  timeframe: '1h',
  class: 'strong',
  reliability: 'High',
  score: 3,
  independentConfirmations: 2.1,
  basis: [],
  entry: 110,
  stopLoss: 100,
  targets: [120, 130, 140],
  takeProfit: 120,
  riskPercent: 9,
  entersAtOnce: false,
  knownAt: at(4),
  issuedAt: at(4),
  validUntil: at(20),
  isRetrospective: false,
  status: 'stopped',
  triggeredAt: at(6),
  targetsHit: 1,
  endedAt: at(8),
  outcomeR: -0.3,
  isAmbiguous: true,
  rule: 'confluence of 3 timeframes',
  hash: null,
  record: null,
  classRecord: null,
  ...change,
});

const overlay = (change: Partial<Overlay> = {}): Overlay => ({
  symbol: 'BTC/USDT',
  timeframe: '1h',
  source: 'simulator',
  provenance: 'synthetic',
  from: at(0),
  to: at(10),
  asOf: at(10),
  zones: [pattern()],
  covered: [],
  swings: [],
  structure: [],
  equalLevels: [{ side: 'highs', level: 120, from: at(0), to: at(2), knownAt: at(5), sweptAt: at(9) }],
  range: null,
  signals: [signal()],
  locks: [],
  ...change,
});

const words = {
  zone: ({ code }: Pattern) => code,
  sweep: 'Sweep',
  signal: ({ action }: Signal) => action,
  plan: { entry: 'Entry', stop: 'Stop' },
};

describe('in hindsight', () => {
  test('nothing is left of what was not known yet', () => {
    const then = knownAt(overlay(), time(2));
    expect([then.zones, then.signals, then.equalLevels]).toEqual([[], [], []]);
  });

  test('the very moment it became known counts', () => {
    expect(knownAt(overlay(), time(3)).zones).toHaveLength(1);
    expect(knownAt(overlay(), time(3) - 1).zones).toHaveLength(0);
  });

  test('a pattern that ended later was still alive', () => {
    const [then] = knownAt(overlay(), time(6)).zones;
    expect(then).toMatchObject({ status: 'active', endedAt: null, endReason: null, filledAt: null });
    expect(then?.touchedAt).toBe(at(5));
  });

  test('a signal keeps nothing of its outcome', () => {
    const [then] = knownAt(overlay(), time(7)).signals;
    expect(then).toMatchObject({
      status: 'triggered',
      targetsHit: 0,
      endedAt: null,
      outcomeR: null,
      isAmbiguous: false,
    });
    expect(knownAt(overlay(), time(5)).signals[0]?.status).toBe('open');
  });

  test('a level that was swept later was not swept', () => {
    expect(knownAt(overlay(), time(6)).equalLevels[0]?.sweptAt).toBeNull();
    expect(knownAt(overlay(), time(9)).equalLevels[0]?.sweptAt).toBe(at(9));
  });

  test('now is everything', () => {
    const now = overlay();
    expect(knownAt(now, null)).toBe(now);
  });
});

describe('the stream', () => {
  test('adds what is new and puts what changed where it was', () => {
    const added = withPattern(overlay(), pattern({ id: 2 }), false);
    expect(added.zones.map(({ id }) => id)).toEqual([1, 2]);
    const changed = withPattern(added, pattern({ id: 1, fillPercent: 5 }), false);
    expect(changed.zones.map(({ id, fillPercent }) => [id, fillPercent])).toEqual([
      [1, 5],
      [2, 100],
    ]);
  });
});

describe('a covered pattern', () => {
  const covered = withPattern(overlay(), pattern({ id: 2 }), true);

  test('is left out of chart and list', () => {
    expect(shapesOf(covered, showAll, null, words).zones).toHaveLength(1);
    expect(itemsOf(covered, showAll)).toHaveLength(2);
  });

  test('is drawn where it is chosen, and when it is covered no more', () => {
    expect(shapesOf(covered, showAll, { pattern: 2 }, words).zones).toHaveLength(2);
    const free = withPattern(covered, pattern({ id: 2 }), false);
    expect(shapesOf(free, showAll, null, words).zones).toHaveLength(2);
  });
});

describe('the filter', () => {
  test('the address says what was chosen, and nothing of what is standard', () => {
    const filter = { hidden: ['OB', 'SIGNAL'], state: 'active', direction: 'bearish' } as const;
    const params = new URLSearchParams();
    writeFilter(filter, params);
    expect(params.toString()).toBe('hide=OB%2CSIGNAL&state=active&dir=bearish');
    expect(parseFilter(params)).toEqual(filter);
    const standard = new URLSearchParams();
    writeFilter(showAll, standard);
    expect(standard.size).toBe(0);
    expect(parseFilter(standard)).toBeNull();
  });

  test('nonsense in the address hides nothing', () => {
    expect(parseFilter(new URLSearchParams('hide=MOON&dir=up&state=?'))).toEqual(showAll);
  });

  test('a part is hidden and shown again', () => {
    const hidden = togglePart(showAll, 'OB');
    expect(hidden.hidden).toEqual(['OB']);
    expect(togglePart(hidden, 'OB')).toEqual(showAll);
  });

  test('asks for part, state and direction', () => {
    const dead = { direction: 'bullish', isActive: false };
    expect(lets(showAll, 'FVG', dead)).toBe(true);
    expect(lets({ ...showAll, state: 'active' }, 'FVG', dead)).toBe(false);
    expect(lets({ ...showAll, direction: 'bearish' }, 'FVG', dead)).toBe(false);
    expect(lets({ ...showAll, hidden: ['FVG'] }, 'FVG', dead)).toBe(false);
  });

  test('does not hide what is chosen', () => {
    const hidden = { ...showAll, hidden: ['FVG'] as const };
    expect(shapesOf(overlay(), hidden, null, words).zones).toEqual([]);
    const { zones, plan } = shapesOf(overlay(), hidden, { pattern: 1 }, words);
    expect(zones).toHaveLength(1);
    expect(plan).toMatchObject({ entry: 110, stop: 95 });
  });
});

describe('shapes', () => {
  test('a sweep is a line from the old level and a zone from its wick', () => {
    const sweep = pattern({ kind: 'liquiditySweep', code: 'SWEEP', sweptLevel: 108, direction: 'bearish' });
    const { zones, levels, marks } = shapesOf(
      overlay({ zones: [sweep], equalLevels: [], signals: [] }),
      showAll,
      null,
      words,
    );
    expect(zones[0]?.from).toBe(time(2));
    expect(levels).toMatchObject([{ from: time(1), to: time(2), level: 108 }]);
    expect(marks).toMatchObject([{ isUp: false, isSignal: false, text: 'Sweep' }]);
  });

  test('without a choice the plan is that of the newest signal that runs', () => {
    const running = signal({ id: 10, status: 'triggered', endedAt: null, outcomeR: null, entry: 111 });
    expect(shapesOf(overlay(), showAll, null, words).plan).toBeNull();
    expect(shapesOf(overlay({ signals: [signal(), running] }), showAll, null, words).plan?.entry).toBe(111);
  });

  test('breaks are told apart by stroke and arrow, not by colour alone', () => {
    const breaks = [
      { change: 'breakOfStructure', code: 'BOS', direction: 'bullish' },
      { change: 'changeOfCharacter', code: 'CHOCH', direction: 'bearish' },
    ] as const;
    const { levels } = shapesOf(
      overlay({
        equalLevels: [],
        structure: breaks.map((one) => ({ ...one, level: 1, from: at(0), at: at(1), knownAt: at(2) })),
      }),
      showAll,
      null,
      words,
    );
    expect(levels.map(({ text, stroke }) => [text, stroke])).toEqual([
      ['BOS ▲', 'solid'],
      ['CHoCH ▼', 'dashed'],
    ]);
  });
});

test('the keys go through everything, newest first, and around', () => {
  const items = itemsOf(overlay(), showAll);
  expect(items.map(({ of }) => of)).toEqual([{ signal: 9 }, { pattern: 1 }]);
  expect(stepFrom(items, null, 1)).toEqual({ signal: 9 });
  expect(stepFrom(items, { signal: 9 }, 1)).toEqual({ pattern: 1 });
  expect(stepFrom(items, { pattern: 1 }, 1)).toEqual({ signal: 9 });
  expect(stepFrom([], null, 1)).toBeNull();
});

test('a stretch of candles is asked for in steps, and never more than the server gives', () => {
  const closed = Array.from({ length: 9_000 }, (_, i) => ({
    time: i * 60_000,
    open: 1,
    high: 1,
    low: 1,
    close: 1,
    volume: 1,
  }));
  const series = { closed, open: [], revision: 0, isWhole: true, source: '', provenance: 'live' } as const;
  const near = stretchOf(series, Number.POSITIVE_INFINITY, 60_000, 0);
  expect(near).toEqual({ from: 8_250 * 60_000 });
  expect(stretchOf(series, 500, 60_000, 0)).toEqual({ from: 250 * 60_000, to: 4_750 * 60_000 });
  expect(stretchOf({ ...series, closed: [] }, 0, 60_000)).toBeUndefined();
});
