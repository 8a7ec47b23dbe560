import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useTexts } from '../../i18n/Texts';
import css from './Form.module.css';

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onLeave?: () => void;
  readonly fault?: string | undefined;
  readonly hint?: ReactNode;
  readonly type?: 'text' | 'email' | 'password' | 'number' | 'date' | 'time';
  readonly autoComplete?: string;
  readonly inputMode?: 'numeric' | 'decimal' | 'email';
  readonly autoFocus?: boolean;
  /** Of a list of suggestions. */
  readonly list?: string;
  readonly rows?: number;
  readonly unit?: string;
  readonly isMono?: boolean;
}

/** A label, a control, what is expected of it and what is wrong with it. */
export function Field({
  label,
  hint,
  fault,
  rows,
  unit,
  type = 'text',
  isMono,
  onChange,
  onLeave,
  ...rest
}: FieldProps) {
  const { accounts } = useTexts();
  const id = useId();
  const [isShown, setShown] = useState(false);
  const described = [hint ? `${id}-hint` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ');
  const shared = {
    ...rest,
    id,
    className: `${css['control']} ${isMono ? css['mono'] : ''}`,
    'aria-invalid': fault !== undefined,
    'aria-describedby': described || undefined,
    spellCheck: false,
    onBlur: onLeave,
  };
  return (
    <div className={css['field']}>
      <label className={css['label']} htmlFor={id}>
        {label}
      </label>
      <div className={css['box']}>
        {rows === undefined ? (
          <input
            {...shared}
            type={isShown ? 'text' : type}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <textarea {...shared} rows={rows} onChange={(event) => onChange(event.target.value)} />
        )}
        {type === 'password' && (
          <button
            type="button"
            className={css['reveal']}
            aria-label={accounts.form.showPassword}
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? <EyeOff size={15} aria-hidden="true" /> : <Eye size={15} aria-hidden="true" />}
          </button>
        )}
        {unit && <span className={css['unit']}>{unit}</span>}
      </div>
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
  );
}
