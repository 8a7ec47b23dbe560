import { useLocation } from 'wouter';
import { api, idempotencyKey, unwrap } from '../../api/client';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { Panel } from '../../parts/Panel';
import { fieldOf, RunFields } from '../form/RunFields';
import { bodyOf, check, symbolsIn, type Values } from '../form/values';
import { paperPath, type Strategy } from '../kinds';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { usePaperDeeds } from './usePaper';

interface NewSessionProps {
  readonly strategies: readonly Strategy[];
  readonly initial: Values;
}

/** The form of a backtest, without a period: it runs from now on. */
export function NewSession({ strategies, initial }: NewSessionProps) {
  const { form: words, paper } = useLabTexts();
  const [, navigate] = useLocation();
  const deeds = usePaperDeeds();
  const parametersIn = (values: Values) =>
    strategies.find(({ key }) => key === values['strategyName'])?.parameters ?? [];
  const form = useForm<Values>({
    initial: { ...initial, symbols: symbolsIn(initial)[0] ?? '' },
    check: (values) => check(values, parametersIn(values), words.faults, false),
    send: async (values) => {
      const {
        symbols,
        from: _,
        to: _1,
        period: _2,
        ...rest
      } = {
        from: '',
        to: '',
        period: '',
        ...bodyOf({ ...values, period: '1y' }, parametersIn(values)),
      };
      const session = await unwrap(
        api.POST('/api/v1/paper/sessions', {
          params: { header: { 'Idempotency-Key': idempotencyKey() } },
          body: { ...rest, symbol: symbols[0] ?? '' },
        }),
      );
      await deeds.again();
      navigate(paperPath(session.id));
    },
  });
  return (
    <Panel title={paper.new} note={paper.newHint}>
      <div className={css['body']} style={{ maxWidth: 880 }}>
        <Form of={form} action={paper.start}>
          <RunFields form={form} strategies={strategies} isLive />
          <Field {...fieldOf(form, 'title')} label={words.title} autoComplete="off" />
        </Form>
      </div>
    </Panel>
  );
}
