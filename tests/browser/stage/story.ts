const start = Date.UTC(2026, 2, 2);

/** Minutes along a path of prices, as a CSV file. */
class PricePath {
  readonly #rows: string[] = ['time,open,high,low,close,volume'];
  #time = start;
  #price = 100;
  #step = 0;

  /** Stays about where it is, never two minutes quite alike. */
  idle(minutes: number): this {
    const around = this.#price;
    for (let i = 0; i < minutes; i++) this.#minute(around + 0.03 * Math.sin(++this.#step / 7));
    return this;
  }

  /** Goes straight to a price. */
  to(target: number, minutes: number): this {
    const from = this.#price;
    for (let i = 1; i <= minutes; i++) this.#minute(from + ((target - from) * i) / minutes);
    return this;
  }

  csv(): string {
    return `${this.#rows.join('\n')}\n`;
  }

  #minute(price: number): void {
    const close = Number(price.toFixed(4));
    const prices = [this.#price, Math.max(this.#price, close), Math.min(this.#price, close), close];
    this.#rows.push([new Date(this.#time).toISOString(), ...prices, 5].join(','));
    this.#price = close;
    this.#time += 60_000;
  }
}

/** Up to the close that makes a bullish gap on 4h known, above a bullish order block on 1h and a bullish gap on 15m. */
export const storyOfThreeTimeframes = (): string =>
  new PricePath()
    .idle(28 * 60)
    .to(101, 60)
    .idle(60)
    .to(100.7, 60)
    .to(103, 60)
    .to(100.95, 30)
    .to(101.5, 30)
    .to(102.5, 45)
    .idle(15)
    .idle(120)
    .csv();
