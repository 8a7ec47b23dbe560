import { useFormat } from '../format/useFormat';
import type { LearnTexts } from '../i18n/learn/english';
import { useTexts } from '../i18n/Texts';
import { timeframes } from '../market/timeframes';
import { DataTable } from '../parts/DataTable';
import { Panel } from '../parts/Panel';
import table from '../parts/Table.module.css';
import { DirectionMark } from '../patterns/DirectionMark';
import type { PatternKind } from '../patterns/kinds';
import { Measured } from '../patterns/Measured';
import { Locks } from '../patterns/sight/Locks';
import { Refused } from '../patterns/sight/Refused';
import { type Statistics, useStatistics } from '../patterns/useStatistics';
import css from './Learn.module.css';

interface RecordPanelProps {
  readonly kind: PatternKind;
  readonly texts: LearnTexts;
}

type Row = Statistics['rows'][number];

/** How earlier ones of a kind went, by timeframe and direction, good or bad. */
export function RecordPanel({ kind, texts: { page: texts } }: RecordPanelProps) {
  const { eye } = useTexts();
  const { data, error, refetch } = useStatistics();
  const rows = data?.rows.filter((row) => row.kind === kind).sort(byTimeframe);
  const note = [texts.measuredNote, data?.provenance ? eye.provenances[data.provenance] : null];
  return (
    <Panel title={texts.measured} note={note.filter((one) => one !== null).join(' · ')}>
      {rows === undefined ? (
        error !== null && <Refused error={error} retry={() => void refetch()} />
      ) : rows.length === 0 ? (
        <p className={css['hint']}>
          {texts.notMeasured} {texts.notMeasuredHint}
        </p>
      ) : (
        <Figures rows={rows} texts={texts} />
      )}
      {rows?.some((row) => (row.record.expectancyR ?? 0) < 0) && (
        <p className={css['hint']}>{texts.negative}</p>
      )}
      <Locks locks={data?.locks ?? []} of={['patterns.kinds']} />
    </Panel>
  );
}

interface FiguresProps {
  readonly rows: readonly Row[];
  readonly texts: LearnTexts['page'];
}

function Figures({ rows, texts }: FiguresProps) {
  const { eye } = useTexts();
  const format = useFormat();
  const signed = new Intl.NumberFormat(format.locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  });
  return (
    <DataTable>
      <thead>
        <tr>
          <th scope="col">{texts.timeframe}</th>
          <th scope="col">{texts.hit}</th>
          <th scope="col" className={`${table['number']} ${table['spare']}`}>
            {texts.fill}
          </th>
          <th scope="col" className={table['number']}>
            {texts.expectancy}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ timeframe, direction, record }) => (
          <tr key={`${timeframe} ${direction}`}>
            <th scope="row">
              <DirectionMark direction={direction} text={timeframe} />
              <span className="visually-hidden"> {eye.directions[direction]}</span>
            </th>
            <td>
              <Measured record={record} />
            </td>
            <td className={`${table['number']} ${table['spare']}`}>
              {record.fillRate === null ? '–' : format.share(Math.round(record.fillRate * 100) / 100)}
            </td>
            <td className={table['number']}>
              {record.expectancyR === null
                ? '–'
                : eye.reliability.expectancyValue(signed.format(record.expectancyR))}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

const place = (row: Row) => (timeframes as readonly string[]).indexOf(row.timeframe);
const byTimeframe = (one: Row, other: Row) =>
  place(one) - place(other) || one.direction.localeCompare(other.direction, 'en') * -1;
