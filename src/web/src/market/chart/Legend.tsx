import { formatUtc } from '../../format/time';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Change } from '../Change';
import type { Timeframe } from '../timeframes';
import { type CandleSeries, findAt, lastOf } from './candles/series';
import css from './Legend.module.css';
import { useAxisTexts } from './useAxisTexts';

interface LegendProps {
  readonly series: CandleSeries;
  readonly timeframe: Timeframe;
  /** Open time of the candle under the crosshair; without one the newest candle is meant. */
  readonly pointed: number | null;
}

/** The values of one candle, with its change from the close before. */
export function Legend({ series, timeframe, pointed }: LegendProps) {
  const { chart: texts } = useTexts();
  const format = useFormat();
  const { moment } = useAxisTexts();
  const time = pointed ?? lastOf(series)?.time;
  const found = time === undefined ? null : findAt(series, time);
  if (found === null) return null;
  const [candle, before] = found;
  const way = candle.close >= candle.open ? 'up' : 'down';
  const isForming = candle.time > (series.closed.at(-1)?.time ?? 0);
  const at = new Date(candle.time);
  return (
    <div className={css['legend']} data-legend>
      <dl className={css['values']} data-way={way}>
        <Value name={texts.open} value={format.price(candle.open)} />
        <Value name={texts.high} value={format.price(candle.high)} />
        <Value name={texts.low} value={format.price(candle.low)} />
        <Value name={texts.close} value={format.price(candle.close)} />
        <div>
          <dt className="visually-hidden">%</dt>
          <dd>
            <Change ratio={before ? candle.close / before.close - 1 : null} />
          </dd>
        </div>
        <Value name={texts.volume} value={format.compact(candle.volume)} isPlain />
      </dl>
      <p className={css['when']}>
        {timeframe} · {moment(at)} · <span className={css['utc']}>{formatUtc(at).slice(11, 16)} UTC · </span>
        {isForming ? texts.forming : texts.closed}
      </p>
    </div>
  );
}

interface ValueProps {
  readonly name: string;
  readonly value: string;
  readonly isPlain?: boolean;
}

function Value({ name, value, isPlain = false }: ValueProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={isPlain ? css['plain'] : undefined}>{value}</dd>
    </div>
  );
}
