import type { MarketRow } from '../board';
import type { Favourites } from '../favourites';

export const columns = ['symbol', 'price', 'change1h', 'change24h', 'change7d', 'volume', 'age'] as const;

export type Column = (typeof columns)[number];

/** What the address says about the list. */
export interface Listing {
  readonly query: string;
  readonly column: Column;
  readonly isDescending: boolean;
}

const byDefault: Listing = { query: '', column: 'volume', isDescending: true };

export function parseListing(params: URLSearchParams): Listing {
  const [, minus = '', name = ''] = /^(-?)(\w*)$/.exec(params.get('sort') ?? '') ?? [];
  const column = columns.find((known) => known === name);
  return {
    query: params.get('q') ?? '',
    column: column ?? byDefault.column,
    isDescending: column === undefined ? byDefault.isDescending : minus === '-',
  };
}

/** Only what differs from the default needs to be in the address. */
export function writeListing({ query, column, isDescending }: Listing): URLSearchParams {
  const params = new URLSearchParams();
  if (query !== '') params.set('q', query);
  if (column !== byDefault.column || isDescending !== byDefault.isDescending)
    params.set('sort', `${isDescending ? '-' : ''}${column}`);
  return params;
}

/** A column's first click sorts as it is most often wanted: names from A, numbers from the largest, ages from the newest. */
export function sortBy(listing: Listing, column: Column): Listing {
  const isDescending =
    column === listing.column ? !listing.isDescending : column !== 'symbol' && column !== 'age';
  return { ...listing, column, isDescending };
}

/** Filtered, sorted, favourites on top where wanted; what has no value stands last in either direction. */
export function arrange(
  markets: readonly MarketRow[],
  { query, column, isDescending }: Listing,
  favourites: Favourites,
): MarketRow[] {
  const wanted = fold(query);
  const isFavourite = new Set(favourites.areFirst ? favourites.symbols : []);
  return markets
    .filter(({ symbol }) => fold(symbol).includes(wanted))
    .sort(
      (one, other) =>
        Number(isFavourite.has(other.symbol)) - Number(isFavourite.has(one.symbol)) ||
        compare(figureOf(one, column), figureOf(other, column), isDescending) ||
        one.symbol.localeCompare(other.symbol, 'en'),
    );
}

/** “btcusdt”, “btc/usdt” and “BTC usdt” are the same. */
const fold = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');

function compare(one: string | number | null, other: string | number | null, isDescending: boolean): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const order =
    typeof one === 'string' ? one.localeCompare(String(other), 'en') : Math.sign(one - Number(other));
  return isDescending ? -order : order;
}

function figureOf(row: MarketRow, column: Column): string | number | null {
  switch (column) {
    case 'symbol':
      return row.symbol;
    case 'volume':
      return row.quoteVolume24h;
    case 'age':
      return row.at === null ? null : -Date.parse(row.at);
    default:
      return row[column];
  }
}
