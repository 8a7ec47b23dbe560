import { type KeyboardEvent, memo, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { priceDecimals } from '../../format/number';
import { useFormat } from '../../format/useFormat';
import { useTheme } from '../../preferences/store';
import css from './CandleChart.module.css';
import { type CandleSeries, lastOf } from './candles/series';
import { ChartView } from './drawing/ChartView';
import { readColours } from './drawing/colours';
import type { PanePlace } from './drawing/IndicatorPanes';
import { offsetOf } from './drawing/zone';
import type { DrawnIndicator } from './indicators/lines';
import type { OverlayShapes } from './overlay/drawing';
import type { ChartFocus } from './SideChart';
import { useAxisTexts } from './useAxisTexts';

interface CandleChartProps {
  readonly view: RefObject<ChartView | null>;
  /** Of symbol and timeframe: under another name it is another chart. */
  readonly name: string;
  readonly label: string;
  readonly series: CandleSeries;
  /** From one candle to the next, in milliseconds. */
  readonly step: number;
  readonly drawn: readonly DrawnIndicator[];
  readonly shapes: OverlayShapes;
  readonly isLogarithmic: boolean;
  readonly onPoint: (time: number | null) => void;
  readonly onMove: (first: number, isAway: boolean) => void;
  readonly onPanes: (places: readonly PanePlace[]) => void;
  readonly onChoose: (chosen: ChartFocus | null) => void;
}

/** The canvas on the page: tells it what is new and passes on what it says. */
export const CandleChart = memo(function CandleChart(props: CandleChartProps) {
  const { view, name, series, step, drawn, shapes, isLogarithmic } = props;
  const host = useRef<HTMLDivElement>(null);
  const events = useRef(props);
  useEffect(() => {
    events.current = props;
  });
  useLayoutEffect(() => {
    if (host.current === null) return;
    const made = new ChartView(host.current, readColours(host.current), {
      onPoint: (time) => events.current.onPoint(time),
      onMove: (first, isAway) => events.current.onMove(first, isAway),
      onPanes: (places) => events.current.onPanes(places),
      onChoose: (chosen) => events.current.onChoose(chosen),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.remove();
    };
  }, [view]);
  useWords(view, series);
  useColours(view, host);
  useEffect(() => view.current?.setLogarithmic(isLogarithmic), [view, isLogarithmic]);
  useEffect(() => view.current?.show(name, series, step), [view, name, series, step]);
  useEffect(() => view.current?.showOverlay(shapes), [view, shapes]);
  useEffect(() => view.current?.showIndicators(drawn), [view, drawn]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a picture that the keyboard moves.
    <div
      className={css['chart']}
      role="group"
      aria-label={props.label}
      aria-describedby="chart-summary"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys move through time.
      tabIndex={0}
      onKeyDown={(event) => steer(event, view.current)}
    >
      <div ref={host} className={css['canvas']} aria-hidden="true" />
    </div>
  );
});

function useWords(view: RefObject<ChartView | null>, series: CandleSeries): void {
  const format = useFormat();
  const { tick, moment } = useAxisTexts();
  const decimals = priceDecimals(lastOf(series)?.close ?? 0);
  useEffect(() => {
    view.current?.speak({
      price: (value) => format.fixed(value, decimals),
      figure: format.figure,
      smallestStep: 10 ** -decimals,
      moment,
      tick,
      offset: offsetOf(format.style.timeZone),
    });
  }, [view, format, decimals, tick, moment]);
}

function useColours(view: RefObject<ChartView | null>, host: RefObject<HTMLDivElement | null>): void {
  const theme = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is what the colours are read under.
  useEffect(() => {
    if (host.current) view.current?.paint(readColours(host.current));
  }, [view, host, theme]);
}

const stride = 10;

function steer(event: KeyboardEvent, view: ChartView | null): void {
  if (view === null || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'ArrowLeft') view.scroll(-stride);
  else if (event.key === 'ArrowRight') view.scroll(stride);
  else if (event.key === '+' || event.key === '=') view.zoom(1.25);
  else if (event.key === '-') view.zoom(0.8);
  else if (event.key === 'End') view.toLatest();
  else return;
  event.preventDefault();
}
