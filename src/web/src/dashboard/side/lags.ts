import type { MarketRow } from '../../market/board';
import type { MatrixRow } from '../matrix/board';

/** How old what is known of a symbol is, in milliseconds; null where nothing is known. */
export interface Lag {
  readonly symbol: string;
  readonly price: number | null;
  readonly candle: number | null;
  /** Null as well where the plan leaves the symbol locked. */
  readonly patterns: number | null;
  readonly isLocked: boolean;
}

/** Later than this is late: prices come every few seconds, candles every minute and patterns right after them. */
export const limits = { price: 15_000, candle: 150_000, patterns: 180_000 } as const;

export function lagsOf(markets: readonly MarketRow[], rows: readonly MatrixRow[], now: number): Lag[] {
  const bySymbol = new Map(rows.map((row) => [row.symbol, row]));
  const age = (at: string | null | undefined) => (at == null ? null : Math.max(0, now - Date.parse(at)));
  return markets.map(({ symbol, at, lastClosedAt }) => {
    const row = bySymbol.get(symbol);
    return {
      symbol,
      price: age(at),
      candle: age(lastClosedAt),
      patterns: age(row?.processedUntil),
      isLocked: row?.isLocked ?? false,
    };
  });
}

export const isLate = (lag: Lag): boolean =>
  parts.some((part) => {
    const age = lag[part];
    if (part === 'patterns' && age === null) return false;
    return age === null || age > limits[part];
  });

/** The latest ones first: they need to be looked at. */
export const byNeed = (lags: readonly Lag[]): Lag[] =>
  [...lags].sort(
    (one, other) =>
      Number(isLate(other)) - Number(isLate(one)) ||
      worst(other) - worst(one) ||
      one.symbol.localeCompare(other.symbol, 'en'),
  );

const parts = ['price', 'candle', 'patterns'] as const;

/** By how many times its limit the worst part is late; rounded down, so that what is on time keeps its place. */
const worst = (lag: Lag) =>
  Math.floor(
    Math.max(...parts.map((part) => (lag[part] ?? (part === 'patterns' ? 0 : 1e12)) / limits[part])),
  );
