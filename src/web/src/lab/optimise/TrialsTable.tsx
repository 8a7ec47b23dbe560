import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { api, unwrapPage } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { DataTable } from '../../parts/DataTable';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import { More } from '../../records/More';
import { againPath, labKey, type Optimisation, type Run } from '../kinds';
import lab from '../Lab.module.css';
import { useWrite } from '../result/useWrite';
import { Figure } from '../runs/RunRow';
import { useLabTexts } from '../useLabTexts';
import { type TrialMeasure, trialMeasureOf, trialMeasures } from './trialMeasures';
import { useMeasureNames } from './useMeasureNames';

interface TrialsTableProps {
  readonly run: Run;
  readonly of: Optimisation;
}

/** Every combination that was tried, best first by any measure. */
export function TrialsTable({ run, of }: TrialsTableProps) {
  const { optimiser: words, result, pager } = useLabTexts();
  const format = useFormat();
  const write = useWrite();
  const [order, setOrder] = useState<TrialMeasure>('score');
  const measureNames = useMeasureNames();
  const names = of.parameters.map(({ name }) => name);
  const query = useInfiniteQuery({
    queryKey: [...labKey, 'trials of', run.backtestId, order],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 25, order, ...(pageParam === null ? {} : { cursor: pageParam }) };
      const path = { id: run.backtestId };
      return unwrapPage(api.GET('/api/v1/backtest/runs/{id}/trials', { params: { path, query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Loaded title={words.trials} of={query}>
      {({ pages }) => {
        const trials = pages.flatMap((page) => page.items);
        return (
          <Panel
            title={words.trials}
            action={
              <span className={lab['tools']}>
                <select
                  aria-label={words.orderBy}
                  value={order}
                  onChange={({ target }) => setOrder(trialMeasureOf(target.value))}
                >
                  {trialMeasures.map(([one]) => (
                    <option key={one} value={one}>
                      {measureNames[one]}
                    </option>
                  ))}
                </select>
              </span>
            }
          >
            <DataTable>
              <thead>
                <tr>
                  {names.map((name) => (
                    <th key={name} scope="col" className={table['number']}>
                      {name}
                    </th>
                  ))}
                  <th scope="col" className={table['number']}>
                    {result.measures.totalReturn.name}
                  </th>
                  <th scope="col" className={table['number']}>
                    {result.measures.sharpeRatio.name}
                  </th>
                  <th scope="col" className={`${table['number']} ${table['spare']}`}>
                    {result.measures.maxDrawdownRatio.name}
                  </th>
                  <th scope="col" className={`${table['number']} ${table['spare']}`}>
                    {result.measures.profitFactor.name}
                  </th>
                  <th scope="col" className={table['number']}>
                    {result.measures.trades.name}
                  </th>
                  <th scope="col">
                    <span className="visually-hidden">{words.openAsRun}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {trials.map((trial) => {
                  const said = names.map((name) => `${name} ${trial.parameters[name]}`).join(', ');
                  return (
                    <tr key={trial.rank} data-trial={trial.rank}>
                      {names.map((name) => (
                        <td key={name} className={table['number']}>
                          {trial.parameters[name]}
                        </td>
                      ))}
                      <Figure value={trial.totalReturn} />
                      <td className={table['number']}>{write('ratio', trial.sharpeRatio)}</td>
                      <td className={`${table['number']} ${table['spare']}`}>
                        {write('loss', trial.maxDrawdownRatio)}
                      </td>
                      <td className={`${table['number']} ${table['spare']}`}>
                        {write('ratio', trial.profitFactor)}
                      </td>
                      <td className={table['number']}>{format.count(trial.totalTrades)}</td>
                      <td>
                        <Link
                          href={againPath('/backtest', run.backtestId, trial.parameters)}
                          aria-label={words.openOf(said)}
                        >
                          {words.open}
                        </Link>
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </DataTable>
            <More of={query} shown={trials.length} label={pager.more} />
          </Panel>
        );
      }}
    </Loaded>
  );
}
