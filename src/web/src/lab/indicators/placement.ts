/** Whether values live where the prices do, so that they belong over the candles: most are within half the price of their candle's close. */
export function standsOnPrices(
  values: readonly (number | null | undefined)[],
  closes: readonly number[],
): boolean {
  let [near, all] = [0, 0];
  values.forEach((value, i) => {
    const close = closes[i];
    if (value === null || value === undefined || close === undefined) return;
    all++;
    if (Math.abs(value - close) < close / 2) near++;
  });
  return all > 0 && near / all > 0.9;
}
