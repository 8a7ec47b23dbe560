import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Schemas } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import type { DrawnIndicator } from '../../market/chart/indicators/lines';
import { isTimeframe, stepOf, timeframes } from '../../market/timeframes';
import { useMarkets } from '../../market/useMarkets';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import { ProvenanceWord } from '../data/Origin';
import css from '../Lab.module.css';
import { PriceChart } from '../price/PriceChart';
import { useLabTexts } from '../useLabTexts';
import { standsOnPrices } from './placement';
import { type Draft, useNewest } from './usePreview';

type Preview = Schemas['PreviewAnswer'];

interface PreviewPanelProps {
  readonly draft: Draft;
  readonly preview: UseQueryResult<Preview>;
  readonly onChange: (draft: Draft) => void;
}

/** The formula's values under the candles they come from, while it is written. */
export function PreviewPanel({ draft, preview, onChange }: PreviewPanelProps) {
  const { indicators: words } = useLabTexts();
  const { symbol, timeframe } = draft;
  const candles = useNewest(symbol, timeframe);
  useFirstSymbol(draft, onChange);
  const drawn = useDrawn(preview.data, symbol, timeframe);
  const name = `${symbol} ${timeframe}`;
  return (
    <Loaded title={words.preview} of={candles}>
      {(series) => (
        <Panel
          title={words.preview}
          note={<Said preview={preview.data} />}
          action={<Choices draft={draft} onChange={onChange} />}
        >
          <div className={css['chart']} style={{ height: 480 }}>
            {series.closed.length > 0 ? (
              <PriceChart
                name={name}
                label={words.chart(name)}
                series={series}
                step={stepOf(timeframe)}
                drawn={drawn}
              />
            ) : (
              <p className={css['wait']}>{words.noCandles}</p>
            )}
          </div>
        </Panel>
      )}
    </Loaded>
  );
}

function Said({ preview }: { readonly preview: Preview | undefined }) {
  const { indicators: words } = useLabTexts();
  const format = useFormat();
  if (preview === undefined || !preview.valid) return null;
  const last = preview.last;
  return (
    <span data-preview={last ?? ''}>
      {words.now(last === null ? '–' : format.figure(last))}
      {' · '}
      {words.settles(format.count(preview.settlesAfter ?? 0))}
      {preview.source && preview.provenance && (
        <>
          {' · '}
          {preview.source} · <ProvenanceWord of={preview.provenance} />
        </>
      )}
    </span>
  );
}

function useFirstSymbol(draft: Draft, onChange: (draft: Draft) => void): void {
  const first = useMarkets().data?.markets[0]?.symbol;
  useEffect(() => {
    if (draft.symbol === '' && first !== undefined) onChange({ ...draft, symbol: first });
  }, [draft, first, onChange]);
}

function useDrawn(preview: Preview | undefined, symbol: string, timeframe: string) {
  return useMemo((): readonly DrawnIndicator[] => {
    if (!preview?.valid || !preview.times || !preview.values) return [];
    if (preview.symbol !== symbol || preview.timeframe !== timeframe) return [];
    const { times, values, closes } = preview;
    const isCondition = preview.type === 'condition';
    const isOverlay = !isCondition && standsOnPrices(values, closes ?? []);
    const points = times.flatMap((time, i) => {
      const value = values[i];
      return value === null || value === undefined ? [] : [[time, value] as const];
    });
    return [
      {
        use: { name: 'formula', values: [] },
        id: `formula ${isOverlay} ${isCondition}`,
        isOverlay,
        levels: isOverlay || isCondition ? [] : [0],
        lines: [{ output: 'value', stroke: isCondition ? 'bars' : 'line', colour: 0, points }],
      },
    ];
  }, [preview, symbol, timeframe]);
}

function Choices({ draft, onChange }: Omit<PreviewPanelProps, 'preview'>) {
  const { pages } = useTexts();
  const { data: words } = useLabTexts();
  const watched = useMarkets().data?.markets.map((row) => row.symbol) ?? [];
  const symbols = [...new Set([...watched, draft.symbol])].filter(Boolean).sort();
  return (
    <span className={css['tools']}>
      <select
        aria-label={pages.records.symbol}
        value={draft.symbol}
        onChange={({ target }) => onChange({ ...draft, symbol: target.value })}
      >
        {symbols.map((symbol) => (
          <option key={symbol}>{symbol}</option>
        ))}
      </select>
      <select
        aria-label={words.timeframe}
        value={draft.timeframe}
        onChange={({ target }) =>
          isTimeframe(target.value) && onChange({ ...draft, timeframe: target.value })
        }
      >
        {timeframes.map((timeframe) => (
          <option key={timeframe}>{timeframe}</option>
        ))}
      </select>
    </span>
  );
}
