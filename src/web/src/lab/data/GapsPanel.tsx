import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { pathOf } from '../../market/symbols';
import type { Timeframe } from '../../market/timeframes';
import { DataTable } from '../../parts/DataTable';
import { Instant } from '../../parts/Instant';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import css from '../Lab.module.css';
import { useLabTexts } from '../useLabTexts';
import type { Range } from './useRange';

interface GapsProps {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly range: Range;
}

/** How much of the range is there, and where candles are missing in it. */
export function GapsPanel({ symbol, timeframe, range }: GapsProps) {
  const { data: words } = useLabTexts();
  const format = useFormat();
  const from = range.from ?? range.closed[0]?.time ?? range.to;
  const to = Math.floor(range.to / 60_000) * 60_000;
  const query = useQuery({
    queryKey: ['coverage', symbol, timeframe, from, to],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/data/coverage', {
          params: {
            query: {
              symbol: pathOf(symbol),
              timeframe,
              from: new Date(from).toISOString(),
              to: new Date(to).toISOString(),
            },
          },
          signal,
        }),
      ),
    enabled: symbol !== '',
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded title={words.gaps} of={query}>
      {({ bars, expectedBars, share, gaps, gapCount, quarantined }) => (
        <Panel
          title={words.gaps}
          note={gapCount === 0 ? words.noGaps : words.gapCount(format.count(gapCount))}
        >
          <dl className={css['figures']}>
            <div>
              <dt>{words.there}</dt>
              <dd data-coverage={share}>
                {format.share(share)}
                <small>{words.of(format.count(bars), format.count(expectedBars))}</small>
              </dd>
            </div>
            <div title={words.quarantineHint}>
              <dt>{words.quarantined}</dt>
              <dd>{format.count(quarantined)}</dd>
            </div>
          </dl>
          {gaps.length > 0 && (
            <DataTable>
              <thead>
                <tr>
                  <th scope="col">{words.from}</th>
                  <th scope="col">{words.until}</th>
                  <th scope="col" className={table['number']}>
                    {words.missing}
                  </th>
                </tr>
              </thead>
              <tbody>
                {gaps.map((gap) => (
                  <tr key={gap.from}>
                    <th scope="row">
                      <Instant at={gap.from} />
                    </th>
                    <td>
                      <Instant at={gap.until} />
                    </td>
                    <td className={table['number']}>{format.count(gap.bars)}</td>
                  </tr>
                ))}
              </tbody>
            </DataTable>
          )}
          {gapCount > gaps.length && (
            <p className={css['wait']}>{words.longestGaps(format.count(gaps.length))}</p>
          )}
        </Panel>
      )}
    </Loaded>
  );
}
