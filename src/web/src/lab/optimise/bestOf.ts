import type { Better } from './trialMeasures';

type Place = readonly [row: number, column: number];

/** Row and column of the best value, the first of equals; none where there is no value, or none better than another. */
export function bestOf(cells: readonly (readonly (number | null)[])[], better: Better): Place | undefined {
  if (better === 'neither') return undefined;
  const sign = better === 'more' ? 1 : -1;
  let best: Place | undefined;
  let most = Number.NEGATIVE_INFINITY;
  cells.forEach((row, i) => {
    row.forEach((value, j) => {
      if (value === null || value * sign <= most) return;
      most = value * sign;
      best = [i, j];
    });
  });
  return best;
}
