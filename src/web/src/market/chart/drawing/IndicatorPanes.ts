import {
  HistogramSeries,
  type IChartApiBase,
  type IPaneApi,
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
}

/** A pane of its own takes a third of the height of the candles' pane. */
const candleShare = 3;

/** The indicators of a chart: lines over the candles, and panes below them. */
export class IndicatorPanes {
  readonly #chart: IChartApiBase<Time>;
  readonly #host: HTMLElement;
  readonly #onPlaces: (places: readonly PanePlace[]) => void;
  readonly #watch = new ResizeObserver(() => this.#tellPlaces());
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
      const series = this.#shown.get(indicator.id)?.series ?? this.#add(indicator);
      this.#shown.set(indicator.id, { indicator, series });
      indicator.lines.forEach((line, i) => {
        series[i]?.applyOptions({ color: colourOf(line, colours) });
        series[i]?.setData(
          line.points.map(([time, value]) => ({ time: (time / 1_000) as UTCTimestamp, value })),
        );
      });
    }
    this.#arrange();
  }

  paint(colours: Colours): void {
    for (const { indicator, series } of this.#shown.values())
      indicator.lines.forEach((line, i) => {
        series[i]?.applyOptions({ color: colourOf(line, colours) });
      });
  }

  #add(indicator: DrawnIndicator): ISeriesApi<'Line' | 'Histogram'>[] {
    const pane = indicator.isOverlay ? 0 : this.#chart.panes().length;
    const series = indicator.lines.map((line) => this.#addLine(line, pane));
    for (const price of indicator.levels)
      series[0]?.createPriceLine({
        price,
        color: '#8b97a6',
        lineWidth: 1,
        lineStyle: LineStyle.Dotted,
        axisLabelVisible: false,
        title: '',
      });
    return series;
  }

  #addLine({ stroke }: IndicatorLine, pane: number): ISeriesApi<'Line' | 'Histogram'> {
    const quiet = { lastValueVisible: pane > 0, priceLineVisible: false, priceFormat: figures };
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
    this.#watch.disconnect();
    const panes = this.#chart.panes();
    panes.forEach((pane, i) => {
      pane.setStretchFactor(i === 0 ? candleShare : 1);
    });
    for (const pane of panes) {
      const element = pane.getHTMLElement();
      if (element) this.#watch.observe(element);
    }
    this.#tellPlaces();
  }

  #tellPlaces(): void {
    const start = this.#host.getBoundingClientRect().top;
    const topOf = (pane: IPaneApi<Time> | undefined) =>
      (pane?.getHTMLElement()?.getBoundingClientRect().top ?? start) - start;
    this.#onPlaces(
      [...this.#shown]
        .filter(([, { indicator }]) => !indicator.isOverlay)
        .map(([id, { series }]) => ({ id, top: Math.round(topOf(series[0]?.getPane())) })),
    );
  }
}

const colourOf = ({ colour }: IndicatorLine, { lines, muted }: Colours): string =>
  lines[colour % lines.length] ?? muted;

/** Five digits say enough of a computed figure, however large or small. */
const figures = {
  type: 'custom' as const,
  minMove: 1e-12,
  formatter: (value: number) => {
    const size = Math.abs(value);
    const decimals = size === 0 ? 0 : Math.min(8, Math.max(0, 4 - Math.floor(Math.log10(size) + 1)));
    return size >= 1e7 ? value.toExponential(2) : value.toFixed(decimals);
  },
};
