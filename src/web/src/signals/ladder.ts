import type { Signal } from './filter';

export interface Rung {
  readonly kind: 'entry' | 'stop' | 'target';
  /** Of targets, counted from one. */
  readonly index: number;
  readonly price: number;
  /** In multiples of the risk; the stop is -1. */
  readonly r: number;
  readonly isHit: boolean;
  /** 0 at the top of the picture, 1 at its foot. */
  readonly place: number;
}

/** How close two rungs may stand before their figures touch, as a share of the height. */
const least = 0.13;

/** Entry, stop and targets from the highest price to the lowest, spaced by price but never on top of one another. */
export function ladderOf(signal: Signal): Rung[] {
  const { entry, stopLoss, targets, direction, targetsHit, status, triggeredAt } = signal;
  const risk = Math.abs(entry - stopLoss) || 1;
  const sign = direction === 'bullish' ? 1 : -1;
  const rungs: Omit<Rung, 'place'>[] = [
    { kind: 'entry', index: 0, price: entry, r: 0, isHit: triggeredAt !== null },
    { kind: 'stop', index: 0, price: stopLoss, r: -1, isHit: status === 'stopped' },
    ...targets.map((price, i) => ({
      kind: 'target' as const,
      index: i + 1,
      price,
      r: ((price - entry) * sign) / risk,
      isHit: i < targetsHit,
    })),
  ];
  rungs.sort((one, other) => other.price - one.price);
  const [highest, lowest] = [rungs[0]?.price ?? 0, rungs.at(-1)?.price ?? 0];
  const span = highest - lowest || 1;
  const places: number[] = [];
  for (const rung of rungs) {
    const before = places.at(-1);
    const wanted = (highest - rung.price) / span;
    places.push(before === undefined ? wanted : Math.max(wanted, before + least));
  }
  const foot = Math.max(1, places.at(-1) ?? 1);
  return rungs.map((rung, i) => ({ ...rung, place: (places[i] ?? 0) / foot }));
}
