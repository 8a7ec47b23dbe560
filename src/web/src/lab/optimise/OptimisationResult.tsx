import { Link } from 'wouter';
import { againPath, type Run } from '../kinds';
import css from '../Lab.module.css';
import { ActionBar } from '../result/ActionBar';
import { ChecksPanel } from '../result/ChecksPanel';
import { CostsPanel } from '../result/CostsPanel';
import { CurvesPanel } from '../result/CurvesPanel';
import { DataPanel } from '../result/DataPanel';
import { EvidencePanel } from '../result/EvidencePanel';
import { NotesPanel } from '../result/NotesPanel';
import { SettingsPanel } from '../result/SettingsPanel';
import { StatisticsPanel } from '../result/StatisticsPanel';
import { TradesView } from '../result/TradesView';
import { Verdict } from '../result/Verdict';
import { WindowsPanel } from '../result/WindowsPanel';
import { useLabTexts } from '../useLabTexts';
import { HeatmapPanel } from './HeatmapPanel';
import { SearchFacts } from './SearchFacts';
import { TrialsTable } from './TrialsTable';

/** What a search found: where it is flat enough to trust, what chance would have found as well, and every combination. */
export function OptimisationResult({ run }: { readonly run: Run }) {
  const { result, optimiser: words } = useLabTexts();
  const isWalk = run.kind === 'walkForward';
  return (
    <>
      <div className={css['tools']}>
        <ActionBar run={run} />
      </div>
      {run.honesty ? (
        <Verdict run={run} />
      ) : (
        <p className={css['caution']}>
          {words.caution}{' '}
          <Link href={`${againPath('/backtest/optimiser', run.backtestId)}&way=walkForward`}>
            {words.walk}
          </Link>
        </p>
      )}
      {isWalk && <CurvesPanel run={run} />}
      {run.walkForward && <WindowsPanel run={run} />}
      <div className={css['columns']}>
        <div className={css['column']}>
          {run.optimisation && <HeatmapPanel run={run} of={run.optimisation} />}
          {isWalk && <StatisticsPanel run={run} />}
          {run.optimisation && <TrialsTable run={run} of={run.optimisation} />}
          <SettingsPanel run={run} />
        </div>
        <div className={css['column']}>
          {run.optimisation && <SearchFacts of={run.optimisation} />}
          {(isWalk || run.optimisation === null) && <EvidencePanel run={run} />}
          {isWalk && <CostsPanel run={run} />}
          {isWalk && <ChecksPanel run={run} />}
          <NotesPanel run={run} />
          <DataPanel run={run} />
        </div>
      </div>
      {isWalk && <TradesView run={run} />}
      <p className={css['text']}>{result.disclaimer}</p>
    </>
  );
}
