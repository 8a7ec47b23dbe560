import { lazy, Suspense } from 'react';
import { useTexts } from '../../i18n/Texts';
import type { Timeframe } from '../timeframes';
import css from './SideChart.module.css';

/** A pattern or a signal that is meant: it stands out, and the chart shows where it is. */
export type ChartFocus = { readonly pattern: number } | { readonly signal: number };

export interface SideChartProps {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly focus?: ChartFocus | undefined;
}

const SideChartView = lazy(async () => ({ default: (await import('./SideChartView')).SideChartView }));

/** A small chart to stand beside a list. It fills the box it is in, and its code comes when it is first shown. */
export function SideChart(props: SideChartProps) {
  const { side } = useTexts().eye;
  return (
    <div className={css['side']}>
      <Suspense
        fallback={
          <p className={css['wait']} role="status">
            {side.loading}
          </p>
        }
      >
        <SideChartView {...props} />
      </Suspense>
    </div>
  );
}
