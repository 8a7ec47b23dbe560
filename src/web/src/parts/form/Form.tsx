import type { FormEvent, ReactNode, Ref } from 'react';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../Button';
import css from './Form.module.css';

interface FormProps {
  readonly of: {
    readonly submit: (event: FormEvent) => Promise<void> | void;
    readonly form: Ref<HTMLFormElement>;
    readonly isBusy: boolean;
    readonly problem: string | null;
  };
  readonly action: string;
  /** What was done, to be read out. */
  readonly said?: string | null;
  readonly isPadded?: boolean;
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

export function Form({ of, action, said, isPadded = false, beside, children }: FormProps) {
  const { accounts } = useTexts();
  return (
    <form
      ref={of.form}
      noValidate
      className={`${css['form']} ${isPadded ? css['padded'] : ''}`}
      onSubmit={(event) => void of.submit(event)}
    >
      {children}
      <div role="alert" className={css['alert']}>
        {of.problem && <p className={css['problem']}>{of.problem}</p>}
      </div>
      <div className={css['actions']}>
        <Button type="submit" kind="primary" aria-disabled={of.isBusy}>
          {of.isBusy ? accounts.form.working : action}
        </Button>
        {beside}
        <span role="status">{said}</span>
      </div>
    </form>
  );
}
