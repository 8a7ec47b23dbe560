import { useLocation, useSearch } from 'wouter';
import { readNumber } from '../../accounts/checks';
import { api, idempotencyKey, unwrap } from '../../api/client';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { Panel } from '../../parts/Panel';
import { RunFields } from '../form/RunFields';
import { bodyOf, check, type Values } from '../form/values';
import { runPath, type Strategy } from '../kinds';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import { useRunDeeds } from '../useRuns';
import { EstimatePanel } from './EstimatePanel';
import { GridFields } from './GridFields';
import { gridFaults, gridOf, rowsIn } from './grid';
import { SearchFields } from './SearchFields';
import { searchMeasures } from './trialMeasures';

interface NewSearchProps {
  readonly strategies: readonly Strategy[];
  readonly initial: Values;
}

const begin: Values = {
  way: 'optimise',
  search: 'grid',
  measure: 'sharpeRatio',
  combinations: '500',
  minimumTrades: '10',
  windows: '6',
  trainShare: '75',
  anchored: '',
};

/** Which parameters are searched, over what, by which measure; how much that is stands beside it before it starts. */
export function NewSearch({ strategies, initial }: NewSearchProps) {
  const { form: words, optimiser } = useLabTexts();
  const [, navigate] = useLocation();
  const search = useSearch();
  const deeds = useRunDeeds();
  const parametersIn = (values: Values) =>
    strategies.find(({ key }) => key === values['strategyName'])?.parameters ?? [];
  const faultsOf = (values: Values) => ({
    ...check(values, parametersIn(values), words.faults),
    ...gridFaults(values, parametersIn(values), { ...optimiser.faults, between: words.faults.between }),
    ...searchFaults(values, words.faults),
  });
  const form = useForm<Values>({
    initial: {
      ...begin,
      ...gridOf(parametersIn(initial)),
      ...initial,
      ...(new URLSearchParams(search).get('way') === 'walkForward' ? { way: 'walkForward' } : {}),
    },
    check: faultsOf,
    send: async (values) => {
      const params = { header: { 'Idempotency-Key': idempotencyKey() } };
      const body = bodyOfSearch(values, parametersIn(values));
      const run = await unwrap(
        values['way'] === 'walkForward'
          ? api.POST('/api/v1/backtest/walk-forward', { params, body: { ...body, ...walkOf(values) } })
          : api.POST('/api/v1/backtest/optimise', { params, body }),
      );
      deeds.keep(run);
      navigate(runPath(run.backtestId));
    },
  });
  const { values } = form;
  const parameters = parametersIn(values);
  const isReadable = Object.values(faultsOf(values)).every((fault) => fault === undefined);
  return (
    <div className={css['columns']}>
      <Panel title={optimiser.newSearch}>
        <div className={css['body']}>
          <Form of={form} action={optimiser.start}>
            <RunFields
              form={form}
              strategies={strategies}
              parameters={<GridFields form={form} parameters={parameters} />}
            />
            <SearchFields form={form} />
          </Form>
        </div>
      </Panel>
      <EstimatePanel
        rows={rowsIn(values, parameters)}
        isRandom={values['search'] === 'random'}
        asked={readNumber(values['combinations'] ?? '')}
        body={
          isReadable
            ? {
                ...bodyOfSearch(values, parameters),
                ...(values['way'] === 'walkForward' ? walkOf(values) : {}),
              }
            : null
        }
      />
    </div>
  );
}

function bodyOfSearch(values: Values, parameters: Strategy['parameters']) {
  const isRandom = values['search'] === 'random';
  return {
    ...bodyOf(values, parameters),
    search: isRandom ? ('random' as const) : ('grid' as const),
    grid: rowsIn(values, parameters),
    measure: searchMeasures.find((one) => one === values['measure']) ?? 'sharpeRatio',
    minimumTrades: readNumber(values['minimumTrades'] ?? ''),
    ...(isRandom ? { combinations: readNumber(values['combinations'] ?? '') } : {}),
  };
}

const walkOf = (values: Values) => ({
  windows: readNumber(values['windows'] ?? ''),
  trainShare: readNumber(values['trainShare'] ?? '') / 100,
  anchored: values['anchored'] === 'yes',
});

function searchFaults(values: Values, words: { readonly between: (low: string, high: string) => string }) {
  const within = (name: string, low: number, high: number, isNeeded: boolean) => {
    const value = readNumber(values[name] ?? '');
    return !isNeeded || (Number.isInteger(value) && value >= low && value <= high)
      ? undefined
      : words.between(String(low), String(high));
  };
  const isWalk = values['way'] === 'walkForward';
  return {
    combinations: within('combinations', 2, 20_000, values['search'] === 'random'),
    minimumTrades: within('minimumTrades', 0, 10_000, true),
    windows: within('windows', 2, 50, isWalk),
    trainShare: within('trainShare', 10, 95, isWalk),
  };
}
