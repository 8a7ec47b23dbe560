import { useSearchParams } from 'wouter';
import { Segmented } from '../../parts/Segmented';
import type { Run } from '../kinds';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { ActionBar } from './ActionBar';
import { ChecksPanel } from './ChecksPanel';
import { CostsPanel } from './CostsPanel';
import { CurvesPanel } from './CurvesPanel';
import { DataPanel } from './DataPanel';
import { EvidencePanel } from './EvidencePanel';
import { NotesPanel } from './NotesPanel';
import own from './Result.module.css';
import { SettingsPanel } from './SettingsPanel';
import { StatisticsPanel } from './StatisticsPanel';
import { TradesView } from './TradesView';
import { Verdict } from './Verdict';
import { WindowsPanel } from './WindowsPanel';

const views = ['result', 'trades', 'honesty', 'settings'] as const;

/** What came out: first what it did on data it was not fitted to, then everything that speaks for and against it. */
export function RunResult({ run }: { readonly run: Run }) {
  const { result: words } = useLabTexts();
  const [params, setParams] = useSearchParams();
  const view = views.find((one) => one === params.get('view')) ?? 'result';
  return (
    <>
      <div className={css['tools']}>
        <div className={own['views']}>
          <Segmented
            label={words.views.label}
            value={view}
            choices={views.map((one) => [one, words.views[one]] as const)}
            onChange={(next) => setParams(next === 'result' ? {} : { view: next })}
          />
        </div>
        <ActionBar run={run} />
      </div>
      {view === 'result' && (
        <>
          <Verdict run={run} />
          <CurvesPanel run={run} />
          <div className={css['columns']}>
            <StatisticsPanel run={run} />
            <div className={css['column']}>
              <EvidencePanel run={run} />
              <CostsPanel run={run} />
              <NotesPanel run={run} />
            </div>
          </div>
        </>
      )}
      {view === 'trades' && <TradesView run={run} />}
      {view === 'honesty' && (
        <>
          <Verdict run={run} />
          <div className={css['columns']}>
            <div className={css['column']}>
              <WindowsPanel run={run} />
              <ChecksPanel run={run} />
            </div>
            <div className={css['column']}>
              <EvidencePanel run={run} />
              <CostsPanel run={run} />
            </div>
          </div>
        </>
      )}
      {view === 'settings' && (
        <div className={css['columns']}>
          <div className={css['column']}>
            <SettingsPanel run={run} />
          </div>
          <div className={css['column']}>
            <DataPanel run={run} />
          </div>
        </div>
      )}
      <p className={css['text']}>{words.disclaimer}</p>
    </>
  );
}
