import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { Needs } from '../../accounts/session/Needs';
import { useTexts } from '../../i18n/Texts';
import { isTimeframe, stepOf, type Timeframe, timeframes } from '../../market/timeframes';
import { useMarkets } from '../../market/useMarkets';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import { PeriodChoice } from '../../records/PeriodChoice';
import { type Period, parsePeriod, writePeriod } from '../../records/period';
import { Lab } from '../Lab';
import css from '../Lab.module.css';
import { PriceChart } from '../price/PriceChart';
import { useLabTexts } from '../useLabTexts';
import { CandlePanel } from './CandlePanel';
import { CoveragePanel } from './CoveragePanel';
import { FilesPanel } from './FilesPanel';
import { GapsPanel } from './GapsPanel';
import { Origin } from './Origin';
import { StatisticsPanel } from './StatisticsPanel';
import { type Range, useRange } from './useRange';

export interface Stretch {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly period: Period;
}

const usual: Period = { since: '7d', from: '', to: '' };

/** Candles as they are stored: how many, from where, what is missing, and what they were like. */
export function DataPage() {
  const { sections } = useLabTexts();
  // Nothing is asked for before it is known who looks: the server answers accounts only.
  return <Needs title={sections.data}>{() => <Explorer />}</Needs>;
}

function Explorer() {
  const { data: words } = useLabTexts();
  const [stretch, change] = useStretch();
  const { symbol, timeframe, period } = stretch;
  const range = useRange(symbol, timeframe, period, period.to === '');
  return (
    <Lab
      section="data"
      gate="account"
      aside={range.data && <Origin of={range.data} step={stepOf(timeframe)} />}
    >
      <Choices stretch={stretch} onChange={change} />
      <div className={css['columns']}>
        <div className={css['column']}>
          <Loaded title={words.candles} of={range}>
            {(data) => (
              <>
                <ChartPanel stretch={stretch} range={data} />
                <CandlePanel key={`${symbol} ${timeframe}`} range={data} step={stepOf(timeframe)} />
              </>
            )}
          </Loaded>
        </div>
        <div className={css['column']}>
          <CoveragePanel
            symbol={symbol}
            timeframe={timeframe}
            onChoose={(next) => change({ ...stretch, timeframe: next })}
          />
          {range.data && <GapsPanel symbol={symbol} timeframe={timeframe} range={range.data} />}
          {range.data && <StatisticsPanel range={range.data} step={stepOf(timeframe)} />}
          {range.data && <FilesPanel symbol={symbol} timeframe={timeframe} range={range.data} />}
        </div>
      </div>
    </Lab>
  );
}

/** What is looked at, kept in the address. */
function useStretch(): readonly [Stretch, (stretch: Stretch) => void] {
  const [params, setParams] = useSearchParams();
  const watched = useMarkets().data?.markets[0]?.symbol ?? '';
  const asked = params.get('tf');
  const period = parsePeriod(params);
  const isUnset = period.since === '' && period.from === '' && period.to === '';
  const stretch = {
    symbol: params.get('symbol')?.replace('-', '/').toUpperCase() ?? watched,
    timeframe: isTimeframe(asked) ? asked : '1h',
    period: isUnset && !params.has('all') ? usual : period,
  };
  const change = ({ symbol, timeframe, period }: Stretch) => {
    const next = new URLSearchParams({ symbol: symbol.replace('/', '-'), tf: timeframe });
    writePeriod(period, next);
    if (period.since === '' && period.from === '' && period.to === '') next.set('all', '1');
    setParams(next, { replace: true });
  };
  return [stretch, change];
}

interface ChoicesProps {
  readonly stretch: Stretch;
  readonly onChange: (stretch: Stretch) => void;
}

function Choices({ stretch, onChange }: ChoicesProps) {
  const { pages } = useTexts();
  const { data: words } = useLabTexts();
  const watched = useMarkets().data?.markets.map((row) => row.symbol) ?? [];
  const symbols = [...new Set([...watched, stretch.symbol])].filter(Boolean).sort();
  return (
    <div className={css['tools']}>
      <select
        aria-label={pages.records.symbol}
        value={stretch.symbol}
        onChange={({ target }) => onChange({ ...stretch, symbol: target.value })}
      >
        {symbols.map((symbol) => (
          <option key={symbol}>{symbol}</option>
        ))}
      </select>
      <select
        aria-label={words.timeframe}
        value={stretch.timeframe}
        onChange={({ target }) =>
          isTimeframe(target.value) && onChange({ ...stretch, timeframe: target.value })
        }
      >
        {timeframes.map((timeframe) => (
          <option key={timeframe}>{timeframe}</option>
        ))}
      </select>
      <PeriodChoice value={stretch.period} onChange={(period) => onChange({ ...stretch, period })} />
    </div>
  );
}

function ChartPanel({ stretch, range }: { readonly stretch: Stretch; readonly range: Range }) {
  const { data: words } = useLabTexts();
  const { symbol, timeframe } = stretch;
  const name = `${symbol} ${timeframe}`;
  const series = useMemo(() => ({ ...range, revision: range.closed.length }), [range]);
  if (range.closed.length === 0) return null;
  return (
    <Panel title={name} note={range.isCut ? words.cut : undefined}>
      <div className={css['chart']}>
        <PriceChart
          name={`${name} ${range.from}`}
          label={words.chart(name)}
          series={series}
          step={stepOf(timeframe)}
        />
      </div>
    </Panel>
  );
}
