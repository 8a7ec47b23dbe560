import { Plus, X } from 'lucide-react';
import { Button } from '../parts/Button';
import formCss from '../parts/form/Form.module.css';
import css from './Parameters.module.css';
import { faultOf, newParameter, type WrittenParameter } from './parameters';
import { useLabTexts } from './useLabTexts';

interface ParameterRowsProps {
  readonly value: readonly WrittenParameter[];
  readonly onChange: (parameters: readonly WrittenParameter[]) => void;
}

const fields = ['name', 'default', 'minimum', 'maximum'] as const;
const most = 12;

/** Names that formulas may use in place of numbers, so that the numbers can be tried out. */
export function ParameterRows({ value, onChange }: ParameterRowsProps) {
  const { parameters: words } = useLabTexts();
  const put = (at: number, change: Partial<WrittenParameter>) =>
    onChange(value.map((one, i) => (i === at ? { ...one, ...change } : one)));
  return (
    <fieldset className={css['rows']}>
      <legend>{words.title}</legend>
      <p className={formCss['hint']}>{words.hint}</p>
      {value.map((parameter, i) => {
        const fault = faultOf(parameter, value);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; its name is typed in it.
          <div key={i} className={css['row']}>
            {fields.map((field) => (
              <label key={field} className={css['cell']}>
                <span>{words.fields[field]}</span>
                <input
                  className={`${formCss['control']} ${formCss['mono']}`}
                  value={parameter[field]}
                  autoComplete="off"
                  spellCheck={false}
                  aria-invalid={fault !== null && (fault === 'name') === (field === 'name')}
                  onChange={({ target }) => put(i, { [field]: target.value })}
                />
              </label>
            ))}
            <button
              type="button"
              className={css['drop']}
              aria-label={words.drop(parameter.name)}
              onClick={() => onChange(value.filter((_, at) => at !== i))}
            >
              <X size={14} aria-hidden="true" />
            </button>
            {fault && <p className={formCss['fault']}>{words.faults[fault]}</p>}
          </div>
        );
      })}
      {value.length < most && (
        <Button onClick={() => onChange([...value, newParameter(value)])}>
          <Plus size={14} aria-hidden="true" />
          {words.add}
        </Button>
      )}
    </fieldset>
  );
}
