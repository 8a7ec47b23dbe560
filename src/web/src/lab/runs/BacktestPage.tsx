import { Loaded } from '../../parts/Loaded';
import { useStart } from '../form/useStart';
import { Lab } from '../Lab';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { NewRun } from './NewRun';
import { RunsPanel } from './RunsPanel';
import { TrialsPanel } from './TrialsPanel';

/** Where a backtest is set up, beside those that were made. */
export function BacktestPage() {
  return (
    <Lab section="backtest" gate="plan">
      <Backtests />
    </Lab>
  );
}

function Backtests() {
  const { form: words } = useLabTexts();
  const start = useStart();
  return (
    <>
      <div className={css['columns']}>
        <Loaded title={words.newRun} of={start}>
          {(data) => <NewRun {...data} />}
        </Loaded>
        <TrialsPanel />
      </div>
      <RunsPanel kind="run" />
    </>
  );
}
