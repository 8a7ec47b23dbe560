import { useState } from 'react';
import { explainError } from '../../accounts/explainError';
import { formatDuration } from '../../format/time';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import formCss from '../../parts/form/Form.module.css';
import { Panel } from '../../parts/Panel';
import type { Run } from '../kinds';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { useRunDeeds } from '../useRuns';

/** How far it is, how long it will take, and a way to stop it. */
export function ProgressPanel({ run }: { readonly run: Run }) {
  const texts = useTexts();
  const { result: words, statuses } = useLabTexts();
  const format = useFormat();
  const deeds = useRunDeeds();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const cancel = async () => {
    setBusy(true);
    try {
      await deeds.cancel(run.backtestId);
    } catch (error) {
      setProblem(explainError(error, texts));
    } finally {
      setBusy(false);
    }
  };
  const share = Math.round(run.progress * 100);
  return (
    <Panel title={statuses[run.status]}>
      <div className={css['body']}>
        <div
          className={css['gauge']}
          role="progressbar"
          aria-label={statuses[run.status]}
          aria-valuenow={share}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <span style={{ width: `${share}%` }} />
        </div>
        <p className={css['wait']} style={{ paddingLeft: 0 }}>
          {format.share(run.progress)}
          {run.secondsLeft !== null && <> · {words.left(formatDuration(Math.ceil(run.secondsLeft)))}</>}
          {run.ahead !== null && run.ahead > 0 && <> · {words.ahead(format.count(run.ahead))}</>}
        </p>
        <div role="alert" className={formCss['alert']}>
          {problem && <p className={formCss['problem']}>{problem}</p>}
        </div>
        <Button onClick={() => void cancel()} disabled={isBusy}>
          {words.cancel}
        </Button>
      </div>
    </Panel>
  );
}
