import formCss from '../../parts/form/Form.module.css';
import { fieldOf, type RunForm } from '../form/RunFields';
import { parameterField } from '../form/values';
import type { StrategyParameter } from '../kinds';
import { useLabTexts } from '../useLabTexts';
import { countOf, gridField, rowsIn } from './grid';
import css from './Optimise.module.css';

interface GridFieldsProps {
  readonly form: RunForm;
  readonly parameters: readonly StrategyParameter[];
}

/** For each parameter a range to search, or the one value it keeps. */
export function GridFields({ form, parameters }: GridFieldsProps) {
  const { optimiser: words } = useLabTexts();
  const rows = rowsIn(form.values, parameters);
  return (
    <fieldset className={css['grid']}>
      <legend>{words.ranges}</legend>
      {parameters.map((parameter) => {
        const { name, title, minimum, maximum } = parameter;
        const row = rows[name];
        const on = fieldOf(form, gridField(name, 'on'));
        const parts = row ? (['from', 'to', 'step'] as const) : [];
        const faults = [
          on.fault,
          ...parts.map((part) => fieldOf(form, gridField(name, part)).fault),
          row ? undefined : fieldOf(form, parameterField(name)).fault,
        ].filter((fault) => fault !== undefined);
        const count = row ? countOf(row) : 1;
        return (
          <div key={name} className={css['row']}>
            <label className={css['name']}>
              <input
                type="checkbox"
                name={on.name}
                checked={on.value === 'yes'}
                onChange={({ target }) => on.onChange(target.checked ? 'yes' : '')}
              />
              <span>
                {title}
                <small>
                  {minimum} … {maximum}
                </small>
              </span>
            </label>
            {row ? (
              parts.map((part) => (
                <Cell
                  key={part}
                  field={fieldOf(form, gridField(name, part))}
                  label={`${title}: ${words.parts[part]}`}
                  text={words.parts[part]}
                />
              ))
            ) : (
              <Cell
                field={fieldOf(form, parameterField(name))}
                label={`${title}: ${words.kept}`}
                text={words.kept}
              />
            )}
            <span className={css['count']}>
              {row && (Number.isNaN(count) ? '–' : words.values(String(count)))}
            </span>
            {faults[0] && <p className={formCss['fault']}>{faults[0]}</p>}
          </div>
        );
      })}
    </fieldset>
  );
}

interface CellProps {
  readonly field: ReturnType<typeof fieldOf>;
  readonly label: string;
  readonly text: string;
}

function Cell({ field, label, text }: CellProps) {
  return (
    <label className={css['cell']}>
      <span aria-hidden="true">{text}</span>
      <input
        name={field.name}
        aria-label={label}
        className={`${formCss['control']} ${formCss['mono']}`}
        inputMode="decimal"
        autoComplete="off"
        value={field.value}
        aria-invalid={field.fault !== undefined}
        onChange={({ target }) => field.onChange(target.value)}
        onBlur={field.onLeave}
      />
    </label>
  );
}
