import { CircleSlash } from 'lucide-react';
import { Link } from 'wouter';
import { useTexts } from '../../i18n/Texts';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import { againPath, type Run } from '../kinds';
import { useLabTexts } from '../useLabTexts';

/** What came to no result: why, and how to go on. */
export function EndedPanel({ run }: { readonly run: Run }) {
  const { accounts } = useTexts();
  const { result: words, statuses } = useLabTexts();
  const errors: { readonly [code: string]: string } = accounts.errors;
  const hint = run.fault ? (errors[run.fault.code] ?? run.fault.message) : words.cancelledHint;
  return (
    <Panel title={statuses[run.status]} isBare>
      <Notice icon={CircleSlash} title={statuses[run.status]} hint={hint}>
        <Link href={againPath(run.kind === 'run' ? '/backtest' : '/backtest/optimiser', run.backtestId)}>
          {words.again}
        </Link>
      </Notice>
    </Panel>
  );
}
