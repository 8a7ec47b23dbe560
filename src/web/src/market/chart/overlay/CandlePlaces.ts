import type { Candle } from '../candles/series';

/** Which number on the time axis a time has; where no candle is known the axis goes on at its step. */
export class CandlePlaces {
  readonly #candles: readonly Candle[];
  readonly #step: number;

  constructor(candles: readonly Candle[], step: number) {
    this.#candles = candles;
    this.#step = step;
  }

  /** The number of the candle that a time falls into. */
  indexOf(time: number): number {
    const [first, last] = [this.#candles[0], this.#candles.at(-1)];
    if (first === undefined || last === undefined) return 0;
    if (time < first.time) return Math.floor((time - first.time) / this.#step);
    const beyond = Math.floor((time - last.time) / this.#step);
    if (beyond >= 0) return this.#candles.length - 1 + beyond;
    return this.#search(time);
  }

  at(time: number): Candle | null {
    return this.#candles[this.indexOf(time)] ?? null;
  }

  #search(time: number): number {
    let [low, high] = [0, this.#candles.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#candles[middle]?.time ?? 0) <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
