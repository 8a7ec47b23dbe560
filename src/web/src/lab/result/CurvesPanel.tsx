import { useMemo } from 'react';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import { CurveChart, useCurveFigures } from '../curves/CurveChart';
import { choiceOf, type Run } from '../kinds';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { curvesOf } from './curvesOf';
import { useEquity } from './useEquity';

/** Money over time: first on data that nothing was fitted to, beside it the whole period, by name. */
export function CurvesPanel({ run }: { readonly run: Run }) {
  const { result: words } = useLabTexts();
  const hasWalk = run.walkForward !== null;
  const outside = useEquity(run.backtestId, 'outOfSample', hasWalk);
  const inside = useEquity(run.backtestId, 'run', true);
  const { money, share } = useCurveFigures();
  const isReady = inside.data !== undefined && (!hasWalk || outside.data !== undefined);
  const curves = useMemo(
    () => (isReady ? curvesOf(outside.data?.points, inside.data?.points, words.curves) : []),
    [isReady, outside.data, inside.data, words.curves],
  );
  const failed = inside.error ? inside : outside;
  return (
    <Loaded
      title={words.equity}
      of={{ data: isReady ? curves : undefined, error: failed.error, refetch: failed.refetch }}
    >
      {(shown) => (
        <Panel title={words.equity} note={hasWalk ? words.equityHint : words.noWalkForward}>
          <CurveChart
            label={words.equity}
            curves={shown}
            value={(pane, value) => (pane === 0 ? money(value) : share(value))}
            height={380}
          />
          <p className={css['wait']}>{hasWalk ? words.walkHints[choiceOf(run)] : words.inSampleHint}</p>
        </Panel>
      )}
    </Loaded>
  );
}
