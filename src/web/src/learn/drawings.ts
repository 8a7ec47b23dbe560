import type { LearnTexts } from '../i18n/learn/english';
import type { PatternKind } from '../patterns/kinds';

/** Open, high, low, close. */
export type Bar = readonly [open: number, high: number, low: number, close: number];
export type Mark = keyof LearnTexts['marks'];

export interface Drawing {
  readonly bars: readonly Bar[];
  /** The zone, from the candle where it begins. */
  readonly zone: {
    readonly from: number;
    readonly bottom: number;
    readonly top: number;
    readonly mark: Mark;
    /** Where its name has room. */
    readonly name: 'before' | 'below' | 'above';
  };
  readonly marks: readonly { readonly at: number; readonly mark: Mark; readonly isAbove: boolean }[];
  readonly level?: {
    readonly from: number;
    readonly to: number;
    readonly price: number;
    readonly mark: Mark;
    /** Where its name stands; with an end, it ends at that candle. */
    readonly isBelow: boolean;
    readonly end?: number;
  };
  /** From the candle at which the plan begins. */
  readonly plan: {
    readonly from: number;
    readonly entry: number;
    readonly stop: number;
    readonly target: number;
  };
}

/** Bullish examples. Each keeps the rule it illustrates, which a test makes sure of. */
export const drawings: { readonly [kind in PatternKind]: Drawing } = {
  fairValueGap: {
    bars: [
      [30, 34, 27, 32],
      [32, 36, 30, 31],
      [31, 38, 29, 36],
      [36, 58, 35, 56],
      [56, 64, 50, 62],
      [62, 68, 58, 66],
      [66, 67, 54, 56],
      [56, 57, 46, 53],
      [53, 66, 51, 64],
      [64, 76, 62, 74],
      [74, 81, 70, 79],
    ],
    zone: { from: 3, bottom: 38, top: 50, mark: 'gap', name: 'before' },
    marks: [
      { at: 2, mark: 'first', isAbove: false },
      { at: 3, mark: 'second', isAbove: true },
      { at: 4, mark: 'third', isAbove: true },
      { at: 7, mark: 'retest', isAbove: false },
    ],
    plan: { from: 7, entry: 50, stop: 35.5, target: 79 },
  },
  orderBlock: {
    bars: [
      [44, 47, 42, 45],
      [45, 46, 40, 42],
      [42, 46, 41, 44],
      [44, 45, 38, 40],
      [40, 43, 39, 42],
      [42, 44, 35, 37],
      [37, 62, 36, 60],
      [60, 66, 57, 64],
      [64, 65, 54, 55],
      [55, 56, 41, 46],
      [46, 60, 44, 58],
      [58, 70, 56, 68],
    ],
    zone: { from: 5, bottom: 35, top: 44, mark: 'block', name: 'below' },
    level: { from: 0, to: 6, price: 47, mark: 'broken', isBelow: false },
    marks: [
      { at: 6, mark: 'impulse', isAbove: true },
      { at: 9, mark: 'retest', isAbove: false },
    ],
    plan: { from: 9, entry: 42, stop: 34, target: 58 },
  },
  liquiditySweep: {
    bars: [
      [66, 70, 62, 63],
      [63, 64, 54, 55],
      [55, 56, 46, 47],
      [47, 49, 40, 46],
      [46, 54, 45, 52],
      [52, 58, 50, 56],
      [56, 57, 51, 52],
      [52, 53, 46, 47],
      [47, 49, 33, 46],
      [46, 56, 45, 54],
      [54, 63, 52, 61],
      [61, 71, 60, 69],
    ],
    zone: { from: 8, bottom: 33, top: 40, mark: 'sweep', name: 'before' },
    level: { from: 3, to: 8, price: 40, mark: 'level', isBelow: true },
    marks: [{ at: 8, mark: 'back', isAbove: true }],
    plan: { from: 8, entry: 46, stop: 32, target: 70 },
  },
  breakerBlock: {
    bars: [
      [50, 54, 48, 52],
      [52, 55, 49, 50],
      [50, 53, 46, 51],
      [51, 58, 50, 56],
      [56, 57, 38, 40],
      [40, 44, 36, 42],
      [42, 52, 41, 50],
      [50, 66, 49, 64],
      [64, 68, 61, 62],
      [62, 63, 55, 58],
      [58, 67, 57, 66],
      [66, 72, 64, 70],
    ],
    zone: { from: 3, bottom: 50, top: 58, mark: 'block', name: 'above' },
    level: { from: 2, to: 5, price: 46, mark: 'taken', isBelow: true, end: 3 },
    marks: [
      { at: 7, mark: 'failed', isAbove: true },
      { at: 9, mark: 'retest', isAbove: false },
    ],
    plan: { from: 9, entry: 56, stop: 49, target: 70 },
  },
  mitigationBlock: {
    bars: [
      [44, 46, 32, 40],
      [40, 48, 39, 46],
      [46, 52, 45, 51],
      [51, 58, 50, 56],
      [56, 57, 40, 42],
      [42, 46, 37, 45],
      [45, 53, 44, 51],
      [51, 66, 50, 64],
      [64, 68, 61, 62],
      [62, 63, 55, 58],
      [58, 67, 57, 66],
      [66, 72, 64, 70],
    ],
    zone: { from: 3, bottom: 50, top: 58, mark: 'block', name: 'above' },
    level: { from: 0, to: 5, price: 32, mark: 'kept', isBelow: true },
    marks: [
      { at: 7, mark: 'failed', isAbove: true },
      { at: 9, mark: 'retest', isAbove: false },
    ],
    plan: { from: 9, entry: 56, stop: 49, target: 70 },
  },
};

/** The same upside down: the bearish example. */
export function turned({ bars, zone, marks, level, plan }: Drawing): Drawing {
  const flip = (price: number) => 100 - price;
  return {
    bars: bars.map(([open, high, low, close]) => [flip(open), flip(low), flip(high), flip(close)]),
    zone: { ...zone, bottom: flip(zone.top), top: flip(zone.bottom), name: opposite[zone.name] },
    marks: marks.map((mark) => ({ ...mark, isAbove: !mark.isAbove })),
    ...(level === undefined
      ? {}
      : { level: { ...level, price: flip(level.price), isBelow: !level.isBelow } }),
    plan: { ...plan, entry: flip(plan.entry), stop: flip(plan.stop), target: flip(plan.target) },
  };
}

const opposite = { before: 'before', below: 'above', above: 'below' } as const;
