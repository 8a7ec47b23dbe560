import {
  AreaSeries,
  createChartEx,
  type DeepPartial,
  type IChartApiBase,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type Time,
  type TimeChartOptions,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { Colours } from '../../market/chart/drawing/colours';
import { LocalTimeScale } from '../../market/chart/drawing/LocalTimeScale';
import { paint, standing } from '../../market/chart/drawing/options';
import type { Offset } from '../../market/chart/drawing/zone';

/** A line over time, by its name on the page. */
export interface Curve {
  readonly id: string;
  readonly name: string;
  /** Place among the colours of lines; null is the quiet colour of a yardstick. */
  readonly colour: number | null;
  readonly isDashed?: boolean;
  /** 0 is the upper pane, 1 the one below it. */
  readonly pane: 0 | 1;
  /** Milliseconds and value, oldest first. */
  readonly points: readonly (readonly [time: number, value: number])[];
}

export interface CurveWords {
  readonly value: (pane: 0 | 1, value: number) => string;
  readonly moment: (at: Date) => string;
  readonly tick: (at: Date, kind: number) => string;
  readonly offset: Offset;
}

type Series = ISeriesApi<'Line'> | ISeriesApi<'Area'>;

const upperShare = 3;

/** The canvas of curves: money above, how far it fell below. */
export class CurveView {
  readonly #chart: IChartApiBase<Time>;
  readonly #scale = new LocalTimeScale();
  readonly #series = new Map<string, Series>();
  #colours: Colours;
  #curves: readonly Curve[] = [];
  #words: CurveWords | null = null;

  constructor(host: HTMLElement, colours: Colours, onPoint: (time: number | null) => void) {
    this.#colours = colours;
    this.#chart = createChartEx(host, this.#scale, {
      ...standing,
      rightPriceScale: { scaleMargins: { top: 0.08, bottom: 0.08 }, minimumWidth: 72 },
      timeScale: { ...standing.timeScale, rightOffset: 0, minBarSpacing: 0.001 },
    });
    this.#chart.applyOptions(paint(colours));
    this.#chart.subscribeCrosshairMove(({ time }) =>
      onPoint(time === undefined ? null : Number(time) * 1_000),
    );
  }

  remove(): void {
    this.#chart.remove();
  }

  speak(words: CurveWords): void {
    this.#words = words;
    this.#scale.offset = words.offset;
    const texts: DeepPartial<TimeChartOptions> = {
      localization: { timeFormatter: (time: Time) => words.moment(dateOf(time)) },
      timeScale: { tickMarkFormatter: (time: Time, kind: number) => words.tick(dateOf(time), kind) },
    };
    this.#chart.applyOptions(texts);
    this.show(this.#curves);
  }

  paint(colours: Colours): void {
    this.#colours = colours;
    this.#chart.applyOptions(paint(colours));
    for (const curve of this.#curves) this.#series.get(curve.id)?.applyOptions(this.#dress(curve));
  }

  show(curves: readonly Curve[]): void {
    const isOther = curves.map(idOf).join() !== this.#curves.map(idOf).join();
    const wanted = new Set(curves.map(idOf));
    for (const [id, series] of this.#series) {
      if (wanted.has(id)) continue;
      this.#chart.removeSeries(series);
      this.#series.delete(id);
    }
    this.#curves = curves;
    for (const curve of curves) {
      const series = this.#series.get(curve.id) ?? this.#add(curve);
      series.applyOptions(this.#dress(curve));
      series.setData(curve.points.map(([time, value]) => ({ time: (time / 1_000) as UTCTimestamp, value })));
    }
    const [upper, lower] = this.#chart.panes();
    if (lower !== undefined) {
      upper?.setStretchFactor(upperShare);
      lower.setStretchFactor(1);
    }
    if (isOther) this.#chart.timeScale().fitContent();
  }

  fit(): void {
    this.#chart.timeScale().fitContent();
  }

  scroll(share: number): void {
    const scale = this.#chart.timeScale();
    const range = scale.getVisibleLogicalRange();
    if (range === null) return;
    const by = (range.to - range.from) * share;
    scale.setVisibleLogicalRange({ from: range.from + by, to: range.to + by });
  }

  zoom(factor: number): void {
    const scale = this.#chart.timeScale();
    const range = scale.getVisibleLogicalRange();
    if (range === null) return;
    const half = (range.to - range.from) / factor / 2;
    const middle = (range.to + range.from) / 2;
    scale.setVisibleLogicalRange({ from: middle - half, to: middle + half });
  }

  #add({ id, pane }: Curve): Series {
    const kind = pane === 0 ? LineSeries : AreaSeries;
    const made = this.#chart.addSeries(kind, {}, pane) as Series;
    this.#series.set(id, made);
    return made;
  }

  #dress({ colour, isDashed = false, pane }: Curve) {
    const stroke = this.#colourOf(colour);
    return {
      ...(pane === 0
        ? { color: stroke }
        : {
            lineColor: stroke,
            topColor: faint(stroke, 0.02),
            bottomColor: faint(stroke, 0.22),
            invertFilledArea: true,
          }),
      lineWidth: (pane === 0 && colour !== null ? 2 : 1) as 1 | 2,
      lineStyle: isDashed ? LineStyle.Dashed : LineStyle.Solid,
      priceLineVisible: false,
      lastValueVisible: false,
      crosshairMarkerRadius: 3,
      priceFormat: {
        type: 'custom' as const,
        minMove: 1e-9,
        formatter: (value: number) => this.#words?.value(pane, value) ?? String(value),
      },
    };
  }

  #colourOf(colour: number | null): string {
    const { lines, muted } = this.#colours;
    return colour === null ? muted : (lines[colour % lines.length] ?? muted);
  }
}

const idOf = ({ id }: Curve) => id;
const dateOf = (time: Time) => new Date(Number(time) * 1_000);
const faint = (colour: string, share: number): string =>
  colour.replace(/^rgb\((.*)\)$/, `rgba($1, ${share})`);
