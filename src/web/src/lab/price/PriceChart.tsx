import { lazy, Suspense } from 'react';
import { useLabTexts } from '../useLabTexts';
import css from './Price.module.css';
import type { PriceStageProps } from './PriceStage';

const PriceStage = lazy(async () => ({ default: (await import('./PriceStage')).PriceStage }));

/** Candles that stand still, with what was bought, sold or computed on them. It fills the box it is in. */
export function PriceChart(props: PriceStageProps) {
  const { curves: words } = useLabTexts();
  return (
    <div className={css['price']}>
      <Suspense
        fallback={
          <p className={css['wait']} role="status">
            {words.loading}
          </p>
        }
      >
        <PriceStage {...props} />
      </Suspense>
    </div>
  );
}
