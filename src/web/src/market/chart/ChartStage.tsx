import { ChevronsRight } from 'lucide-react';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { useTexts } from '../../i18n/Texts';
import type { MarketRow } from '../board';
import { stepOf, type Timeframe } from '../timeframes';
import { CandleChart } from './CandleChart';
import css from './ChartStage.module.css';
import { ChartSummary } from './ChartSummary';
import type { CandleSeries } from './candles/series';
import type { OlderState } from './candles/useCandles';
import type { ChartView } from './drawing/ChartView';
import type { PanePlace } from './drawing/IndicatorPanes';
import { IndicatorLegend } from './indicators/IndicatorLegend';
import type { DrawnIndicator } from './indicators/lines';
import { formatUse, type Use } from './indicators/uses';
import { Legend } from './Legend';
import type { OverlayShapes } from './overlay/drawing';
import type { ChartFocus } from './SideChart';
import { StaleNotice } from './StaleNotice';
import { ToPanel } from './ToPanel';
import { useReveal } from './useReveal';

interface ChartStageProps {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly series: CandleSeries;
  readonly market: MarketRow | undefined;
  readonly heardAt: number | null;
  readonly older: OlderState;
  readonly loadOlder: () => Promise<void>;
  readonly isLogarithmic: boolean;
  readonly drawn: readonly DrawnIndicator[];
  readonly uses: readonly Use[];
  readonly unknown: readonly string[];
  readonly indicatorError: Error | null;
  readonly setUses: (uses: readonly string[]) => void;
  readonly onFirstInSight: (first: number) => void;
  readonly shapes: OverlayShapes;
  readonly chosen: ChartFocus | null;
  readonly onChoose: (chosen: ChartFocus | null) => void;
}

/** So many candles before the first known one come into reach: time to load older ones. */
const reach = 150;
const coarse = 250;

/** The chart with all that lies over it: values at the crosshair, indicators, and what is wrong. */
export function ChartStage(props: ChartStageProps) {
  const { symbol, timeframe, series, drawn, loadOlder, onFirstInSight } = props;
  const { chart: texts } = useTexts();
  const view = useRef<ChartView>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const [isAway, setAway] = useState(false);
  const [places, setPlaces] = useState<readonly PanePlace[]>([]);
  const onMove = useCallback(
    (first: number, away: boolean) => {
      setAway(away);
      onFirstInSight(Math.max(0, Math.floor(first / coarse) * coarse));
      if (first < reach) void loadOlder();
    },
    [loadOlder, onFirstInSight],
  );
  useReveal(view, props.shapes, props.chosen);
  const legend = (indicator: DrawnIndicator) => (
    <IndicatorLegend
      key={indicator.id}
      indicator={indicator}
      pointed={pointed}
      onChange={(use) => props.setUses(replaced(props.uses, indicator.id, use))}
    />
  );
  return (
    <>
      <CandleChart
        view={view}
        name={`${symbol} ${timeframe}`}
        label={texts.label(symbol, timeframe)}
        series={series}
        step={stepOf(timeframe)}
        drawn={drawn}
        shapes={props.shapes}
        onChoose={props.onChoose}
        isLogarithmic={props.isLogarithmic}
        onPoint={setPointed}
        onMove={onMove}
        onPanes={setPlaces}
      />
      <div className={css['legends']}>
        <Legend series={series} timeframe={timeframe} pointed={pointed} />
        {drawn.filter((indicator) => indicator.isOverlay).map(legend)}
        {props.unknown.length > 0 && (
          <p className={css['trouble']} role="status">
            {texts.unknownIndicators(props.unknown.join(', '))}
          </p>
        )}
        {props.indicatorError && (
          <p className={css['trouble']} role="status">
            {texts.indicatorsFailed} {props.indicatorError.message}
          </p>
        )}
      </div>
      {drawn
        .filter((indicator) => !indicator.isOverlay)
        .map((indicator) => (
          <PaneLegend key={indicator.id} top={places.find(({ id }) => id === indicator.id)?.top}>
            {legend(indicator)}
          </PaneLegend>
        ))}
      {series.shownUntil === undefined && (
        <StaleNotice market={props.market} heardAt={props.heardAt} provenance={series.provenance} />
      )}
      <Older state={props.older} retry={loadOlder} />
      {isAway && (
        <button
          type="button"
          className={css['latest']}
          title={texts.latestHint}
          onClick={() => view.current?.toLatest()}
        >
          {texts.latest}
          <ChevronsRight size={14} aria-hidden="true" />
        </button>
      )}
      {props.chosen && <ToPanel />}
      <ChartSummary series={series} />
    </>
  );
}

function replaced(uses: readonly Use[], id: string, use: Use | null): string[] {
  const next = uses
    .map(formatUse)
    .map((other) => (other === id ? (use === null ? '' : formatUse(use)) : other));
  return [...new Set(next)].filter(Boolean);
}

interface PaneLegendProps {
  readonly top: number | undefined;
  readonly children: ReactNode;
}

/** Stands at the top of its pane, once that has its place. */
function PaneLegend({ top, children }: PaneLegendProps) {
  if (top === undefined || top <= 0) return null;
  return (
    <div className={css['pane']} style={{ top: top + 4 }}>
      {children}
    </div>
  );
}

interface OlderProps {
  readonly state: OlderState;
  readonly retry: () => Promise<void>;
}

function Older({ state, retry }: OlderProps) {
  const { chart: texts, failure } = useTexts();
  return (
    <div className={css['older']} role="status">
      {state === 'loading' && <p>{texts.olderLoading}</p>}
      {state === 'failed' && (
        <p>
          {texts.olderFailed}{' '}
          <button type="button" onClick={() => void retry()}>
            {failure.retry}
          </button>
        </p>
      )}
    </div>
  );
}
