import { useId } from 'react';
import css from './Segmented.module.css';

interface SegmentedProps<Choice extends string> {
  readonly label: string;
  readonly choices: readonly (readonly [Choice, string])[];
  readonly value: Choice;
  readonly onChange: (choice: Choice) => void;
}

/** A few choices, all in sight: radio buttons in the dress of a switch. */
export function Segmented<Choice extends string>({
  label,
  choices,
  value,
  onChange,
}: SegmentedProps<Choice>) {
  const name = useId();
  return (
    <fieldset className={css['group']}>
      <legend className="visually-hidden">{label}</legend>
      {choices.map(([choice, text]) => (
        <label key={choice} className={css['choice']}>
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            checked={choice === value}
            onChange={() => onChange(choice)}
          />
          <span className={css['face']}>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
