import { LockKeyhole } from 'lucide-react';
import css from './Records.module.css';

interface ChipsProps<Choice extends string> {
  readonly label: string;
  readonly choices: readonly (readonly [Choice, string])[];
  readonly chosen: readonly Choice[];
  readonly isLocked?: (choice: Choice) => boolean;
  readonly lockedText?: string;
  readonly onChange: (chosen: readonly Choice[]) => void;
}

/** Any number of a few choices, all in sight; none chosen means all. */
export function Chips<Choice extends string>(props: ChipsProps<Choice>) {
  const { label, choices, chosen, isLocked = () => false, lockedText, onChange } = props;
  return (
    <fieldset className={css['chips']}>
      <legend className="visually-hidden">{label}</legend>
      {choices.map(([choice, text]) => (
        <label key={choice} className={css['chip']} title={isLocked(choice) ? lockedText : undefined}>
          <input
            type="checkbox"
            className="visually-hidden"
            checked={chosen.includes(choice)}
            disabled={isLocked(choice)}
            onChange={() =>
              onChange(
                chosen.includes(choice)
                  ? chosen.filter((one) => one !== choice)
                  : choices.map(([one]) => one).filter((one) => one === choice || chosen.includes(one)),
              )
            }
          />
          <span className={css['face']}>
            {isLocked(choice) && <LockKeyhole size={11} aria-hidden="true" />}
            {text}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
