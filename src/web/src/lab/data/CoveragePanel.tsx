import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../api/client';
import { formatUtc } from '../../format/time';
import { useFormat } from '../../format/useFormat';
import { useServerNow } from '../../live/live';
import { pathOf } from '../../market/symbols';
import { isTimeframe, type Timeframe } from '../../market/timeframes';
import { Ago } from '../../parts/Ago';
import { DataTable } from '../../parts/DataTable';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import records from '../../records/Records.module.css';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';

interface CoverageProps {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly onChoose: (timeframe: Timeframe) => void;
}

/** What is stored of a symbol, timeframe by timeframe, and how far it can be trusted. */
export function CoveragePanel({ symbol, timeframe, onChoose }: CoverageProps) {
  const { data: words } = useLabTexts();
  const now = useServerNow();
  const query = useQuery({
    queryKey: ['quality', symbol],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/data-quality', { params: { query: { symbol: pathOf(symbol) } }, signal })),
    enabled: symbol !== '',
    staleTime: 30_000,
  });
  return (
    <Loaded title={words.coverage} of={query}>
      {(series) => {
        const checked = series.find((one) => one.timeframe === timeframe)?.verifiedAt ?? null;
        return (
          <Panel
            title={words.coverage}
            note={
              checked && (
                <>
                  {words.checked} <Ago at={checked} now={now} />
                </>
              )
            }
          >
            <div className={records['dense']}>
              <DataTable>
                <thead>
                  <tr>
                    <th scope="col">{words.timeframe}</th>
                    <th scope="col" className={table['number']}>
                      {words.candles}
                    </th>
                    <th scope="col" className={table['number']}>
                      {words.missing}
                    </th>
                    <th scope="col" className={table['number']} title={words.quarantineHint}>
                      {words.quarantined}
                    </th>
                    <th scope="col" className={table['number']} title={words.scoreHint}>
                      {words.score}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {series.map((one) => (
                    <SeriesRow
                      key={`${one.source} ${one.timeframe}`}
                      of={one}
                      isChosen={one.timeframe === timeframe}
                      onChoose={onChoose}
                    />
                  ))}
                </tbody>
              </DataTable>
            </div>
            {series.length === 0 && <p className={css['wait']}>{words.noSeries}</p>}
          </Panel>
        );
      }}
    </Loaded>
  );
}

interface SeriesRowProps {
  readonly of: Schemas['SeriesQuality'];
  readonly isChosen: boolean;
  readonly onChoose: (timeframe: Timeframe) => void;
}

function SeriesRow({ of, isChosen, onChoose }: SeriesRowProps) {
  const { data: words } = useLabTexts();
  const format = useFormat();
  const { timeframe, firstOpen, lastOpen } = of;
  const span =
    firstOpen === null || lastOpen === null
      ? words.noSeries
      : words.span(formatUtc(new Date(firstOpen)), formatUtc(new Date(lastOpen)));
  return (
    <tr className={records['row']} data-chosen={isChosen || undefined} title={`${of.source} · ${span}`}>
      <th scope="row">
        <button
          type="button"
          className={records['pick']}
          aria-pressed={isChosen}
          onClick={() => isTimeframe(timeframe) && onChoose(timeframe)}
        >
          {timeframe}
        </button>
      </th>
      <td className={table['number']}>{format.count(of.candles)}</td>
      <td className={table['number']} title={words.knownMissing(format.count(of.knownMissing))}>
        {format.count(of.missing)}
      </td>
      <td className={table['number']}>{format.count(of.quarantined)}</td>
      <td className={table['number']}>{of.score === null ? '–' : format.share(of.score / 100)}</td>
    </tr>
  );
}
