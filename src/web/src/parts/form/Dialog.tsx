import { type ReactNode, useId } from 'react';
import { useModal } from '../useModal';
import css from './Form.module.css';

interface DialogProps {
  readonly title: string;
  readonly text?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Dialog({ title, text, onClose, children }: DialogProps) {
  const dialog = useModal();
  const id = useId();
  return (
    <dialog ref={dialog} className={css['dialog']} aria-labelledby={id} onClose={onClose}>
      <h2 id={id} className={css['dialogTitle']}>
        {title}
      </h2>
      {text && <div className={css['dialogText']}>{text}</div>}
      {children}
    </dialog>
  );
}
