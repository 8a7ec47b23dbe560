import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Ask } from '../../parts/form/Ask';
import { useDisclosure } from '../../parts/useDisclosure';
import { againPath, type Run } from '../kinds';
import { useLabTexts } from '../useLabTexts';
import { useRunDeeds } from '../useRuns';
import css from './Result.module.css';

/** What can be done with a result. */
export function ActionBar({ run }: { readonly run: Run }) {
  const { result: words, runs, deleting } = useLabTexts();
  const [, navigate] = useLocation();
  const deeds = useRunDeeds();
  const [isAsked, setAsked] = useState(false);
  const isRun = run.kind === 'run';
  return (
    <div className={css['actions']}>
      <Link href={againPath(isRun ? '/backtest' : '/backtest/optimiser', run.backtestId)}>{words.again}</Link>
      {isRun && <Link href={againPath('/backtest/optimiser', run.backtestId)}>{words.optimise}</Link>}
      {isRun && <Link href={againPath('/backtest/paper', run.backtestId)}>{words.paper}</Link>}
      <Files run={run} />
      <button
        type="button"
        className={css['icon']}
        aria-label={deleting.of(run.backtestId)}
        onClick={() => setAsked(true)}
      >
        <Trash2 size={14} aria-hidden="true" />
      </button>
      {isAsked && (
        <Ask
          title={deleting.ask(run.title ?? run.backtestId)}
          text={runs.deleteHint}
          action={deleting.action}
          work={async () => {
            await deeds.remove(run.backtestId);
            navigate(isRun ? '/backtest' : '/backtest/optimiser');
          }}
          onClose={() => setAsked(false)}
        />
      )}
    </div>
  );
}

const filesOfRun = [
  ['trades', 'csv'],
  ['trades', 'json'],
  ['equity', 'csv'],
  ['equity', 'json'],
  ['all', 'json'],
  ['all', 'xlsx'],
] as const;

const filesOfTrials = [
  ['trials', 'csv'],
  ['trials', 'json'],
  ['trials', 'xlsx'],
] as const;

const filesOf = {
  run: filesOfRun,
  optimisation: filesOfTrials,
  walkForward: [...filesOfRun, ...filesOfTrials],
} as const;

function Files({ run }: { readonly run: Run }) {
  const { result: words } = useLabTexts();
  const { box, isOpen, setOpen } = useDisclosure<HTMLDivElement>();
  return (
    <div ref={box} className={css['menu']}>
      <button type="button" className={css['open']} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Download size={14} aria-hidden="true" />
        {words.export}
      </button>
      {isOpen && (
        <ul className={css['list']}>
          {filesOf[run.kind].map(([what, format]) => (
            <li key={what + format}>
              <a
                href={`/api/v1/backtest/runs/${run.backtestId}/export?what=${what}&format=${format}`}
                download
              >
                {words.files[what]} <span>{format.toUpperCase()}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
