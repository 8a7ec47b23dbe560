import { type ReactNode, useId } from 'react';
import css from './Form.module.css';

interface TickProps {
  readonly name?: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
  readonly onLeave?: () => void;
  readonly fault?: string | undefined;
  readonly hint?: string;
  readonly children: ReactNode;
}

/** A yes or no with its sentence. */
export function Tick({ name, value, onChange, onLeave, fault, hint, children }: TickProps) {
  const id = useId();
  return (
    <div className={css['tick']}>
      <input
        id={id}
        name={name}
        type="checkbox"
        checked={value}
        aria-invalid={fault !== undefined}
        aria-describedby={fault ? `${id}-fault` : hint ? `${id}-hint` : undefined}
        onBlur={onLeave}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div>
        <label htmlFor={id}>{children}</label>
        {hint && (
          <p id={`${id}-hint`} className={css['hint']}>
            {hint}
          </p>
        )}
        {fault && (
          <p id={`${id}-fault`} className={css['fault']}>
            {fault}
          </p>
        )}
      </div>
    </div>
  );
}
