import {
  HistogramSeries,
  type IChartApiBase,
  type IPaneApi,
  type IPriceLine,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { DrawnIndicator, IndicatorLine } from '../indicators/lines';
import type { Colours } from './colours';

/** Where an indicator's pane begins, in pixels from the top of the chart. */
export interface PanePlace {
  readonly id: string;
  readonly top: number;
}

interface Shown {
  readonly indicator: DrawnIndicator;
  readonly series: readonly ISeriesApi<'Line' | 'Histogram'>[];
  readonly levels: readonly IPriceLine[];
}

interface Figures {
  readonly type: 'custom';
  readonly minMove: number;
  readonly formatter: (value: number) => string;
}

/** A pane of its own takes a third of the height of the candles' pane. */
const candleShare = 3;

/** The indicators of a chart: lines over the candles, and panes below them. */
export class IndicatorPanes {
  readonly #chart: IChartApiBase<Time>;
  readonly #host: HTMLElement;
  readonly #onPlaces: (places: readonly PanePlace[]) => void;
  #figures: Figures = { type: 'custom', minMove: 1e-12, formatter: String };
  readonly #watch = new ResizeObserver(() => this.#tellPlaces());
  #told = '[]';
  #panes = 1;
  #shown = new Map<string, Shown>();

  constructor(
    chart: IChartApiBase<Time>,
    host: HTMLElement,
    onPlaces: (places: readonly PanePlace[]) => void,
  ) {
    this.#chart = chart;
    this.#host = host;
    this.#onPlaces = onPlaces;
  }

  remove(): void {
    this.#watch.disconnect();
  }

  show(drawn: readonly DrawnIndicator[], colours: Colours): void {
    const wanted = new Set(drawn.map(({ id }) => id));
    for (const [id, { series }] of this.#shown) {
      if (wanted.has(id)) continue;
      for (const line of series) this.#chart.removeSeries(line);
      this.#shown.delete(id);
    }
    for (const indicator of drawn) {
      const known = this.#shown.get(indicator.id) ?? this.#add(indicator);
      this.#shown.set(indicator.id, { ...known, indicator });
      indicator.lines.forEach((line, i) => {
        known.series[i]?.setData(line.points.map(([time, value]) => bar(line, time, value, colours)));
      });
    }
    this.#paint(colours);
    this.#arrange();
    this.#tellPlaces();
  }

  #paint(colours: Colours): void {
    for (const { indicator, series, levels } of this.#shown.values()) {
      indicator.lines.forEach((line, i) => {
        series[i]?.applyOptions({ color: colourOf(line, colours) });
      });
      for (const level of levels) level.applyOptions({ color: colours.muted });
    }
  }

  /** How computed figures are written on the axis. */
  speak(formatter: (value: number) => string): void {
    this.#figures = { ...this.#figures, formatter };
    for (const { series } of this.#shown.values())
      for (const line of series) line.applyOptions({ priceFormat: this.#figures });
  }

  #add(indicator: DrawnIndicator): Shown {
    const pane = indicator.isOverlay ? 0 : this.#chart.panes().length;
    const series = indicator.lines.map((line) => this.#addLine(line, pane));
    const levels = indicator.levels.flatMap((price) => series[0]?.createPriceLine(levelAt(price)) ?? []);
    return { indicator, series, levels };
  }

  #addLine({ stroke }: IndicatorLine, pane: number): ISeriesApi<'Line' | 'Histogram'> {
    const quiet = { lastValueVisible: pane > 0, priceLineVisible: false, priceFormat: this.#figures };
    if (stroke === 'bars')
      return this.#chart.addSeries(HistogramSeries, quiet, pane) as ISeriesApi<'Histogram'>;
    const hasLine = stroke === 'line';
    return this.#chart.addSeries(
      LineSeries,
      {
        ...quiet,
        lineWidth: 2,
        lineVisible: hasLine,
        pointMarkersVisible: !hasLine,
        pointMarkersRadius: 2,
        crosshairMarkerVisible: hasLine,
        crosshairMarkerRadius: 3,
      },
      pane,
    ) as ISeriesApi<'Line'>;
  }

  #arrange(): void {
    const panes = this.#chart.panes();
    if (panes.length === this.#panes) return;
    this.#panes = panes.length;
    this.#watch.disconnect();
    panes.forEach((pane, i) => {
      pane.setStretchFactor(i === 0 ? candleShare : 1);
    });
    for (const pane of panes) {
      const element = pane.getHTMLElement();
      if (element) this.#watch.observe(element);
    }
  }

  #tellPlaces(): void {
    const start = this.#host.getBoundingClientRect().top;
    const topOf = (pane: IPaneApi<Time> | undefined) =>
      (pane?.getHTMLElement()?.getBoundingClientRect().top ?? start) - start;
    const places = [...this.#shown]
      .filter(([, { indicator }]) => !indicator.isOverlay)
      .map(([id, { series }]) => ({ id, top: Math.round(topOf(series[0]?.getPane())) }));
    const told = JSON.stringify(places);
    if (told === this.#told) return;
    this.#told = told;
    this.#onPlaces(places);
  }
}

const levelAt = (price: number) => ({
  price,
  color: '',
  lineWidth: 1 as const,
  lineStyle: LineStyle.Dotted,
  axisLabelVisible: false,
  title: '',
});

/** Bars go up and down: their side of zero has its own colour. */
function bar({ stroke }: IndicatorLine, time: number, value: number, { riseVolume, fallVolume }: Colours) {
  const point = { time: (time / 1_000) as UTCTimestamp, value };
  return stroke === 'bars' ? { ...point, color: value >= 0 ? riseVolume : fallVolume } : point;
}

const colourOf = ({ colour }: IndicatorLine, { lines, muted }: Colours): string =>
  lines[colour % lines.length] ?? muted;
