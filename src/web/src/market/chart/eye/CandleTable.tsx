import { formatUtc } from '../../../format/time';
import { useFormat } from '../../../format/useFormat';
import { useTexts } from '../../../i18n/Texts';
import type { Candle } from '../candles/series';
import { useAxisTexts } from '../useAxisTexts';
import css from './Eye.module.css';

interface CandleTableProps {
  readonly candles: readonly Candle[];
  /** Open time of the candle the pattern hangs on. */
  readonly anchor: number;
}

/** The candles a pattern rests on, to be checked by whoever wants to. */
export function CandleTable({ candles, anchor }: CandleTableProps) {
  const { why: texts } = useTexts().eye;
  const { chart } = useTexts();
  const format = useFormat();
  const { moment } = useAxisTexts();
  return (
    <details className={css['used']}>
      <summary>{texts.candles(format.count(candles.length))}</summary>
      <section
        className={css['scroll']}
        aria-label={texts.candles(format.count(candles.length))}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        <table className={css['candles']}>
          <thead>
            <tr>
              <th scope="col">{texts.time}</th>
              <th scope="col">{chart.open}</th>
              <th scope="col">{chart.high}</th>
              <th scope="col">{chart.low}</th>
              <th scope="col">{chart.close}</th>
            </tr>
          </thead>
          <tbody>
            {candles.map((candle) => (
              <tr key={candle.time} aria-current={candle.time === anchor ? 'true' : undefined}>
                <th scope="row" title={formatUtc(new Date(candle.time))}>
                  {moment(new Date(candle.time))}
                </th>
                <td>{format.price(candle.open)}</td>
                <td>{format.price(candle.high)}</td>
                <td>{format.price(candle.low)}</td>
                <td>{format.price(candle.close)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
