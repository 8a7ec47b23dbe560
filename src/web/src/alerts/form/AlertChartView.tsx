import { useEffect, useMemo, useRef } from 'react';
import { useTexts } from '../../i18n/Texts';
import { CandleChart } from '../../market/chart/CandleChart';
import { ChartSummary } from '../../market/chart/ChartSummary';
import { useCandles } from '../../market/chart/candles/useCandles';
import type { ChartView } from '../../market/chart/drawing/ChartView';
import { noShapes } from '../../market/chart/overlay/drawing';
import side from '../../market/chart/SideChart.module.css';
import { stepOf, type Timeframe } from '../../market/timeframes';
import { candlesOf } from './candlesOf';
import type { Rehearsal } from './usePreview';

export interface AlertChartProps {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly level: number | null;
  readonly moments: Rehearsal['moments'];
}

const nothing: readonly [] = [];
const ignore = () => undefined;
const reach = 50;

/** Candles, the level an alert waits at, and a mark where it would have told. */
export function AlertChartView({ symbol, timeframe, level, moments }: AlertChartProps) {
  const { alerts, eye } = useTexts();
  const { preview: words } = alerts;
  const candles = useCandles(symbol, timeframe);
  const series = candles.data;
  const view = useRef<ChartView>(null);
  const step = stepOf(timeframe);
  const marked = useMemo(
    () => (series === undefined ? [] : candlesOf(moments, series.closed, step)),
    [moments, series, step],
  );
  useEffect(() => {
    view.current?.showAlert({ level, name: words.level, moments: marked });
  }, [level, marked, words.level]);
  if (series === undefined || series.closed.length === 0)
    return (
      <p className={side['wait']} role="status">
        {series === undefined ? eye.side.loading : eye.side.empty}
      </p>
    );
  return (
    <div className={side['stage']}>
      <CandleChart
        view={view}
        name={`${symbol} ${timeframe}`}
        label={words.chart(symbol)}
        series={series}
        step={step}
        drawn={nothing}
        shapes={noShapes}
        isLogarithmic={false}
        onPoint={ignore}
        onMove={(first) => {
          if (first < reach) void candles.loadOlder();
        }}
        onPanes={ignore}
        onChoose={ignore}
      />
      <ChartSummary series={series} />
    </div>
  );
}
