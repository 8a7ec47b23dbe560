import { useLocation } from 'wouter';
import { api, idempotencyKey, unwrap } from '../../api/client';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { Panel } from '../../parts/Panel';
import { fieldOf, RunFields } from '../form/RunFields';
import { bodyOf, check, type Values } from '../form/values';
import { runPath, type Strategy } from '../kinds';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { useRunDeeds } from '../useRuns';

interface NewRunProps {
  readonly strategies: readonly Strategy[];
  readonly initial: Values;
}

/** The form; what it starts is followed on a page of its own. */
export function NewRun({ strategies, initial }: NewRunProps) {
  const { form: words } = useLabTexts();
  const [, navigate] = useLocation();
  const deeds = useRunDeeds();
  const parametersIn = (values: Values) =>
    strategies.find(({ key }) => key === values['strategyName'])?.parameters ?? [];
  const form = useForm<Values>({
    initial,
    check: (values) => check(values, parametersIn(values), words.faults),
    send: async (values) => {
      const run = await unwrap(
        api.POST('/api/v1/backtest/run', {
          params: { header: { 'Idempotency-Key': idempotencyKey() } },
          body: { ...bodyOf(values, parametersIn(values)), async: true },
        }),
      );
      deeds.keep(run);
      navigate(runPath(run.backtestId));
    },
  });
  return (
    <Panel title={words.newRun}>
      <div className={css['body']}>
        <Form of={form} action={words.run}>
          <RunFields form={form} strategies={strategies} />
          <Field {...fieldOf(form, 'title')} label={words.title} hint={words.titleHint} autoComplete="off" />
        </Form>
      </div>
    </Panel>
  );
}
