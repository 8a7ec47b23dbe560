/** The lengths of candles that are stored; the number keys choose them in this order. */
export const timeframes = ['1m', '5m', '15m', '30m', '1h', '2h', '4h', '1d'] as const;

export type Timeframe = (typeof timeframes)[number];

const minutes: { readonly [timeframe in Timeframe]: number } = {
  '1m': 1,
  '5m': 5,
  '15m': 15,
  '30m': 30,
  '1h': 60,
  '2h': 120,
  '4h': 240,
  '1d': 1_440,
};

/** From one open time to the next, in milliseconds. */
export const stepOf = (timeframe: Timeframe): number => minutes[timeframe] * 60_000;

export const isTimeframe = (text: string | null): text is Timeframe =>
  (timeframes as readonly (string | null)[]).includes(text);
