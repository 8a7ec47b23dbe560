import { lazy, Suspense } from 'react';
import { useFormat } from '../../format/useFormat';
import { useLabTexts } from '../useLabTexts';
import css from './Curve.module.css';
import type { CurveStageProps } from './CurveStage';

const CurveStage = lazy(async () => ({ default: (await import('./CurveStage')).CurveStage }));

/** Curves over one another, with what each of them is and says under the pointer. Its code comes when it is first shown. */
export function CurveChart(props: CurveStageProps) {
  const { curves: words } = useLabTexts();
  return (
    <div className={css['curves']} style={{ minHeight: props.height ?? 360 }}>
      <Suspense
        fallback={
          <p className={css['wait']} role="status">
            {words.loading}
          </p>
        }
      >
        <CurveStage {...props} />
      </Suspense>
    </div>
  );
}

/** How money and shares are written on curves. */
export function useCurveFigures() {
  const format = useFormat();
  return {
    money: (value: number) => format.fixed(value, Math.abs(value) >= 1_000 ? 0 : 2),
    share: (value: number) => format.share(value),
  };
}
