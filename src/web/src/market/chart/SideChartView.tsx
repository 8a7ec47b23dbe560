import { useCallback, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useTexts } from '../../i18n/Texts';
import { Failure } from '../../parts/Failure';
import { chartPath } from '../symbols';
import { stepOf } from '../timeframes';
import { CandleChart } from './CandleChart';
import { ChartSummary } from './ChartSummary';
import type { CandleSeries } from './candles/series';
import { useCandles } from './candles/useCandles';
import type { ChartView } from './drawing/ChartView';
import { showAll } from './overlay/filter';
import { OverlayFeed } from './overlay/OverlayFeed';
import { useOverlay } from './overlay/useOverlay';
import { useShapes } from './overlay/useShapes';
import type { ChartFocus, SideChartProps } from './SideChart';
import css from './SideChart.module.css';
import { useReveal } from './useReveal';

/** The small chart: candles with what the eye sees on them, and where what is meant lies. */
export function SideChartView({ symbol, timeframe, focus }: SideChartProps) {
  const { side: texts } = useTexts().eye;
  const candles = useCandles(symbol, timeframe);
  const series = candles.data;
  return (
    <>
      <header className={css['head']}>
        <h3>{texts.title(symbol, timeframe)}</h3>
        <Link href={fullChart({ symbol, timeframe, focus })}>{texts.open}</Link>
      </header>
      {series !== undefined && series.closed.length > 0 ? (
        <Stage symbol={symbol} timeframe={timeframe} focus={focus} candles={candles} series={series} />
      ) : candles.error && series === undefined ? (
        <Failure error={candles.error} retry={() => void candles.refetch()} />
      ) : (
        <p className={css['wait']} role="status">
          {series === undefined ? texts.loading : texts.empty}
        </p>
      )}
    </>
  );
}

interface StageProps extends SideChartProps {
  readonly candles: ReturnType<typeof useCandles>;
  readonly series: CandleSeries;
}

const nothing: readonly [] = [];
const ignore = () => undefined;
const reach = 150;
const coarse = 250;

function Stage({ symbol, timeframe, focus, candles, series }: StageProps) {
  const { side: texts } = useTexts().eye;
  const view = useRef<ChartView>(null);
  const [, navigate] = useLocation();
  const [first, setFirst] = useState(Number.POSITIVE_INFINITY);
  const overlay = useOverlay(symbol, timeframe, series, first, null).data;
  const shapes = useShapes(overlay, showAll, focus ?? null);
  useReveal(view, shapes, focus ?? null);
  const { loadOlder } = candles;
  const onMove = useCallback(
    (start: number) => {
      setFirst(Math.max(0, Math.floor(start / coarse) * coarse));
      if (start < reach) void loadOlder();
    },
    [loadOlder],
  );
  const onChoose = (chosen: ChartFocus | null) => {
    if (chosen) navigate(fullChart({ symbol, timeframe, focus: chosen }));
  };
  return (
    <div className={css['stage']}>
      <CandleChart
        view={view}
        name={`${symbol} ${timeframe}`}
        label={texts.label(symbol, timeframe)}
        series={series}
        step={stepOf(timeframe)}
        drawn={nothing}
        shapes={shapes}
        isLogarithmic={false}
        onPoint={ignore}
        onMove={onMove}
        onPanes={ignore}
        onChoose={onChoose}
      />
      <ChartSummary series={series} />
      {overlay && (
        <OverlayFeed symbol={symbol} timeframe={timeframe} lastClosed={series.closed.at(-1)?.time} />
      )}
    </div>
  );
}

function fullChart({ symbol, timeframe, focus }: SideChartProps): string {
  const params = new URLSearchParams({ tf: timeframe });
  if (focus) for (const [kind, id] of Object.entries(focus)) params.set(kind, String(id));
  return `${chartPath(symbol)}?${params}`;
}
