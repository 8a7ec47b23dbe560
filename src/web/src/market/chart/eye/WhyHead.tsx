import { X } from 'lucide-react';
import { useTexts } from '../../../i18n/Texts';
import { arrowOf, type Direction } from '../../../patterns/kinds';
import css from './Eye.module.css';

interface WhyHeadProps {
  readonly title: string;
  readonly direction?: Direction;
  readonly note?: string;
  readonly state?: string;
  readonly isAlive?: boolean;
  readonly onClose: () => void;
}

export function WhyHead({ title, direction, note, state, isAlive = false, onClose }: WhyHeadProps) {
  const { why: texts } = useTexts().eye;
  return (
    <header className={css['whyHead']} data-way={direction}>
      {direction && (
        <span className={css['arrow']} aria-hidden="true">
          {arrowOf[direction]}
        </span>
      )}
      <div>
        <h2>{title}</h2>
        {note && <p className={css['hint']}>{note}</p>}
      </div>
      {state && (
        <span className={css['state']} data-alive={isAlive || undefined}>
          {state}
        </span>
      )}
      <button
        type="button"
        className={css['close']}
        aria-label={texts.close}
        title={`${texts.close} (Esc)`}
        aria-keyshortcuts="Escape"
        onClick={onClose}
      >
        <X size={15} aria-hidden="true" />
      </button>
    </header>
  );
}
