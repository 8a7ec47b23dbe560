import { LockKeyhole } from 'lucide-react';
import { Link } from 'wouter';
import { formatAge, formatUtc } from '../../format/time';
import { useTexts } from '../../i18n/Texts';
import { useServerNow } from '../../live/live';
import { chartAt } from '../../patterns/chartAt';
import type { MatrixCell } from './board';
import css from './Matrix.module.css';

interface MatrixCellViewProps {
  readonly symbol: string;
  readonly cell: MatrixCell;
  /** A filter looks for something else. */
  readonly isFaint: boolean;
  readonly place: string;
  readonly isInTabOrder: boolean;
}

/** What the latest active pattern of a symbol and timeframe says, with the way to its chart. */
export function MatrixCellView({ symbol, cell, isFaint, place, isInTabOrder }: MatrixCellViewProps) {
  const { eye, pages } = useTexts();
  const { matrix: texts } = pages;
  const { timeframe, kind, direction, knownAt, patternId } = cell;
  const shared = { 'data-place': place, tabIndex: isInTabOrder ? 0 : -1 };
  if (cell.isLocked)
    return (
      <Link {...shared} className={css['locked']} href="/profile/subscription?why=symbols">
        <LockKeyhole size={12} aria-hidden="true" />
        <span className="visually-hidden">{texts.lockedCell(symbol, timeframe)}</span>
      </Link>
    );
  if (kind === null || knownAt === null)
    return (
      <Link {...shared} className={css['empty']} href={chartAt(symbol, timeframe)}>
        <span aria-hidden="true">·</span>
        <span className="visually-hidden">{texts.emptyCell(symbol, timeframe)}</span>
      </Link>
    );
  const strength = Math.round(cell.strength ?? 0);
  const facts = [
    `${eye.directions[direction]} · ${eye.kinds[kind]}`,
    texts.strength(String(strength)),
    cell.isTouched ? texts.touched : texts.untouched,
    texts.active(cell.active ?? 1),
  ];
  return (
    <Link
      {...shared}
      key={patternId}
      className={css['cell']}
      href={chartAt(symbol, timeframe, { pattern: patternId })}
      data-way={direction}
      data-faint={isFaint || undefined}
      style={{ '--strength': `${strength}%` } as React.CSSProperties}
      title={`${facts.join('\n')}\n${formatUtc(new Date(knownAt))}`}
    >
      <span className="visually-hidden">
        {symbol} {timeframe}: {facts.join(', ')}
      </span>
      <span className={css['what']} aria-hidden="true">
        <span className={css['arrow']}>{arrows[direction][cell.isTouched ? 'touched' : 'fresh']}</span>
        <span className={css['kind']}>{eye.kindsShort[kind]}</span>
        {(cell.active ?? 1) > 1 && <span className={css['more']}>+{(cell.active ?? 1) - 1}</span>}
      </span>
      <span className={css['measure']} aria-hidden="true">
        <span className={css['bar']} />
        <Age at={knownAt} />
      </span>
    </Link>
  );
}

const arrows = {
  bullish: { fresh: '▲', touched: '△' },
  bearish: { fresh: '▼', touched: '▽' },
  neutral: { fresh: '–', touched: '–' },
} as const;

function Age({ at }: { readonly at: string }) {
  return <span className={css['age']}>{formatAge(Math.max(0, useServerNow() - Date.parse(at)))}</span>;
}
