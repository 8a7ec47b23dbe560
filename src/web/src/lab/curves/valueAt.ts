type Points = readonly (readonly [time: number, value: number])[];

/** What a curve says at a moment, the last one where none is pointed at; null before it begins. */
export function valueAt(points: Points, time: number | null): number | null {
  if (time === null) return points.at(-1)?.[1] ?? null;
  let [low, high] = [0, points.length - 1];
  let found: number | null = null;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const point = points[middle];
    if (point === undefined) return found;
    if (point[0] <= time) {
      found = point[1];
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}

/** How far below its highest value so far a curve stands, as a share at or below nought. */
export function drawdownOf(points: Points): (readonly [time: number, value: number])[] {
  let peak = Number.NEGATIVE_INFINITY;
  return points.map(([time, value]) => {
    peak = Math.max(peak, value);
    return [time, peak > 0 ? value / peak - 1 : 0] as const;
  });
}
