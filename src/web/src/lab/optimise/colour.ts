/**
 * From orange over grey to blue: told apart by people who see no red and green, too. Nought is grey, wherever it
 * lies between the least and the greatest value.
 */
export function shadeOf(value: number, low: number, high: number): number {
  if (value === 0 || low === high) return value === 0 ? 0 : Math.sign(value);
  const most = Math.max(Math.abs(low), Math.abs(high));
  return most === 0 ? 0 : Math.max(-1, Math.min(1, value / most));
}

/** Nine steps, so that a legend can name them. */
export const stepOfShade = (shade: number): number => Math.round(shade * 4);

/** Values shared over the range of the legend, from the least to the greatest. */
export function legendOf(low: number, high: number): readonly { step: number; value: number }[] {
  const most = Math.max(Math.abs(low), Math.abs(high));
  return [-4, -3, -2, -1, 0, 1, 2, 3, 4]
    .map((step) => ({ step, value: (step / 4) * most }))
    .filter(({ value }) => value >= low - most / 8 && value <= high + most / 8);
}
