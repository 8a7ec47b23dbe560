import type {
  AutoscaleInfo,
  IChartApiBase,
  IPrimitivePaneView,
  ISeriesApi,
  ISeriesPrimitive,
  ISeriesPrimitiveAxisView,
  Logical,
  SeriesAttachedParameter,
  Time,
} from 'lightweight-charts';
import type { Candle } from '../candles/series';
import type { Colours } from '../drawing/colours';
import type { ChartFocus } from '../SideChart';
import { CandlePlaces } from './CandlePlaces';
import { noShapes, type OverlayShapes } from './drawing';
import { paintBack, paintFront, textFont } from './paint';
import { type Axis, compose, findAt, type Scene } from './scene';

/** Patterns and signals on the canvas: zones behind the candles, lines and words before them. */
export class OverlayLayer implements ISeriesPrimitive<Time> {
  #chart: IChartApiBase<Time> | null = null;
  #series: ISeriesApi<'Candlestick'> | null = null;
  #update: () => void = () => undefined;
  #shapes: OverlayShapes = noShapes;
  #places = new CandlePlaces([], 1);
  #colours: Colours;
  #price: (value: number) => string = String;
  #scene: Scene | null = null;
  #axisViews: readonly ISeriesPrimitiveAxisView[] = [];
  readonly #views: readonly IPrimitivePaneView[];

  constructor(colours: Colours) {
    this.#colours = colours;
    this.#views = [
      this.#view('bottom', (context, scene, width) => paintBack(context, scene, this.#colours, width)),
      this.#view('top', (context, scene) => paintFront(context, scene, this.#colours)),
    ];
  }

  attached({ chart, series, requestUpdate }: SeriesAttachedParameter<Time>): void {
    this.#chart = chart;
    this.#series = series as ISeriesApi<'Candlestick'>;
    this.#update = requestUpdate;
  }

  detached(): void {
    this.#chart = null;
    this.#series = null;
  }

  show(shapes: OverlayShapes): void {
    this.#shapes = shapes;
    this.#renew();
  }

  place(candles: readonly Candle[], step: number): void {
    this.#places = new CandlePlaces(candles, step);
    this.#scene = null;
  }

  paint(colours: Colours): void {
    this.#colours = colours;
    this.#renew();
  }

  speak(price: (value: number) => string): void {
    this.#price = price;
    this.#renew();
  }

  /** What of the overlay lies under a point of the canvas. */
  at(x: number, y: number): ChartFocus | null {
    return this.#scene && findAt(this.#scene, x, y);
  }

  updateAllViews(): void {
    this.#scene = null;
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views;
  }

  priceAxisViews(): readonly ISeriesPrimitiveAxisView[] {
    return this.#axisViews;
  }

  hitTest(x: number, y: number) {
    const found = this.at(x, y);
    return found && { externalId: JSON.stringify(found), zOrder: 'top' as const, cursorStyle: 'pointer' };
  }

  /** The prices of a plan are kept in sight while its time is. */
  autoscaleInfo(from: Logical, to: Logical): AutoscaleInfo | null {
    const { plan } = this.#shapes;
    if (plan === null) return null;
    const [first, last] = [this.#places.indexOf(plan.from - 1), this.#places.indexOf(plan.until ?? Infinity)];
    if (first > to || last < from) return null;
    const prices = [plan.entry, plan.stop, ...plan.targets];
    return { priceRange: { minValue: Math.min(...prices), maxValue: Math.max(...prices) } };
  }

  #renew(): void {
    this.#scene = null;
    this.#axisViews = this.#writeAxis();
    this.#update();
  }

  #writeAxis(): ISeriesPrimitiveAxisView[] {
    const { plan } = this.#shapes;
    if (plan === null) return [];
    const { text, fall, rise, ground } = this.#colours;
    const label = (price: number, backColor: string): ISeriesPrimitiveAxisView => ({
      coordinate: () => this.#series?.priceToCoordinate(price) ?? -100,
      text: () => this.#price(price),
      textColor: () => ground,
      backColor: () => backColor,
    });
    return [
      label(plan.entry, text),
      label(plan.stop, fall),
      ...plan.targets.map((price) => label(price, rise)),
    ];
  }

  #view(
    zOrder: 'bottom' | 'top',
    paint: (context: CanvasRenderingContext2D, scene: Scene, width: number) => void,
  ): IPrimitivePaneView {
    return {
      zOrder: () => zOrder,
      renderer: () => ({
        draw: (target) =>
          target.useMediaCoordinateSpace(({ context, mediaSize }) => {
            context.font = textFont;
            const scene = this.#compose(context, mediaSize);
            if (scene) paint(context, scene, mediaSize.width);
          }),
      }),
    };
  }

  #compose(
    context: CanvasRenderingContext2D,
    size: { readonly width: number; readonly height: number },
  ): Scene | null {
    const axis = this.#axis(size);
    if (axis === null) return null;
    this.#scene ??= compose(this.#shapes, axis, (text) => context.measureText(text).width);
    return this.#scene;
  }

  #axis({ width, height }: { readonly width: number; readonly height: number }): Axis | null {
    const [scale, series, places] = [this.#chart?.timeScale(), this.#series, this.#places];
    const origin = scale?.logicalToCoordinate(0 as Logical) ?? null;
    if (scale === undefined || series === null || origin === null) return null;
    const spacing = scale.options().barSpacing;
    return {
      width,
      height,
      spacing,
      x: (time) => origin + places.indexOf(time) * spacing,
      y: (price) => series.priceToCoordinate(price) ?? -1_000,
      reach: (time) => places.at(time),
    };
  }
}
