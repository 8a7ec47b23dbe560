import { useFormat } from '../../format/useFormat';
import { DataTable } from '../../parts/DataTable';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import type { Run } from '../kinds';
import { Figure } from '../runs/RunRow';
import { useLabTexts } from '../useLabTexts';
import css from './Result.module.css';
import { useWrite } from './useWrite';

/** Each stretch that parameters were chosen on, and how they did on the stretch after it. */
export function WindowsPanel({ run }: { readonly run: Run }) {
  const { result: words } = useLabTexts();
  const format = useFormat();
  const write = useWrite();
  const walk = run.walkForward;
  if (walk === null) return null;
  const day = (at: string) => at.slice(0, 10);
  return (
    <Panel
      title={words.windows}
      note={words.efficiency(walk.efficiency === null ? '–' : format.fixed(walk.efficiency, 2))}
    >
      <DataTable isTall>
        <thead>
          <tr>
            <th scope="col">{words.chosenOn}</th>
            <th scope="col">{words.triedOn}</th>
            <th scope="col">{words.parameters}</th>
            <th scope="col" className={table['number']}>
              {words.trainSharpe}
            </th>
            <th scope="col" className={table['number']}>
              {words.testSharpe}
            </th>
            <th scope="col" className={table['number']}>
              {words.measures.totalReturn.name}
            </th>
            <th scope="col" className={table['number']}>
              {words.measures.trades.name}
            </th>
          </tr>
        </thead>
        <tbody>
          {walk.windows.map((window) => (
            <tr key={window.testFrom} data-window={window.testFrom}>
              <th scope="row">
                {day(window.trainFrom)}
                <span className={table['under']}>{day(window.trainUntil)}</span>
              </th>
              <td>
                {day(window.testFrom)}
                <span className={table['under']}>{day(window.testUntil)}</span>
              </td>
              <td>
                <div className={css['windowParameters']}>
                  {Object.entries(window.parameters)
                    .map(([name, value]) => `${name} ${value}`)
                    .join(', ')}
                  {!window.wasChosen && Object.keys(window.parameters).length > 0 && (
                    <span className={table['under']}>{words.asGiven}</span>
                  )}
                </div>
              </td>
              <td className={table['number']}>{write('ratio', window.trainSharpe)}</td>
              <td className={table['number']}>{write('ratio', window.testSharpe)}</td>
              <Figure value={window.testReturn} />
              <td className={table['number']}>{format.count(window.testTrades)}</td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </Panel>
  );
}
