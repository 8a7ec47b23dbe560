import { useEffect, useRef } from 'react';
import { CandleChart } from '../../market/chart/CandleChart';
import { ChartSummary } from '../../market/chart/ChartSummary';
import type { CandleSeries } from '../../market/chart/candles/series';
import type { ChartView, DealMark } from '../../market/chart/drawing/ChartView';
import type { DrawnIndicator } from '../../market/chart/indicators/lines';
import { noShapes } from '../../market/chart/overlay/drawing';

export interface PriceStageProps {
  readonly name: string;
  readonly label: string;
  readonly series: CandleSeries;
  /** From one candle to the next, in milliseconds. */
  readonly step: number;
  readonly drawn?: readonly DrawnIndicator[];
  readonly deals?: readonly DealMark[];
  /** A moment to bring into sight. */
  readonly focus?: number | null;
}

const nothing: readonly [] = [];
const ignore = () => undefined;

export function PriceStage(props: PriceStageProps) {
  const { name, label, series, step, drawn = nothing, deals = nothing, focus = null } = props;
  const view = useRef<ChartView>(null);
  useEffect(() => view.current?.showDeals(deals), [deals]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another series the moment has to be found anew.
  useEffect(() => {
    if (focus !== null) view.current?.reveal(focus);
  }, [focus, series]);
  return (
    <>
      <CandleChart
        view={view}
        name={name}
        label={label}
        series={series}
        step={step}
        drawn={drawn}
        shapes={noShapes}
        isLogarithmic={false}
        onPoint={ignore}
        onMove={ignore}
        onPanes={ignore}
        onChoose={ignore}
      />
      <ChartSummary series={series} />
    </>
  );
}
