import type { ChartFocus } from '../SideChart';
import type { LevelShape, OverlayShapes, ZoneShape } from './drawing';
import { Labels, type PlacedLabel } from './labels';
import { markLabels, type Pin, pinsOf } from './pins';
import { type PlacedPlan, placePlan } from './plan';

/** Where times and prices lie on the screen at this moment. */
export interface Axis {
  readonly width: number;
  readonly height: number;
  /** Between two candles, in pixels. */
  readonly spacing: number;
  /** The middle of the candle that a time falls into. */
  readonly x: (time: number) => number;
  readonly y: (price: number) => number;
  /** The low and high of the candle that a time falls into. */
  readonly reach: (time: number) => { readonly low: number; readonly high: number } | null;
}

export interface Box {
  readonly zone: ZoneShape;
  readonly left: number;
  /** From here on it was known; what lies before is only shown where it came from. */
  readonly known: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly body: { readonly top: number; readonly bottom: number } | null;
  /** 1 for what lives, less the longer ago it ended. */
  readonly weight: number;
}

export interface Line {
  readonly level: LevelShape;
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

/** An overlay as it lies on the screen. */
export interface Scene {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly pins: readonly Pin[];
  readonly plan: PlacedPlan | null;
  readonly labels: readonly PlacedLabel[];
}

export type Measure = (text: string) => number;

export function compose(shapes: OverlayShapes, axis: Axis, measure: Measure): Scene {
  const boxes = shapes.zones
    .map((zone) => boxOf(zone, axis))
    .filter((box) => isInSight(box, axis))
    .sort((one, other) => one.weight - other.weight);
  const lines = shapes.levels.map((level) => lineOf(level, axis)).filter((line) => isInSight(line, axis));
  const pins = pinsOf(shapes.marks, axis);
  const plan = shapes.plan === null ? null : placePlan(shapes.plan, axis);
  const labels = new Labels(axis, measure);
  // The first to come has its place: what is chosen, then what lives, then the newest.
  if (plan) for (const label of plan.labels) labels.put(label);
  markLabels(
    pins.filter(({ mark }) => mark.isChosen || (mark.isAlive && mark.isSignal)),
    labels,
  );
  zoneLabels(
    boxes.filter(({ zone }) => zone.isChosen),
    labels,
    axis,
  );
  zoneLabels(boxes.filter(({ zone }) => zone.until === null && !zone.isChosen).reverse(), labels, axis);
  lineLabels(lines, labels);
  markLabels(
    pins.filter(({ mark }) => !mark.isChosen && !(mark.isAlive && mark.isSignal)),
    labels,
  );
  return { boxes, lines, pins, plan, labels: labels.placed };
}

/** After so many candles what ended is as pale as it gets. */
const fadesWithin = 240;
const palest = 0.35;

function boxOf(zone: ZoneShape, axis: Axis): Box {
  const half = axis.spacing / 2;
  const known = axis.x(zone.known - 1) + half;
  const end = zone.until === null ? axis.width : axis.x(zone.until - 1) + half;
  const left = axis.x(zone.from) - half;
  const age = Math.max(0, (axis.width - end) / axis.spacing);
  const ended = Math.max(palest, 1 - age / fadesWithin) * 0.4;
  return {
    zone,
    left,
    known: Math.max(left, known),
    right: Math.max(end, known, left + 1),
    ...span(zone, axis),
    body: zone.body && span(zone.body, axis),
    weight: zone.isChosen ? 2 : zone.until === null ? 1 : ended,
  };
}

/** Never thinner than a line. */
function span({ top, bottom }: { readonly top: number; readonly bottom: number }, axis: Axis) {
  const [high, low] = [axis.y(top), axis.y(bottom)];
  return { top: high, bottom: Math.max(low, high + 1) };
}

function lineOf(level: LevelShape, axis: Axis): Line {
  const right = level.to === null ? axis.width : axis.x(level.to);
  return { level, left: axis.x(level.from), right, y: axis.y(level.level) };
}

const isInSight = (place: { readonly left: number; readonly right: number }, { width }: Axis): boolean =>
  place.right > 0 && place.left < width;

/** At the right, where the newest candles are; pushed up or down by others. */
function zoneLabels(boxes: readonly Box[], labels: Labels, axis: Axis): void {
  for (const { zone, left, right, top, bottom } of boxes) {
    if (bottom < 0 || top > axis.height) continue;
    labels.put({
      text: zone.text,
      x: Math.min(right, axis.width) - 4,
      y: (Math.max(0, top) + Math.min(axis.height, bottom)) / 2,
      align: 'right',
      tone: zone.isUp ? 'rise' : 'fall',
      isStrong: zone.isChosen,
      mayMove: zone.isChosen || right - left > 40 ? 3 : 1,
      of: zone.of,
    });
  }
}

/** The newest first, since they matter more where there is no room for all. */
function lineLabels(lines: readonly Line[], labels: Labels): void {
  for (const { level, left, right, y } of [...lines].reverse()) {
    if (level.text === '') continue;
    labels.put({
      text: level.text,
      x: (Math.max(0, left) + right) / 2,
      y: y + (level.side === 'above' ? -8 : 9),
      align: 'middle',
      tone: level.isUp === null ? 'muted' : level.isUp ? 'rise' : 'fall',
      isStrong: false,
      mayMove: 0,
      of: level.of,
    });
  }
}

/** What lies under a point: a label or mark before a zone, and the smaller zone before the larger. */
export function findAt(scene: Scene, x: number, y: number): ChartFocus | null {
  const within = (one: { left: number; right: number; top: number; bottom: number }, slack: number) =>
    x >= one.left - slack && x <= one.right + slack && y >= one.top - slack && y <= one.bottom + slack;
  const label = scene.labels.find((one) => one.of !== null && within(one, 1));
  if (label?.of) return label.of;
  const pin = scene.pins.find((one) =>
    within({ left: one.x - 6, right: one.x + 6, top: one.y - 6, bottom: one.y + 6 }, 2),
  );
  if (pin) return pin.mark.of;
  const area = ({ left, right, top, bottom }: Box) => (right - left) * (bottom - top);
  const [box] = scene.boxes
    .filter((one) => within(one, 2))
    .sort((one, other) => rank(other) - rank(one) || area(one) - area(other));
  return box?.zone.of ?? null;
}

const rank = ({ zone }: Box): number => (zone.until === null ? 1 : 0);
