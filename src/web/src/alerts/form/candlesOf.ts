interface Timed {
  readonly time: number;
}

/** The candles that moments fall into, each once and oldest first; moments before the first candle have none yet. */
export function candlesOf(
  moments: readonly { readonly at: string }[],
  candles: readonly Timed[],
  step: number,
): readonly number[] {
  const known = new Set(candles.map((candle) => candle.time));
  const found = new Set<number>();
  for (const { at } of moments) {
    // A candle is judged when it closes: the moment it closed belongs to it and not to the next.
    const time = Math.floor((Date.parse(at) - 1) / step) * step;
    if (known.has(time)) found.add(time);
  }
  return [...found].sort((one, other) => one - other);
}
