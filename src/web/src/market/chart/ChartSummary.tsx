import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import type { CandleSeries } from './candles/series';

/** The chart in words, of closed candles alone: it is not read out with every tick. */
export function ChartSummary({ series }: { readonly series: CandleSeries }) {
  const { chart: texts } = useTexts();
  const format = useFormat();
  const [first, last] = [series.closed[0], series.closed.at(-1)];
  if (first === undefined || last === undefined) return null;
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const candle of series.closed) {
    low = Math.min(low, candle.low);
    high = Math.max(high, candle.high);
  }
  const at = (time: number) => format.instant(new Date(time));
  return (
    <p id="chart-summary" className="visually-hidden">
      {texts.summary(
        format.count(series.closed.length),
        at(first.time),
        at(last.time),
        format.price(low),
        format.price(high),
      )}{' '}
      {texts.summaryLast(at(last.time), format.price(last.close), format.change(last.close / first.open - 1))}
    </p>
  );
}
