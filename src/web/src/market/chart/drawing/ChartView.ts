import {
  CandlestickSeries,
  createChartEx,
  createSeriesMarkers,
  type DeepPartial,
  HistogramSeries,
  type IChartApiBase,
  type IPriceLine,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  type LogicalRange,
  PriceScaleMode,
  type Time,
  type TimeChartOptions,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { Candle, CandleSeries } from '../candles/series';
import { changedEnd } from '../candles/series';
import type { DrawnIndicator } from '../indicators/lines';
import type { OverlayShapes } from '../overlay/drawing';
import { OverlayLayer } from '../overlay/OverlayLayer';
import type { ChartFocus } from '../SideChart';
import type { Colours } from './colours';
import { IndicatorPanes, type PanePlace } from './IndicatorPanes';
import { LocalTimeScale } from './LocalTimeScale';
import { paint, paintCandles, standing } from './options';
import type { Offset } from './zone';

export interface ChartWords {
  readonly price: (value: number) => string;
  readonly figure: (value: number) => string;
  readonly smallestStep: number;
  readonly moment: (at: Date) => string;
  /** For the axis: a year, a month, a day or a time of day, by the library's number for each. */
  readonly tick: (at: Date, kind: number) => string;
  readonly offset: Offset;
}

export interface ChartEvents {
  /** The candle under the crosshair; null when it left. */
  readonly onPoint: (time: number | null) => void;
  /** Number of the first candle in sight, and whether the newest one is out of sight. */
  readonly onMove: (first: number, isAway: boolean) => void;
  readonly onPanes: (places: readonly PanePlace[]) => void;
  /** A pattern or signal was clicked; null where none is. */
  readonly onChoose: (chosen: ChartFocus | null) => void;
}

/** An alert on the chart: its level, and the candles in which it would have told. */
export interface AlertMarks {
  readonly level: number | null;
  readonly name: string;
  /** Open times of candles, oldest first. */
  readonly moments: readonly number[];
}

/** The candle that something was bought or sold in. */
export interface DealMark {
  /** Open time of its candle, UTC milliseconds. */
  readonly time: number;
  readonly kind: 'buy' | 'sell';
  /** Whether it closed a trade, and how that ended. */
  readonly outcome: 'won' | 'lost' | null;
  readonly text: string;
}

const noMarks: AlertMarks = { level: null, name: '', moments: [] };

/** On a phone the values over the chart take more of its height. */
const narrow = 560;
const roomOnPhone = 8;
const roomForLegend = { top: 0.24, bottom: 0.2 };

/** The canvas: candles, volume and indicators of one symbol and timeframe. Knows the library; the rest of the page does not. */
export class ChartView {
  readonly #chart: IChartApiBase<Time>;
  readonly #candles: ISeriesApi<'Candlestick'>;
  readonly #volume: ISeriesApi<'Histogram'>;
  readonly #indicators: IndicatorPanes;
  readonly #overlay: OverlayLayer;
  readonly #events: ChartEvents;
  readonly #scale = new LocalTimeScale();
  #colours: Colours;
  /** Candles' room at the right of the newest one. */
  #room = standing.timeScale?.rightOffset ?? 0;
  /** Where scrolling leads to, until the chart is there. */
  #aim: number | null = null;
  #shown: readonly DrawnIndicator[] = [];
  #drawn: { name: string; series: CandleSeries } | null = null;
  #alert: AlertMarks = noMarks;
  #level: IPriceLine | null = null;
  #moments: ISeriesMarkersPluginApi<Time> | null = null;
  #deals: readonly DealMark[] = [];
  #dealMarks: ISeriesMarkersPluginApi<Time> | null = null;

  constructor(host: HTMLElement, colours: Colours, events: ChartEvents) {
    this.#colours = colours;
    this.#events = events;
    this.#chart = createChartEx(host, this.#scale, {
      ...standing,
      localization: { dateFormat: 'dd MMM yyyy' },
    });
    this.#chart.applyOptions(paint(colours));
    if (host.clientWidth < narrow) {
      this.#chart.priceScale('right').applyOptions({ scaleMargins: roomForLegend });
      this.#room = roomOnPhone;
      this.#chart.timeScale().applyOptions({ rightOffset: roomOnPhone });
    }
    this.#candles = this.#chart.addSeries(
      CandlestickSeries,
      paintCandles(colours),
    ) as ISeriesApi<'Candlestick'>;
    this.#volume = this.#chart.addSeries(HistogramSeries, {
      priceScaleId: 'volume',
      priceFormat: { type: 'volume' },
      lastValueVisible: false,
      priceLineVisible: false,
    }) as ISeriesApi<'Histogram'>;
    this.#chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
    this.#indicators = new IndicatorPanes(this.#chart, host, events.onPanes);
    this.#overlay = new OverlayLayer(colours);
    this.#candles.attachPrimitive(this.#overlay);
    this.#chart.subscribeClick(({ point, paneIndex }) => {
      if (point !== undefined && (paneIndex ?? 0) === 0) events.onChoose(this.#overlay.at(point.x, point.y));
    });
    this.#chart.subscribeCrosshairMove(({ time }) =>
      events.onPoint(time === undefined ? null : Number(time) * 1_000),
    );
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange((range) => this.#moved(range));
  }

  remove(): void {
    this.#indicators.remove();
    this.#chart.remove();
  }

  speak({ price, figure, smallestStep, moment, tick, offset }: ChartWords): void {
    this.#scale.offset = offset;
    const texts: DeepPartial<TimeChartOptions> = {
      localization: { timeFormatter: (time: Time) => moment(dateOf(time)) },
      timeScale: { tickMarkFormatter: (time: Time, kind: number) => tick(dateOf(time), kind) },
    };
    this.#chart.applyOptions(texts);
    this.#candles.applyOptions({ priceFormat: { type: 'custom', formatter: price, minMove: smallestStep } });
    this.#indicators.speak(figure);
    this.#overlay.speak(price);
    // Weights of the axis are given with the data: in another zone they are given anew.
    if (this.#drawn) this.#setAll(this.#drawn.series);
  }

  paint(colours: Colours): void {
    this.#colours = colours;
    this.#chart.applyOptions(paint(colours));
    this.#candles.applyOptions(paintCandles(colours));
    if (this.#drawn) this.#volume.setData(everything(this.#drawn.series).map((candle) => this.#bar(candle)));
    this.#indicators.show(this.#shown, colours);
    this.#overlay.paint(colours);
    if (this.#alert !== noMarks) this.showAlert(this.#alert);
    if (this.#deals.length > 0) this.showDeals(this.#deals);
  }

  /** Draws what is different: usually the last candle alone. */
  show(name: string, series: CandleSeries, step: number): void {
    const before = this.#drawn;
    this.#drawn = { name, series };
    this.#overlay.place(everything(series), step);
    if (before === null || before.name !== name) {
      this.#setAll(series);
      this.#chart.priceScale('right').applyOptions({ autoScale: true });
      this.toLatest();
    } else if (before.series.shownUntil !== series.shownUntil) this.#setAllInPlace(before.series, series);
    else if (before.series.revision !== series.revision) this.#setAll(series);
    else this.#setEnd(before.series, series);
  }

  showIndicators(drawn: readonly DrawnIndicator[]): void {
    this.#shown = drawn;
    this.#indicators.show(drawn, this.#colours);
  }

  showOverlay(shapes: OverlayShapes): void {
    this.#overlay.show(shapes);
  }

  /** A level to watch, and when it would have told. */
  showAlert(marks: AlertMarks): void {
    this.#alert = marks;
    if (this.#level) this.#candles.removePriceLine(this.#level);
    this.#level =
      marks.level === null
        ? null
        : this.#candles.createPriceLine({
            price: marks.level,
            title: marks.name,
            color: this.#colours.accent,
            lineWidth: 2,
            axisLabelVisible: true,
          });
    this.#moments ??= createSeriesMarkers(this.#candles, []);
    this.#moments.setMarkers(
      marks.moments.map((time) => ({
        time: secondsOf(time),
        position: 'aboveBar' as const,
        shape: 'arrowDown' as const,
        color: this.#colours.accent,
      })),
    );
  }

  /** Oldest first. */
  showDeals(deals: readonly DealMark[]): void {
    this.#deals = deals;
    this.#dealMarks ??= createSeriesMarkers(this.#candles, []);
    this.#dealMarks.setMarkers(
      deals.map(({ time, kind, outcome, text }) => ({
        time: secondsOf(time),
        text,
        position: kind === 'buy' ? ('belowBar' as const) : ('aboveBar' as const),
        shape:
          outcome !== null
            ? ('circle' as const)
            : kind === 'buy'
              ? ('arrowUp' as const)
              : ('arrowDown' as const),
        color:
          outcome === 'won'
            ? this.#colours.rise
            : outcome === 'lost'
              ? this.#colours.fall
              : this.#colours.accent,
      })),
    );
  }

  /** Brings a time into sight, with what came after it. */
  reveal(time: number): void {
    const scale = this.#chart.timeScale();
    const range = scale.getVisibleLogicalRange();
    const series = this.#drawn?.series;
    if (range === null || series === undefined) return;
    const all = everything(series);
    const place = all.findIndex((candle) => candle.time >= time);
    const index = place < 0 ? all.length - 1 : place;
    const width = range.to - range.from;
    if (index >= range.from + 2 && index <= range.to - 2) return;
    const from = Math.min(index - width / 4, all.length + this.#room - width);
    scale.setVisibleLogicalRange({ from, to: from + width });
  }

  setLogarithmic(isLogarithmic: boolean): void {
    const mode = isLogarithmic ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal;
    this.#chart.priceScale('right').applyOptions({ mode });
  }

  /** At once: the library's own way there is an animation that the next tick would stop. */
  toLatest(): void {
    this.#chart.timeScale().scrollToPosition(this.#room, false);
  }

  /** By candles; less than none goes to the past. */
  scroll(candles: number): void {
    const scale = this.#chart.timeScale();
    // The library moves with the next frame; keys may come faster than those.
    if (this.#aim === null) requestAnimationFrame(() => requestAnimationFrame(() => this.#forgetAim()));
    this.#aim = (this.#aim ?? scale.scrollPosition()) + candles;
    scale.scrollToPosition(this.#aim, false);
  }

  zoom(factor: number): void {
    const scale = this.#chart.timeScale();
    const spacing = Math.min(60, Math.max(0.6, scale.options().barSpacing * factor));
    scale.applyOptions({ barSpacing: spacing });
  }

  #forgetAim(): void {
    this.#aim = null;
  }

  #moved(range: LogicalRange | null): void {
    const series = this.#drawn?.series;
    if (range === null || series === undefined) return;
    const count = series.closed.length + series.open.length;
    this.#events.onMove(Math.floor(range.from), range.to < count - 1);
  }

  #setAll(series: CandleSeries): void {
    const all = everything(series);
    this.#candles.setData(all.map(stick));
    this.#volume.setData(all.map((candle) => this.#bar(candle)));
  }

  /** Candles come and go at the end while a moment of the past is chosen: the others stay where they are. */
  #setAllInPlace(before: CandleSeries, series: CandleSeries): void {
    const scale = this.#chart.timeScale();
    const range = before.closed[0]?.time === series.closed[0]?.time ? scale.getVisibleLogicalRange() : null;
    this.#setAll(series);
    const last = series.closed.length + series.open.length - 1;
    if (range === null || last < range.from + 5) this.toLatest();
    else scale.setVisibleLogicalRange(range);
  }

  #setEnd(before: CandleSeries, now: CandleSeries): void {
    const end = changedEnd(before, now);
    if (end === null) {
      this.#setAllInPlace(before, now);
      return;
    }
    for (const { candle, isOlder } of end) {
      this.#candles.update(stick(candle), isOlder);
      this.#volume.update(this.#bar(candle), isOlder);
    }
  }

  #bar({ time, open, close, volume }: Candle) {
    const color = close >= open ? this.#colours.riseVolume : this.#colours.fallVolume;
    return { time: secondsOf(time), value: volume, color };
  }
}

const everything = (series: CandleSeries): readonly Candle[] => [...series.closed, ...series.open];

const stick = ({ time, open, high, low, close }: Candle) => ({
  time: secondsOf(time),
  open,
  high,
  low,
  close,
});

const secondsOf = (time: number) => (time / 1_000) as UTCTimestamp;
const dateOf = (time: Time) => new Date(Number(time) * 1_000);
