import type { PlanShape } from './drawing';
import type { Label } from './labels';
import type { Axis } from './scene';

export interface PlacedPlan {
  readonly left: number;
  readonly right: number;
  readonly entry: number;
  readonly stop: number;
  readonly targets: readonly number[];
  readonly labels: readonly Label[];
}

/** A plan has at least this many candles of room, so that one of a moment ago can be read. */
const leastCandles = 4;

export function placePlan(plan: PlanShape, axis: Axis): PlacedPlan {
  const left = axis.x(plan.from - 1) + axis.spacing / 2;
  const end = plan.until === null ? axis.width : axis.x(plan.until - 1) + axis.spacing / 2;
  const right = Math.min(axis.width, Math.max(end, left + leastCandles * axis.spacing));
  const risk = Math.abs(plan.entry - plan.stop);
  const label = (text: string, price: number, tone: Label['tone']): Label => ({
    text,
    x: Math.max(left, 0) + 2,
    y: axis.y(price),
    align: 'left',
    tone,
    isStrong: false,
    mayMove: 1,
    of: null,
  });
  return {
    left,
    right,
    entry: axis.y(plan.entry),
    stop: axis.y(plan.stop),
    targets: plan.targets.map(axis.y),
    labels:
      left >= axis.width || right <= 0
        ? []
        : [
            label(plan.words.entry, plan.entry, 'text'),
            label(plan.words.stop, plan.stop, 'fall'),
            ...plan.targets.map((price) => label(multipleOf(price, plan.entry, risk), price, 'rise')),
          ],
  };
}

/** How many times the risk a target pays: 1R, 2R, 1.7R. */
export function multipleOf(price: number, entry: number, risk: number): string {
  return `${Number((Math.abs(price - entry) / risk).toFixed(1))}R`;
}
