import { describe, expect, test } from 'vitest';
import type { Candle } from '../candles/series';
import { CandlePlaces } from './CandlePlaces';
import type { LevelShape, MarkShape, OverlayShapes, PlanShape, ZoneShape } from './drawing';
import { noShapes } from './drawing';
import { type Axis, compose, findAt } from './scene';

const minute = 60_000;
const candles: Candle[] = Array.from({ length: 100 }, (_, i) => ({
  time: i * minute,
  open: 100,
  high: 105,
  low: 95,
  close: 100,
  volume: 1,
}));
const places = new CandlePlaces(candles, minute);

/** 100 candles of 10 pixels, and 100 pixels of room at the right; a unit of price is two pixels. */
const axis: Axis = {
  width: 1_100,
  height: 400,
  spacing: 10,
  x: (time) => 5 + places.indexOf(time) * 10,
  y: (price) => (200 - price) * 2,
  reach: (time) => places.at(time),
};

const draw = (shapes: Partial<OverlayShapes>) =>
  compose({ ...noShapes, ...shapes }, axis, (text) => text.length * 6);

const zone = (change: Partial<ZoneShape> = {}): ZoneShape => ({
  of: { pattern: 1 },
  kind: 'fairValueGap',
  from: 20 * minute,
  known: 22 * minute,
  until: null,
  top: 120,
  bottom: 110,
  body: null,
  isUp: true,
  isChosen: false,
  text: '▲ FVG 80',
  ...change,
});

const level = (change: Partial<LevelShape> = {}): LevelShape => ({
  from: 10 * minute,
  to: 30 * minute,
  level: 150,
  stroke: 'solid',
  isUp: true,
  text: 'BOS ▲',
  side: 'above',
  of: null,
  ...change,
});

const mark = (change: Partial<MarkShape> = {}): MarkShape => ({
  of: { signal: 7 },
  isSignal: true,
  known: 51 * minute,
  isUp: true,
  isAlive: true,
  isChosen: false,
  text: 'Buy',
  ...change,
});

describe('a zone', () => {
  test('reaches from its candle to the edge of the chart while it lives', () => {
    const [box] = draw({ zones: [zone()] }).boxes;
    // Candle 20 is from 200 to 210; the one that made it known closed when candle 22 opened.
    expect(box).toMatchObject({ left: 200, known: 220, right: 1_100, top: 160, bottom: 180, weight: 1 });
  });

  test('ends with the candle that ended it, and is pale after that', () => {
    const [box] = draw({ zones: [zone({ until: 41 * minute })] }).boxes;
    expect(box?.right).toBe(410);
    expect(box?.weight).toBeLessThan(0.5);
  });

  test('is the paler the longer ago it ended', () => {
    const { boxes } = draw({
      zones: [
        zone({ of: { pattern: 1 }, until: 30 * minute }),
        zone({ of: { pattern: 2 }, until: 90 * minute }),
      ],
    });
    // The palest is painted first.
    expect(boxes.map((box) => box.zone.of)).toEqual([{ pattern: 1 }, { pattern: 2 }]);
    expect(boxes[0]?.weight).toBeLessThan(boxes[1]?.weight ?? 0);
  });

  test('of no height is a line that can still be seen and hit', () => {
    const scene = draw({ zones: [zone({ top: 120, bottom: 120 })] });
    expect((scene.boxes[0]?.bottom ?? 0) - (scene.boxes[0]?.top ?? 0)).toBe(1);
    expect(findAt(scene, 600, 161)).toEqual({ pattern: 1 });
  });

  test('out of sight is not drawn', () => {
    const old = zone({ from: -900 * minute, known: -898 * minute, until: -800 * minute });
    expect(draw({ zones: [old] }).boxes).toEqual([]);
  });
});

describe('labels', () => {
  test('never lie on one another', () => {
    const { labels } = draw({
      zones: Array.from({ length: 12 }, (_, i) =>
        zone({ of: { pattern: i }, top: 120 + i, bottom: 110 + i }),
      ),
      levels: Array.from({ length: 12 }, (_, i) => level({ level: 150 + i, to: (30 + i) * minute })),
      marks: Array.from({ length: 12 }, (_, i) => mark({ of: { signal: i }, known: (51 + i) * minute })),
    });
    expect(labels.length).toBeGreaterThan(8);
    for (const one of labels)
      for (const other of labels)
        if (one !== other)
          expect(
            one.left >= other.right ||
              one.right <= other.left ||
              one.top >= other.bottom ||
              one.bottom <= other.top,
          ).toBe(true);
  });

  test('stay on the canvas, and the chosen one always has its place', () => {
    const { labels } = draw({
      zones: [
        ...Array.from({ length: 30 }, (_, i) => zone({ of: { pattern: i } })),
        zone({ of: { pattern: 99 }, isChosen: true, until: 60 * minute }),
      ],
    });
    expect(labels.some(({ of }) => of !== null && 'pattern' in of && of.pattern === 99)).toBe(true);
    for (const { left, right, top, bottom } of labels) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(axis.width);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(axis.height);
    }
  });

  test('of ended zones are left out until one is chosen', () => {
    expect(draw({ zones: [zone({ until: 60 * minute })] }).labels).toEqual([]);
  });
});

describe('marks', () => {
  test('stand at the candle that closed when they became known', () => {
    const up = draw({ marks: [mark()] }).pins[0];
    const down = draw({ marks: [mark({ isUp: false })] }).pins[0];
    expect(up?.x).toBe(505);
    expect(up?.y).toBeGreaterThan(axis.y(95));
    expect(down?.y).toBeLessThan(axis.y(105));
  });

  test('of one candle stand behind one another', () => {
    const { pins } = draw({ marks: [mark({ of: { signal: 1 } }), mark({ of: { signal: 2 } })] });
    expect(pins[1]?.y).toBeGreaterThan((pins[0]?.y ?? 0) + 8);
  });
});

describe('a plan', () => {
  const plan: PlanShape = {
    from: 51 * minute,
    until: null,
    entry: 110,
    stop: 100,
    targets: [120, 130, 140],
    words: { entry: 'Entry', stop: 'Stop' },
  };

  test('begins where it was known and names its prices', () => {
    const scene = draw({ plan });
    expect(scene.plan).toMatchObject({ left: 510, right: 1_100, entry: 180, stop: 200 });
    expect(scene.labels.map(({ text }) => text)).toEqual(['Entry', 'Stop', '1R', '2R', '3R']);
  });

  test('of a moment ago still has room to be read', () => {
    const scene = draw({ plan: { ...plan, until: 51 * minute + 1 } });
    expect((scene.plan?.right ?? 0) - (scene.plan?.left ?? 0)).toBe(40);
  });
});

describe('a click', () => {
  const large = zone({ of: { pattern: 1 }, top: 160, bottom: 100 });
  const small = zone({ of: { pattern: 2 }, top: 130, bottom: 125 });

  test('finds the smaller of two zones', () => {
    expect(findAt(draw({ zones: [small, large] }), 600, 145)).toEqual({ pattern: 2 });
  });

  test('finds a mark before the zone behind it', () => {
    const scene = draw({ zones: [zone({ top: 100, bottom: 80 })], marks: [mark()] });
    const pin = scene.pins[0];
    expect(findAt(scene, pin?.x ?? 0, pin?.y ?? 0)).toEqual({ signal: 7 });
  });

  test('beside everything finds nothing', () => {
    expect(findAt(draw({ zones: [small] }), 50, 390)).toBeNull();
  });
});
