import { Link } from 'wouter';
import { useGate } from '../accounts/subscription/useGate';
import { useLiveMatrix } from '../dashboard/matrix/useMatrix';
import type { LearnTexts } from '../i18n/learn/english';
import { useTexts } from '../i18n/Texts';
import { Freshness } from '../market/Freshness';
import { Panel } from '../parts/Panel';
import { chartAt } from '../patterns/chartAt';
import { DirectionMark } from '../patterns/DirectionMark';
import { codeOf, type Direction, type PatternKind } from '../patterns/kinds';
import { parseFilter } from '../patterns/list/filter';
import { usePatterns } from '../patterns/list/usePatterns';
import { Locks } from '../patterns/sight/Locks';
import { Refused } from '../patterns/sight/Refused';
import { useSight } from '../patterns/sight/useSight';
import css from './Learn.module.css';

const most = 8;
const everything = parseFilter(new URLSearchParams());

interface Live {
  readonly id: number;
  readonly symbol: string;
  readonly timeframe: string;
  readonly direction: Direction;
  readonly knownAt: string;
}

interface LivePanelProps {
  readonly kind: PatternKind;
  readonly texts: LearnTexts;
}

/** The active ones of a kind, newest first, as far as the plan shows them. */
export function LivePanel({ kind, texts }: LivePanelProps) {
  const gate = useGate('patterns.history');
  const sight = useSight();
  const isListed = gate === 'open' && (sight?.hasAllKinds === true || kind === 'fairValueGap');
  const listed = usePatterns({ ...everything, kinds: [kind] }, isListed, most);
  const matrix = useLiveMatrix();
  const locks = sight?.locks ?? [];
  // Without the list of patterns, the matrix still tells the newest of each cell.
  const live: readonly Live[] | undefined =
    listed.items ??
    matrix.data?.rows
      .flatMap((row) => row.cells.map((cell) => ({ ...cell, symbol: row.symbol })))
      .flatMap(({ kind: of, patternId, knownAt, ...cell }) =>
        of === kind && patternId !== null && knownAt !== null ? [{ ...cell, id: patternId, knownAt }] : [],
      )
      .sort((one, other) => Date.parse(other.knownAt) - Date.parse(one.knownAt));
  return (
    <Panel
      title={texts.page.live}
      action={<Link href={`/patterns?kind=${codeOf[kind]}`}>{texts.page.all}</Link>}
    >
      {live === undefined ? (
        matrix.error !== null && <Refused error={matrix.error} retry={() => void matrix.refetch()} />
      ) : live.length === 0 ? (
        <p className={css['hint']}>{texts.page.none}</p>
      ) : (
        <ul className={css['live']}>
          {live.slice(0, most).map((pattern) => (
            <Item key={pattern.id} pattern={pattern} />
          ))}
        </ul>
      )}
      <Locks locks={locks} of={['symbols', 'patterns.kinds']} />
    </Panel>
  );
}

function Item({ pattern }: { readonly pattern: Live }) {
  const { eye } = useTexts();
  const { id, symbol, timeframe, direction, knownAt } = pattern;
  return (
    <li>
      <Link href={chartAt(symbol, timeframe, { pattern: id })}>
        <DirectionMark direction={direction} text={symbol} />
      </Link>
      <span>
        {timeframe} · {eye.directions[direction]} · <Freshness at={knownAt} isPast />
      </span>
    </li>
  );
}
