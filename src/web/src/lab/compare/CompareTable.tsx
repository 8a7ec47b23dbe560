import { Link } from 'wouter';
import { DataTable } from '../../parts/DataTable';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import { cssColour } from '../curves/cssColour';
import { judgedOf, type Run, runPath } from '../kinds';
import { measures } from '../result/measures';
import { useWrite } from '../result/useWrite';
import { useLabTexts } from '../useLabTexts';
import css from './Compare.module.css';
import { nameOf } from './nameOf';

/** Figures of each run beside each other: what it did on unseen data first. */
export function CompareTable({ runs }: { readonly runs: readonly Run[] }) {
  const { compare: words, result } = useLabTexts();
  const write = useWrite();
  const rows = [
    [words.outReturn, (run: Run) => write('change', run.walkForward?.statistics?.totalReturn)],
    [words.outSharpe, (run: Run) => write('ratio', run.walkForward?.statistics?.sharpeRatio)],
    [
      result.evidence.deflated,
      (run: Run) => write('ratio', run.honesty && judgedOf(run.honesty).deflatedSharpe),
    ],
    ...measures.map(
      ([name, unit]) =>
        [result.measures[name].name, (run: Run) => write(unit, run.statistics?.[name])] as const,
    ),
  ] as const;
  return (
    <Panel title={words.figures} note={words.figuresHint}>
      <DataTable>
        <thead>
          <tr>
            <th scope="col" className={table['wide']}>
              {result.measure}
            </th>
            {runs.map((run, i) => (
              <th key={run.backtestId} scope="col" className={table['number']}>
                <i className={css['mark']} style={{ background: cssColour(i) }} />
                <Link href={runPath(run.backtestId)}>{nameOf(run)}</Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, say]) => (
            <tr key={name}>
              <th scope="row" className={table['wide']}>
                {name}
              </th>
              {runs.map((run) => (
                <td key={run.backtestId} className={table['number']}>
                  {say(run)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </DataTable>
    </Panel>
  );
}
