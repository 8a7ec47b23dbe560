import { SearchX } from 'lucide-react';
import { Link } from 'wouter';
import { ApiError } from '../../api/ApiError';
import { formatUtc } from '../../format/time';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';
import { ProvenanceWord } from '../data/Origin';
import { isUnderWay, type Run } from '../kinds';
import { Lab } from '../Lab';
import css from '../Lab.module.css';
import { OptimisationResult } from '../optimise/OptimisationResult';
import { RunStateBadge } from '../runs/RunRow';
import { useLabTexts } from '../useLabTexts';
import { useRun } from '../useRuns';
import { EndedPanel } from './EndedPanel';
import { ProgressPanel } from './ProgressPanel';
import { RunResult } from './RunResult';

/** One backtest, optimisation or walk-forward: how far it is, and what came out. Old ones stay readable, whatever the plan. */
export function RunPage({ id }: { readonly id: string }) {
  const { result: words, sections } = useLabTexts();
  const query = useRun(id);
  const run = query.data;
  const isGone = run === undefined && query.error instanceof ApiError && query.error.status === 404;
  const section = run !== undefined && run.kind !== 'run' ? 'optimiser' : 'backtest';
  return (
    <Lab
      section={section}
      gate="account"
      title={run ? (run.title ?? run.strategy.title) : id}
      lead={run && <Subject run={run} />}
      aside={
        <span className={css['tools']}>
          {run && <RunStateBadge status={run.status} />} {id}
        </span>
      }
    >
      {isGone ? (
        <Notice icon={SearchX} title={words.gone} hint={words.goneHint}>
          <Link href="/backtest">{sections.backtest}</Link>
        </Notice>
      ) : (
        <Loaded title={id} of={query}>
          {(data) => <Content run={data} />}
        </Loaded>
      )}
    </Lab>
  );
}

function Content({ run }: { readonly run: Run }) {
  if (isUnderWay(run.status)) return <ProgressPanel run={run} />;
  if (run.status !== 'done') return <EndedPanel run={run} />;
  return run.kind === 'run' ? <RunResult run={run} /> : <OptimisationResult run={run} />;
}

/** What was run over what, and whether a market made those prices. */
function Subject({ run }: { readonly run: Run }) {
  const { result: words } = useLabTexts();
  const day = (at: string) => at.slice(0, 10);
  return (
    <>
      {run.symbols.join(', ')} · {run.timeframe} ·{' '}
      <span title={`${formatUtc(new Date(run.from))} – ${formatUtc(new Date(run.until))}`}>
        {words.span(day(run.from), day(run.until))}
      </span>
      {' · '}
      <ProvenanceWord of={run.provenance} />
      {run.quoteSubstituted && <> · {words.substituted(run.asked.join(', '), run.symbols.join(', '))}</>}
    </>
  );
}
