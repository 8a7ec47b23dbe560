import { DataTable } from '../../parts/DataTable';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import type { Judged, Run, Statistics } from '../kinds';
import { useLabTexts } from '../useLabTexts';
import { type Measure, measures, type Unit } from './measures';
import css from './Result.module.css';
import { useWrite } from './useWrite';

/** Every figure with what it says in plain words, and how far chance alone could have moved it. */
export function StatisticsPanel({ run }: { readonly run: Run }) {
  const { result: words } = useLabTexts();
  const { statistics, walkForward, honesty } = run;
  const outside = walkForward?.statistics ?? null;
  if (statistics === null && outside === null) return null;
  return (
    <Panel title={words.statistics} note={words.statisticsHint}>
      <DataTable isTall>
        <thead>
          <tr>
            <th scope="col" className={table['wide']}>
              {words.measure}
            </th>
            {outside && (
              <th scope="col" className={table['number']}>
                {words.outOfSample}
              </th>
            )}
            {statistics && (
              <th scope="col" className={table['number']}>
                {words.inSample}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {measures.map(([name, unit]) => (
            <tr key={name} data-measure={name}>
              <th scope="row" className={`${table['wide']} ${css['measure']}`}>
                {words.measures[name].name}
                <span className={table['under']}>{words.measures[name].meaning}</span>
              </th>
              {outside && (
                <Figure name={name} unit={unit} of={outside} judged={honesty?.outOfSample ?? null} />
              )}
              {statistics && (
                <Figure name={name} unit={unit} of={statistics} judged={honesty?.inSample ?? null} />
              )}
            </tr>
          ))}
        </tbody>
      </DataTable>
    </Panel>
  );
}

interface FigureProps {
  readonly name: Measure;
  readonly unit: Unit;
  readonly of: Statistics;
  readonly judged: Judged | null;
}

/** The figure, and under it the range that holds 95 of 100 such figures drawn anew. */
function Figure({ name, unit, of, judged }: FigureProps) {
  const { result: words } = useLabTexts();
  const write = useWrite();
  const range = name === 'winRate' ? of.winRateInterval : judged?.intervals.find((one) => one.name === name);
  return (
    <td className={table['number']}>
      {write(unit, of[name])}
      {range && (
        <span className={css['range']} title={words.intervalHint}>
          {write(unit, range.low)} … {write(unit, range.high)}
          {name === 'maxDrawdownRatio' && ` ${words.ofDaysEnds}`}
        </span>
      )}
    </td>
  );
}
