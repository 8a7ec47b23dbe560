import { useRef } from 'react';
import { useTexts } from '../../i18n/Texts';
import type { MarketRow } from '../../market/board';
import { timeframes } from '../../market/timeframes';
import { Skeleton } from '../../parts/Skeleton';
import type { MatrixRow } from './board';
import { type Column, type Listing, sortBy } from './listing';
import css from './Matrix.module.css';
import { MatrixRowView } from './MatrixRowView';
import { useGridKeys } from './useGridKeys';
import { useWindow } from './useWindow';

const rowHeight = 48;
const headHeight = 32;
/** Symbol, the timeframes, agreement. */
const columns = timeframes.length + 2;

interface MatrixGridProps {
  readonly rows: readonly MatrixRow[] | undefined;
  /** The timeframes that are looked at. */
  readonly looked: readonly string[];
  readonly markets: ReadonlyMap<string, MarketRow>;
  readonly listing: Listing;
  readonly onSort: (listing: Listing) => void;
}

/** Symbols by timeframes. Only rows in sight are drawn, so that five hundred are as quick as five. */
export function MatrixGrid({ rows, looked, markets, listing, onSort }: MatrixGridProps) {
  const { matrix: texts } = useTexts().pages;
  const box = useRef<HTMLDivElement>(null);
  const count = rows?.length ?? 0;
  const [first, last] = useWindow(box, count, rowHeight);
  // The last column has nothing to press, and the arrows end before it.
  const keys = useGridKeys(box, { rows: count, columns: columns - 1, rowHeight, headHeight });
  const shown = indices(first, last, keys.at.row, count);
  const grid = timeframes
    .map((timeframe) => (looked.length === 0 || looked.includes(timeframe) ? 'var(--cell)' : 'var(--off)'))
    .join(' ');
  const head = (column: Column, text: string, className?: string) => (
    <Head column={column} text={text} className={className} listing={listing} onSort={onSort} />
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows out of sight are not drawn, which a table cannot do.
    <div
      ref={box}
      role="grid"
      className={css['grid']}
      style={{ '--columns': `var(--first) ${grid} var(--last)` } as React.CSSProperties}
      aria-label={texts.title}
      aria-rowcount={count + 1}
      aria-colcount={columns}
      aria-busy={rows === undefined}
      onKeyDown={keys.press}
      onFocus={(event) => {
        const [row, column] = (event.target.dataset['place'] ?? '').split(':').map(Number);
        if (row !== undefined && column !== undefined) keys.choose({ row, column });
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons have the focus. */}
      <div role="row" className={css['head']} aria-rowindex={1}>
        {head('symbol', texts.symbol, css['corner'])}
        {timeframes.map((timeframe) =>
          looked.length === 0 || looked.includes(timeframe) ? (
            <Head
              key={timeframe}
              column={timeframe}
              text={timeframe}
              className={css['middle']}
              listing={listing}
              onSort={onSort}
            />
          ) : (
            // biome-ignore lint/a11y/useSemanticElements: see the grid.
            // biome-ignore lint/a11y/useFocusableInteractive: there is nothing to sort by.
            <div
              key={timeframe}
              role="columnheader"
              className={`${css['middle']} ${css['offHead']}`}
              title={texts.off(timeframe)}
            >
              {timeframe}
            </div>
          ),
        )}
        {head('agreement', texts.agreement)}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid. */}
      <div
        role="rowgroup"
        className={css['body']}
        style={{ height: (rows === undefined ? skeletons.length : count) * rowHeight }}
      >
        {rows === undefined
          ? skeletons.map((index) => <Waiting key={index} top={index * rowHeight} />)
          : shown.map((index) => {
              const row = rows[index];
              return row === undefined ? null : (
                <MatrixRowView
                  key={row.symbol}
                  row={row}
                  market={markets.get(row.symbol)}
                  listing={listing}
                  index={index}
                  top={index * rowHeight}
                  tabColumn={index === keys.at.row ? keys.at.column : null}
                />
              );
            })}
      </div>
    </div>
  );
}

/** Those in sight, and the one that has the focus, wherever it is. */
function indices(first: number, last: number, kept: number, count: number): number[] {
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  if (kept < count && (kept < first || kept > last)) shown.push(kept);
  return shown;
}

const skeletons = [0, 1, 2, 3, 4];

function Waiting({ top }: { readonly top: number }) {
  return (
    <div className={css['row']} style={{ top }} aria-hidden="true">
      <div className={css['symbol']}>
        <Skeleton width={72} />
      </div>
    </div>
  );
}

interface HeadProps {
  readonly column: Column;
  readonly text: string;
  readonly className?: string | undefined;
  readonly listing: Listing;
  readonly onSort: (listing: Listing) => void;
}

function Head({ column, text, className = '', listing, onSort }: HeadProps) {
  const order = listing.column !== column ? undefined : listing.isDescending ? 'descending' : 'ascending';
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid.
    // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus.
    <div role="columnheader" className={className} aria-sort={order}>
      <button type="button" className={css['sort']} onClick={() => onSort(sortBy(listing, column))}>
        {text}
        <span className={css['order']} aria-hidden="true">
          {order === undefined ? '' : order === 'descending' ? '↓' : '↑'}
        </span>
      </button>
    </div>
  );
}
