import { lazy, Suspense } from 'react';
import { useTexts } from '../../i18n/Texts';
import side from '../../market/chart/SideChart.module.css';
import type { AlertChartProps } from './AlertChartView';

const AlertChartView = lazy(async () => ({ default: (await import('./AlertChartView')).AlertChartView }));

/** The market with an alert on it; its code comes when it is first shown. */
export function AlertChart(props: AlertChartProps) {
  const { side: words } = useTexts().eye;
  return (
    <div className={side['side']}>
      <Suspense
        fallback={
          <p className={side['wait']} role="status">
            {words.loading}
          </p>
        }
      >
        <AlertChartView {...props} />
      </Suspense>
    </div>
  );
}
