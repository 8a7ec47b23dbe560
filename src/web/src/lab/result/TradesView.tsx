import { useMemo, useState } from 'react';
import { useFormat } from '../../format/useFormat';
import { isTimeframe, stepOf, type Timeframe } from '../../market/timeframes';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import { Segmented } from '../../parts/Segmented';
import type { Run, RunTrade } from '../kinds';
import lab from '../Lab.module.css';
import { PriceChart } from '../price/PriceChart';
import { useLabTexts } from '../useLabTexts';
import css from './Result.module.css';
import { TradeTable } from './TradeTable';
import { dealsOf } from './tradeList';
import { useAround } from './useAround';
import type { EquityKind } from './useEquity';
import { mostListed, useTrades } from './useTrades';

/** Every trade where it happened: on the chart, and in a table that leads there. */
export function TradesView({ run }: { readonly run: Run }) {
  const { result: words } = useLabTexts();
  const format = useFormat();
  const hasWalk = run.walkForward !== null;
  const [curve, setCurve] = useState<EquityKind>(hasWalk ? 'outOfSample' : 'run');
  const query = useTrades(run.backtestId, curve);
  const [chosen, setChosen] = useState<number | null>(null);
  return (
    <>
      {hasWalk && (
        <div className={css['views']}>
          <Segmented
            label={words.record}
            value={curve}
            choices={[
              ['outOfSample', words.curves.outOfSample],
              ['run', words.curves.inSample],
            ]}
            onChange={setCurve}
          />
        </div>
      )}
      <Loaded title={words.views.trades} of={query}>
        {({ trades, isCut }) => {
          const shown = trades.find(({ number }) => number === chosen) ?? trades.at(-1);
          return (
            <>
              <TradeChart run={run} trades={trades} shown={shown} />
              <TradeTable trades={trades} chosen={shown?.number ?? null} onChoose={setChosen} />
              {isCut && <p className={lab['text']}>{words.tradesCut(format.count(mostListed))}</p>}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

interface TradeChartProps {
  readonly run: Run;
  readonly trades: readonly RunTrade[];
  readonly shown: RunTrade | undefined;
}

function TradeChart({ run, trades, shown }: TradeChartProps) {
  const { result: words } = useLabTexts();
  const timeframe: Timeframe = isTimeframe(run.timeframe) ? run.timeframe : '1h';
  const symbol = shown?.symbol ?? run.symbols[0] ?? '';
  const step = stepOf(timeframe);
  const focus = shown ? Math.floor(Date.parse(shown.entryAt) / step) * step : Date.parse(run.until) - step;
  const candles = useAround(symbol, timeframe, focus, run.source);
  const series = candles.data;
  const deals = useMemo(() => {
    const [first, last] = [series?.closed[0], series?.closed.at(-1)];
    if (first === undefined || last === undefined) return [];
    return dealsOf(
      trades.filter((trade) => trade.symbol === symbol),
      step,
      first.time,
      last.time,
    );
  }, [series, trades, symbol, step]);
  return (
    <Panel title={words.onChart(symbol, timeframe)} note={words.chartLegend}>
      <div className={lab['chart']} style={{ height: 420 }}>
        {series && series.closed.length > 0 ? (
          <PriceChart
            name={`${symbol} ${timeframe}`}
            label={words.onChart(symbol, timeframe)}
            series={series}
            step={step}
            deals={deals}
            focus={focus}
          />
        ) : (
          <p className={lab['wait']}>{candles.error ? words.noCandles : words.loadingCandles}</p>
        )}
      </div>
    </Panel>
  );
}
