import { useState } from 'react';
import { explainError } from '../../accounts/explainError';
import { NotConfirmed } from '../../accounts/session/asking';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../Button';
import { Dialog } from './Dialog';
import css from './Form.module.css';

interface AskProps {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly work: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks once before what cannot be undone. */
export function Ask({ title, text, action, work, onClose }: AskProps) {
  const texts = useTexts();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    try {
      await work();
      onClose();
    } catch (error) {
      if (error instanceof NotConfirmed) onClose();
      else setProblem(explainError(error, texts));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} text={text} onClose={onClose}>
      <div role="alert" className={css['alert']}>
        {problem && <p className={css['problem']}>{problem}</p>}
      </div>
      <div className={`${css['actions']} ${css['end']}`}>
        <Button onClick={onClose}>{texts.accounts.form.cancel}</Button>
        <Button kind="danger" onClick={() => void go()} disabled={isBusy}>
          {isBusy ? texts.accounts.form.working : action}
        </Button>
      </div>
    </Dialog>
  );
}
