import type { Schemas } from '../../../api/client';

export type Trade = Schemas['TradeView'];

type Level = readonly [price: number, quantity: number];

/** A market as its channel tells it. */
export interface LiveBook {
  readonly symbol: string;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  readonly at: string;
  readonly trades: readonly Trade[];
}

export interface BookRow {
  readonly price: number;
  readonly quantity: number;
  /** Of this level and all better ones. */
  readonly total: number;
}

/** The best levels of a side with their running totals. */
export function addUp(levels: readonly Level[], depth: number): BookRow[] {
  let total = 0;
  return levels.slice(0, depth).map(([price, quantity]) => {
    total += quantity;
    return { price, quantity, total };
  });
}

/** Newest first, each trade once. */
export function joinTrades(known: readonly Trade[], heard: readonly Trade[], most: number): Trade[] {
  const byId = new Map([...known, ...heard].map((trade) => [trade.id, trade]));
  return [...byId.values()].sort((one, other) => other.id - one.id).slice(0, most);
}

/** Decimals that all quantities of a list can share: four digits for the middle one. */
export function quantityDecimals(quantities: readonly number[]): number {
  const sorted = quantities.filter((quantity) => quantity > 0).sort((one, other) => one - other);
  const middle = sorted[sorted.length >> 1] ?? 1;
  return Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(middle))));
}

/** The step between prices that a book is written in: its tick size as far as its levels show it. */
export function bookDecimals(prices: readonly number[]): number {
  return Math.min(8, Math.max(0, ...prices.map((price) => (String(price).split('.')[1] ?? '').length)));
}
