import { type ReactNode, useId } from 'react';
import css from './Form.module.css';

interface ChoiceProps {
  readonly label: string;
  readonly name?: string;
  readonly value: string;
  readonly choices: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
  readonly onLeave?: () => void;
  readonly fault?: string | undefined;
  readonly hint?: ReactNode;
}

/** One of a list. */
export function Choice({ label, choices, onChange, onLeave, fault, hint, ...rest }: ChoiceProps) {
  const id = useId();
  return (
    <div className={css['field']}>
      <label className={css['label']} htmlFor={id}>
        {label}
      </label>
      <select
        {...rest}
        id={id}
        className={css['control']}
        onBlur={onLeave}
        onChange={(event) => onChange(event.target.value)}
      >
        {choices.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {hint && <p className={css['hint']}>{hint}</p>}
      {fault && <p className={css['fault']}>{fault}</p>}
    </div>
  );
}
