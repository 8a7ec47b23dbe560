import type { Schemas } from '../api/client';

export type MarketRow = Schemas['MarketRow'];
export type MarketOverview = Schemas['MarketOverview'];
export type SymbolLoading = Schemas['SymbolLoading'];

export interface LivePrice {
  readonly symbol: string;
  readonly price: number;
  readonly at: string;
  readonly bid: number | null;
  readonly ask: number | null;
}

/** The watch list as it stands after these prices: changes and the day's range move with the price. */
export function withPrices(board: MarketOverview, prices: readonly LivePrice[]): MarketOverview {
  const bySymbol = new Map(prices.map((price) => [price.symbol, price]));
  return {
    ...board,
    markets: board.markets.map((row) => {
      const heard = bySymbol.get(row.symbol);
      return heard === undefined || isSame(row, heard) ? row : withPrice(row, heard);
    }),
  };
}

const isSame = (row: MarketRow, heard: LivePrice) =>
  row.price === heard.price && row.at === heard.at && row.bid === heard.bid && row.ask === heard.ask;

function withPrice(row: MarketRow, { price, at, bid, ask }: LivePrice): MarketRow {
  const growth = row.price === null || row.price <= 0 ? null : price / row.price;
  const moved = (change: number | null) =>
    change === null || growth === null ? change : (1 + change) * growth - 1;
  return {
    ...row,
    price,
    at,
    bid,
    ask,
    change1h: moved(row.change1h),
    change24h: moved(row.change24h),
    change7d: moved(row.change7d),
    high24h: row.high24h === null ? null : Math.max(row.high24h, price),
    low24h: row.low24h === null ? null : Math.min(row.low24h, price),
  };
}

export function withLoading(board: MarketOverview, symbols: readonly SymbolLoading[]): MarketOverview {
  const bySymbol = new Map(symbols.map((loading) => [loading.symbol, loading]));
  return {
    ...board,
    markets: board.markets.map((row) => ({ ...row, loading: bySymbol.get(row.symbol) ?? row.loading })),
  };
}

/** Whether some symbol has come to another stage: there is more to show of it than its progress then. */
export function hasNewStage(board: MarketOverview, symbols: readonly SymbolLoading[]): boolean {
  const bySymbol = new Map(board.markets.map((row) => [row.symbol, row.loading?.stage]));
  return symbols.some(({ symbol, stage }) => bySymbol.get(symbol) !== stage);
}

export const isLoading = (loading: SymbolLoading | null): loading is SymbolLoading =>
  loading !== null && loading.stage !== 'upToDate';
