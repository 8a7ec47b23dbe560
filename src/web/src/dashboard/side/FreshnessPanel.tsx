import { Link } from 'wouter';
import { formatAge } from '../../format/time';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { useServerNow } from '../../live/live';
import { chartPath } from '../../market/symbols';
import { useMarkets } from '../../market/useMarkets';
import { Panel } from '../../parts/Panel';
import { Skeleton } from '../../parts/Skeleton';
import { useMatrix } from '../matrix/useMatrix';
import { byNeed, isLate, type Lag, lagsOf, limits } from './lags';
import css from './Side.module.css';

const most = 8;

/** How old price, candles and patterns of each symbol are; what is late stands first. */
export function FreshnessPanel() {
  const { pages } = useTexts();
  const { freshness: texts } = pages;
  const format = useFormat();
  const now = useServerNow();
  const markets = useMarkets().data?.markets;
  const rows = useMatrix().data?.rows ?? [];
  if (markets === undefined)
    return (
      <Panel title={texts.title}>
        <div className={css['waiting']}>
          <Skeleton width={200} />
        </div>
      </Panel>
    );
  const lags = byNeed(lagsOf(markets, rows, now));
  const fresh = lags.filter((lag) => !isLate(lag)).length;
  return (
    <Panel title={texts.title} note={texts.fresh(format.count(fresh), format.count(lags.length))}>
      <table className={css['table']}>
        <thead>
          <tr>
            <th scope="col">{texts.symbol}</th>
            <th scope="col">{texts.price}</th>
            <th scope="col">{texts.candle}</th>
            <th scope="col">{texts.patterns}</th>
          </tr>
        </thead>
        <tbody>
          {lags.slice(0, most).map((lag) => (
            <tr key={lag.symbol}>
              <th scope="row">
                <Link href={chartPath(lag.symbol)}>{lag.symbol}</Link>
              </th>
              <Age of={lag} part="price" />
              <Age of={lag} part="candle" />
              <Age of={lag} part="patterns" />
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

interface AgeProps {
  readonly of: Lag;
  readonly part: keyof typeof limits;
}

function Age({ of, part }: AgeProps) {
  const { freshness: texts } = useTexts().pages;
  const age = of[part];
  const isHidden = part === 'patterns' && of.isLocked;
  const isOver = age !== null && age > limits[part];
  return (
    <td className={`${css['figure']} ${css['lag']}`} data-late={isOver || undefined}>
      {isHidden ? texts.locked : age === null ? '–' : formatAge(age)}
      {isOver && <span className="visually-hidden"> {texts.late}</span>}
    </td>
  );
}
