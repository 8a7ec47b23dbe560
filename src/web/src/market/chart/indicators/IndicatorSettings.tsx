import { type FormEvent, useId, useRef, useState } from 'react';
import { useTexts } from '../../../i18n/Texts';
import { Button } from '../../../parts/Button';
import { useModal } from '../../../parts/useModal';
import css from './IndicatorSettings.module.css';
import { useCatalogue } from './useIndicators';
import { isAllowed, type Parameter, spellOut, type Use } from './uses';

interface IndicatorSettingsProps {
  readonly use: Use;
  readonly onSave: (use: Use) => void;
  readonly onClose: () => void;
}

/** A form made of the indicator's parameters. Fields are checked as they are left; the first fault gets the focus. */
export function IndicatorSettings({ use, onSave, onClose }: IndicatorSettingsProps) {
  const { chart: texts } = useTexts();
  const indicator = useCatalogue(true).data?.find(({ name }) => name === use.name);
  const parameters = indicator?.parameters ?? [];
  const [written, setWritten] = useState<readonly string[]>(use.values.map(String));
  const [left, setLeft] = useState<readonly number[]>([]);
  const dialog = useModal();
  const form = useRef<HTMLFormElement>(null);
  const isRight = (parameter: Parameter, i: number) => isAllowed(parameter, numberIn(written[i]));
  const save = (event: FormEvent) => {
    event.preventDefault();
    const fault = parameters.findIndex((parameter, i) => !isRight(parameter, i));
    if (fault < 0) {
      onClose();
      onSave({ name: use.name, values: written.map(numberIn) });
      return;
    }
    setLeft(parameters.map((_, i) => i));
    form.current?.querySelectorAll<HTMLElement>('input, select')[fault]?.focus();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is on the backdrop; the keyboard has Escape.
    <dialog
      ref={dialog}
      className={css['dialog']}
      aria-label={texts.settingsOf(use.name)}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <form ref={form} className={css['form']} noValidate onSubmit={save}>
        <h2 className={css['title']}>{indicator?.title ?? use.name}</h2>
        <p className={css['meaning']}>{indicator?.meaning}</p>
        {parameters.map((parameter, i) => (
          <Field
            key={parameter.name}
            parameter={parameter}
            value={written[i] ?? ''}
            isWrong={left.includes(i) && !isRight(parameter, i)}
            onChange={(value) => setWritten(written.map((other, j) => (j === i ? value : other)))}
            onLeave={() => setLeft([...left, i])}
          />
        ))}
        <div className={css['actions']}>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button kind="primary" type="submit">
            {texts.save}
          </Button>
        </div>
      </form>
    </dialog>
  );
}

interface FieldProps {
  readonly parameter: Parameter;
  readonly value: string;
  readonly isWrong: boolean;
  readonly onChange: (value: string) => void;
  readonly onLeave: () => void;
}

function Field({ parameter, value, isWrong, onChange, onLeave }: FieldProps) {
  const { chart: texts } = useTexts();
  const id = useId();
  const { kind, minimum, maximum, choices } = parameter;
  const range = (kind === 'whole' ? texts.wholeBetween : texts.numberBetween)(
    String(minimum),
    String(maximum),
  );
  return (
    <div className={css['field']}>
      <label htmlFor={id}>{spellOut(parameter.name)}</label>
      {kind === 'choice' ? (
        <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
          {choices.map((choice, place) => (
            <option key={choice} value={String(place)}>
              {spellOut(choice)}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          type="text"
          inputMode={kind === 'whole' ? 'numeric' : 'decimal'}
          autoComplete="off"
          value={value}
          aria-invalid={isWrong}
          aria-describedby={`${id}-range`}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onLeave}
        />
      )}
      {kind !== 'choice' && (
        <p id={`${id}-range`} className={css['range']} data-wrong={isWrong || undefined}>
          {range}
        </p>
      )}
    </div>
  );
}

/** A decimal comma is as good as a point. */
const numberIn = (text: string | undefined): number =>
  text === undefined || text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.'));
