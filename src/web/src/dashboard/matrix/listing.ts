import { isTimeframe, type Timeframe } from '../../market/timeframes';
import { codeOf, patternKinds } from '../../patterns/kinds';
import type { MatrixCell, MatrixRow } from './board';

export type Column = 'symbol' | 'agreement' | 'latest' | Timeframe;

/** What the address says about the matrix. */
export interface Listing {
  readonly query: string;
  readonly column: Column;
  readonly isDescending: boolean;
  readonly direction: '' | 'bullish' | 'bearish';
  /** The short word of a kind. */
  readonly kind: string;
  readonly hidesLocked: boolean;
}

const byDefault: Listing = {
  query: '',
  column: 'agreement',
  isDescending: true,
  direction: '',
  kind: '',
  hidesLocked: false,
};

export const isFiltered = ({ query, direction, kind }: Listing): boolean =>
  query !== '' || direction !== '' || kind !== '';

export function parseListing(params: URLSearchParams): Listing {
  const [, minus = '', name = ''] = /^(-?)(\w*)$/.exec(params.get('sort') ?? '') ?? [];
  const column = isColumn(name) ? name : null;
  const direction = params.get('direction');
  const kind = params.get('kind')?.toUpperCase() ?? '';
  return {
    query: params.get('q') ?? '',
    column: column ?? byDefault.column,
    isDescending: column === null ? byDefault.isDescending : minus === '-',
    direction: direction === 'bullish' || direction === 'bearish' ? direction : '',
    kind: patternKinds.some((known) => codeOf[known] === kind) ? kind : '',
    hidesLocked: params.get('locked') === 'hide',
  };
}

/** Only what differs from the default needs to be in the address. */
export function writeListing(listing: Listing): URLSearchParams {
  const params = new URLSearchParams();
  const { query, column, isDescending, direction, kind, hidesLocked } = listing;
  if (query !== '') params.set('q', query);
  if (direction !== '') params.set('direction', direction);
  if (kind !== '') params.set('kind', kind);
  if (hidesLocked) params.set('locked', 'hide');
  if (column !== byDefault.column || isDescending !== byDefault.isDescending)
    params.set('sort', `${isDescending ? '-' : ''}${column}`);
  return params;
}

/** The first click sorts as it is most often wanted: names from A, everything else from the most. */
export function sortBy(listing: Listing, column: Column): Listing {
  const isDescending = column === listing.column ? !listing.isDescending : column !== 'symbol';
  return { ...listing, column, isDescending };
}

/** Whether a cell has what is looked for; without a filter every cell has. */
export function isWanted(cell: MatrixCell, { direction, kind }: Listing): boolean {
  if (cell.kind === null) return direction === '' && kind === '';
  return (direction === '' || cell.direction === direction) && (kind === '' || cell.code === kind);
}

/** Filtered and sorted. Locked symbols stand last, in either direction. */
export function arrange(rows: readonly MatrixRow[], listing: Listing): MatrixRow[] {
  const wanted = fold(listing.query);
  const hasCellFilter = listing.direction !== '' || listing.kind !== '';
  return rows
    .filter(
      (row) =>
        fold(row.symbol).includes(wanted) &&
        !(listing.hidesLocked && row.isLocked) &&
        (!hasCellFilter || row.cells.some((cell) => cell.kind !== null && isWanted(cell, listing))),
    )
    .map((row) => ({ row, figure: figureOf(row, listing.column) }))
    .sort(
      (one, other) =>
        Number(one.row.isLocked) - Number(other.row.isLocked) ||
        compare(one.figure, other.figure, listing.isDescending) ||
        one.row.symbol.localeCompare(other.row.symbol, 'en'),
    )
    .map(({ row }) => row);
}

const isColumn = (name: string): name is Column =>
  name === 'symbol' || name === 'agreement' || name === 'latest' || isTimeframe(name);

/** “btcusdt”, “btc/usdt” and “BTC usdt” are the same. */
const fold = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');

function compare(one: string | number | null, other: string | number | null, isDescending: boolean): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const order =
    typeof one === 'string' ? one.localeCompare(String(other), 'en') : Math.sign(one - Number(other));
  return isDescending ? -order : order;
}

const grades = { weak: 0, moderate: 1, strong: 2, veryStrong: 3 } as const;

function figureOf(row: MatrixRow, column: Column): string | number | null {
  if (column === 'symbol') return row.symbol;
  if (column === 'latest') return latestOf(row);
  if (column === 'agreement')
    return row.confluence === null ? null : grades[row.confluence.class] * 10 + row.confluence.score;
  return row.cells.find((cell) => cell.timeframe === column)?.strength ?? null;
}

/** When the newest pattern of a row became known; null where it has none. */
export function latestOf(row: MatrixRow): number | null {
  const times = row.cells.flatMap((cell) => (cell.knownAt === null ? [] : [Date.parse(cell.knownAt)]));
  return times.length === 0 ? null : Math.max(...times);
}
