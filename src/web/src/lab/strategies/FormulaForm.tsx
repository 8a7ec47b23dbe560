import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { FormulaField } from '../../alerts/form/FormulaField';
import { api, idempotencyKey, type Schemas, unwrap } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { Panel } from '../../parts/Panel';
import { useSettled } from '../../records/useChosen';
import formCss from '../form/Form.module.css';
import { labKey, type Strategy, strategyPath } from '../kinds';
import css from '../Lab.module.css';
import { ParameterRows } from '../ParameterRows';
import { faultOf } from '../parameters';
import { useLabTexts } from '../useLabTexts';
import { strategiesKey } from '../useStrategies';
import { begin, bodyOf, mainParts, type Part, parts, type Written, writtenOf } from './formulas';

type Checked = Schemas['StrategyCheck'];

/** A strategy in formulas: what each says is checked while it is written, and kept as a new version. */
export function FormulaForm({ of }: { readonly of?: Strategy }) {
  const { accounts } = useTexts();
  const { strategies: words } = useLabTexts();
  const cache = useQueryClient();
  const [, navigate] = useLocation();
  const [written, setWritten] = useState<Written>(of ? writtenOf(of) : begin);
  const [said, setSaid] = useState<string | null>(null);
  const checked = useCheck(written);
  const faultAt = (part: Part) => checked?.faults.find(({ field }) => field === part) ?? null;
  const form = useForm<{ readonly [name: string]: string }>({
    initial: Object.fromEntries(['title', 'note', ...parts].map((name) => [name, ''])),
    check: () => ({
      title: written.title.trim() === '' ? accounts.form.required : undefined,
      ...Object.fromEntries(
        parts.map((part) => [
          part,
          part === 'entry' &&
          written.formulas.entry.trim() === '' &&
          written.formulas.shortEntry.trim() === ''
            ? words.entryNeeded
            : faultAt(part)?.message,
        ]),
      ),
    }),
    send: async () => {
      setSaid(null);
      const body = bodyOf(written);
      const saved = await unwrap(
        of?.id
          ? api.PUT('/api/v1/strategies/{id}', { params: { path: { id: of.id } }, body })
          : api.POST('/api/v1/strategies', {
              params: { header: { 'Idempotency-Key': idempotencyKey() } },
              body,
            }),
      );
      await cache.invalidateQueries({ queryKey: strategiesKey });
      setSaid(words.saved(String(saved.version ?? 1)));
      if (!of) navigate(strategyPath(saved.key));
    },
  });
  const text = (name: 'title' | 'note') => ({
    ...form.field(name),
    value: written[name],
    onChange: (value: string) => {
      form.set(name, value);
      setWritten({ ...written, [name]: value });
    },
  });
  const formula = (part: Part, hasHelp: boolean) => {
    const fault = faultAt(part);
    return (
      <FormulaField
        key={part}
        field={{
          ...form.field(part),
          value: written.formulas[part],
          onChange: (value) => {
            form.set(part, value);
            setWritten((now) => ({ ...now, formulas: { ...now.formulas, [part]: value } }));
          },
        }}
        place={fault}
        label={words.parts[part].name}
        hint={words.parts[part].hint}
        rows={2}
        hasHelp={hasHelp}
      />
    );
  };
  return (
    <div className={css['columns']}>
      <Panel title={of ? words.change : words.write}>
        <div className={css['body']}>
          <Form of={form} action={of ? words.saveVersion : words.save} said={said}>
            <Field {...text('title')} label={words.name} autoComplete="off" />
            {formula('entry', true)}
            {formula('exit', false)}
            <details
              className={formCss['details']}
              open={parts.some((part) => !mainParts.includes(part) && written.formulas[part] !== '')}
            >
              <summary>
                {words.more} <small>{words.moreHint}</small>
              </summary>
              {parts.filter((part) => !mainParts.includes(part)).map((part) => formula(part, false))}
            </details>
            <ParameterRows
              value={written.parameters}
              onChange={(parameters) => setWritten({ ...written, parameters })}
            />
            <Field {...text('note')} label={words.note} rows={2} autoComplete="off" />
          </Form>
        </div>
      </Panel>
      <CheckedPanel of={checked} />
    </div>
  );
}

const typing = 600;

function useCheck(written: Written): Checked | undefined {
  const isReadable =
    written.formulas.entry.trim() + written.formulas.shortEntry.trim() !== '' &&
    written.parameters.every((one) => faultOf(one, written.parameters) === null);
  const asked = useSettled(
    isReadable ? JSON.stringify(bodyOf({ ...written, title: 'check', note: '' })) : '',
    typing,
  );
  return useQuery({
    queryKey: [...labKey, 'check', asked],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST('/api/v1/strategies/check', {
          body: JSON.parse(asked) as Schemas['NewStrategy'],
          signal,
        }),
      ),
    enabled: asked !== '',
    retry: false,
    placeholderData: keepPreviousData,
  }).data;
}

function CheckedPanel({ of }: { readonly of: Checked | undefined }) {
  const { strategies: words } = useLabTexts();
  const format = useFormat();
  return (
    <Panel title={words.checks}>
      {of === undefined ? (
        <p className={css['wait']}>{words.checking}</p>
      ) : of.valid ? (
        <>
          <dl className={css['figures']}>
            <div>
              <dt>{words.warmUp}</dt>
              <dd>{format.count(of.warmUpBars)}</dd>
            </div>
            <div>
              <dt>{words.steps}</dt>
              <dd>{format.count(of.stepsPerCandle)}</dd>
            </div>
          </dl>
          <p className={css['wait']}>{words.checkedOnRuns}</p>
        </>
      ) : (
        <p className={css['wait']}>{words.notYet(format.count(of.faults.length))}</p>
      )}
    </Panel>
  );
}
