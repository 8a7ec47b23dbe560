import { type UseQueryResult, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormulaField } from '../../alerts/form/FormulaField';
import { api, idempotencyKey, type Schemas, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { Panel } from '../../parts/Panel';
import css from '../Lab.module.css';
import { ParameterRows } from '../ParameterRows';
import { faultOf } from '../parameters';
import { useLabTexts } from '../useLabTexts';
import { type Draft, sentParameters } from './usePreview';
import { savedKey } from './useSaved';

interface BuilderFormProps {
  readonly draft: Draft;
  readonly preview: UseQueryResult<Schemas['PreviewAnswer']>;
  readonly onChange: (draft: Draft) => void;
}

/** What the indicator is called and how it is computed; the formula's faults stand at their place. */
export function BuilderForm({ draft, preview, onChange }: BuilderFormProps) {
  const { accounts } = useTexts();
  const { indicators: words } = useLabTexts();
  const cache = useQueryClient();
  const [said, setSaid] = useState<string | null>(null);
  const fault = preview.data?.fault ?? null;
  const form = useForm({
    initial: { name: '', formula: '', description: '', parameters: '' },
    check: () => ({
      name: draft.name.trim() === '' ? accounts.form.required : undefined,
      formula: draft.formula.trim() === '' ? accounts.form.required : fault?.message,
      parameters: draft.parameters.some((one) => faultOf(one, draft.parameters) !== null) ? 'x' : undefined,
    }),
    send: async () => {
      setSaid(null);
      const { name, formula, description, parameters } = draft;
      await unwrap(
        api.POST('/api/v1/indicators/custom', {
          params: { header: { 'Idempotency-Key': idempotencyKey() } },
          body: {
            name: name.trim(),
            formula,
            description: description.trim() === '' ? null : description,
            parameters: sentParameters(parameters),
          },
        }),
      );
      await cache.invalidateQueries({ queryKey: savedKey });
      setSaid(words.saved(name.trim()));
    },
  });
  const put = (name: 'name' | 'formula' | 'description') => ({
    ...form.field(name),
    value: draft[name],
    onChange: (value: string) => {
      form.set(name, value);
      onChange({ ...draft, [name]: value });
    },
  });
  return (
    <Panel title={words.write}>
      <div className={css['body']}>
        <Form of={form} action={words.save} said={said}>
          <Field {...put('name')} label={words.name} autoComplete="off" />
          <FormulaField field={put('formula')} place={fault} hint={words.formulaHint} />
          <ParameterRows
            value={draft.parameters}
            onChange={(parameters) => onChange({ ...draft, parameters })}
          />
          <Field {...put('description')} label={words.description} rows={2} autoComplete="off" />
        </Form>
      </div>
    </Panel>
  );
}
