import { LockKeyhole } from 'lucide-react';
import { memo } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../../i18n/Texts';
import type { MarketRow } from '../../market/board';
import { Change } from '../../market/Change';
import { LivePrice } from '../../market/LivePrice';
import { chartPath, splitSymbol } from '../../market/symbols';
import { type Timeframe, timeframes } from '../../market/timeframes';
import { arrowOf } from '../../patterns/kinds';
import type { MatrixRow } from './board';
import { isWanted, type Listing } from './listing';
import css from './Matrix.module.css';
import { MatrixCellView } from './MatrixCellView';

interface MatrixRowViewProps {
  readonly row: MatrixRow;
  readonly market: MarketRow | undefined;
  readonly listing: Listing;
  readonly index: number;
  readonly top: number;
  /** The cell that Tab comes to; null in all rows but one. */
  readonly tabColumn: number | null;
}

/** Drawn anew only when something in it changed. */
export const MatrixRowView = memo(function MatrixRowView(props: MatrixRowViewProps) {
  const { row, market, listing, index, top, tabColumn } = props;
  const { matrix: texts } = useTexts().pages;
  const [base, quote] = splitSymbol(row.symbol);
  const place = (column: number) => ({
    place: `${index}:${column}`,
    isInTabOrder: column === tabColumn,
  });
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the cells have the focus.
    // biome-ignore lint/a11y/useSemanticElements: rows out of sight are not drawn, which a table cannot do.
    <div
      role="row"
      className={css['row']}
      data-symbol={row.symbol}
      data-locked={row.isLocked || undefined}
      aria-rowindex={index + 2}
      style={{ top }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see the row. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its link has the focus. */}
      <div role="rowheader" className={css['symbol']}>
        <Link
          href={chartPath(row.symbol)}
          data-place={`${index}:0`}
          tabIndex={tabColumn === 0 ? 0 : -1}
          className={css['name']}
        >
          {row.isLocked && <LockKeyhole size={11} aria-hidden="true" />}
          {base}
          <span className={css['quote']}>/{quote}</span>
        </Link>
        <span className={css['price']}>
          <LivePrice price={market?.price ?? null} />
          <Change ratio={market?.change24h ?? null} />
        </span>
      </div>
      {timeframes.map((timeframe, i) => {
        const cell = row.cells.find((one) => one.timeframe === timeframe);
        return (
          // biome-ignore lint/a11y/useSemanticElements: see the row.
          // biome-ignore lint/a11y/useFocusableInteractive: its link has the focus.
          <div key={timeframe} role="gridcell" className={css['slot']}>
            {cell === undefined ? (
              <Off timeframe={timeframe} {...place(i + 1)} />
            ) : (
              <MatrixCellView
                symbol={row.symbol}
                cell={cell}
                isFaint={!isWanted(cell, listing)}
                {...place(i + 1)}
              />
            )}
          </div>
        );
      })}
      {/* biome-ignore lint/a11y/useSemanticElements: see the row. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: there is nothing in it to press. */}
      <div role="gridcell" className={css['agreement']}>
        {row.isLocked ? (
          <span className={css['weak']}>{texts.locked}</span>
        ) : (
          <Agreement of={row.confluence} timeframes={row.cells.length} />
        )}
      </div>
    </div>
  );
});

interface OffProps {
  readonly timeframe: Timeframe;
  readonly place: string;
  readonly isInTabOrder: boolean;
}

/** A timeframe that is not looked at here. */
function Off({ timeframe, place, isInTabOrder }: OffProps) {
  const { matrix: texts } = useTexts().pages;
  return (
    <span
      className={css['off']}
      data-place={place}
      tabIndex={isInTabOrder ? 0 : -1}
      title={texts.off(timeframe)}
    >
      <span className="visually-hidden">{texts.off(timeframe)}</span>
    </span>
  );
}

interface AgreementProps {
  readonly of: MatrixRow['confluence'];
  readonly timeframes: number;
}

/** How many timeframes point the same way, and the name of that class. */
function Agreement({ of, timeframes: all }: AgreementProps) {
  const { eye, pages } = useTexts();
  if (of === null || of.score === 0) return <span className={css['weak']}>{pages.matrix.tie}</span>;
  const words = pages.matrix.agreeing(of.timeframes.join(', '));
  return (
    <span className={css['agree']} data-way={of.direction} data-class={of.class} title={words}>
      <span className={css['arrow']}>{arrowOf[of.direction]}</span>
      <span className="visually-hidden">{eye.directions[of.direction]}</span>
      <span className={css['score']}>
        {of.score}/{all}
      </span>
      <span className={css['class']}>{eye.classes[of.class]}</span>
    </span>
  );
}
