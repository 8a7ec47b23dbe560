import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Field } from '../../parts/form/Field';
import css from './Form.module.css';
import type { Place } from './place';

interface FormulaFieldProps {
  readonly field: {
    readonly name: string;
    readonly value: string;
    readonly onChange: (value: string) => void;
    readonly onLeave: () => void;
    readonly fault: string | undefined;
  };
  /** Where the server cannot read it, and why. */
  readonly place: Place | null;
  readonly label?: string;
  readonly hint?: string;
  readonly rows?: number;
  readonly hasHelp?: boolean;
}

/** A formula, with its fault shown at the place it is at, and help on how formulas are written. */
export function FormulaField({ field, place, label, hint, rows = 4, hasHelp = true }: FormulaFieldProps) {
  const { form: words } = useTexts().alerts;
  return (
    <div>
      <Field
        {...field}
        fault={place === null ? field.fault : undefined}
        label={label ?? words.formula}
        hint={hint ?? words.formulaHint}
        rows={rows}
        isMono
        autoComplete="off"
      />
      <div role="alert">{place !== null && <Fault text={field.value} place={place} />}</div>
      {hasHelp && <Help onUse={field.onChange} />}
    </div>
  );
}

function Fault({ text, place }: { readonly text: string; readonly place: Place }) {
  const { form: words } = useTexts().alerts;
  const line = text.split('\n')[place.line - 1] ?? '';
  const at = place.column - 1;
  return (
    <div className={css['fault']}>
      <p className={css['line']}>
        {line.slice(0, at)}
        <mark>{line.slice(at, at + 1) || ' '}</mark>
        {line.slice(at + 1)}
      </p>
      <p>
        {words.atPlace(String(place.line), String(place.column))}: <span lang="en">{place.message}</span>
      </p>
    </div>
  );
}

function Help({ onUse }: { readonly onUse: (formula: string) => void }) {
  const { form: words } = useTexts().alerts;
  const { data } = useQuery({
    queryKey: ['formula help'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/alerts/formula-help', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined) return null;
  return (
    <details className={css['help']}>
      <summary>{words.help}</summary>
      <h4>{words.examples}</h4>
      <ul>
        {data.examples.map((example) => (
          <li key={example.text}>
            <Button kind="link" aria-label={words.use(example.text)} onClick={() => onUse(example.text)}>
              <code>{example.text}</code>
            </Button>{' '}
            <span lang="en">{example.meaning}</span>
          </li>
        ))}
      </ul>
      <h4>{words.prices}</h4>
      <p>
        <code>{data.prices.join(', ')}</code>
      </p>
      <Forms title={words.functions} forms={data.functions} />
      <Forms title={words.operators} forms={data.operators} />
    </details>
  );
}

function Forms({
  title,
  forms,
}: {
  readonly title: string;
  readonly forms: readonly Schemas['WrittenForm'][];
}) {
  return (
    <>
      <h4>{title}</h4>
      <ul lang="en">
        {forms.map((form) => (
          <li key={form.text}>
            <code>{form.text}</code> {form.meaning}
          </li>
        ))}
      </ul>
    </>
  );
}
