import { CrosshairMode, type DeepPartial, LineStyle, type TimeChartOptions } from 'lightweight-charts';
import type { Colours } from './colours';

/** The chart in the colours of the page. */
export const paint = (colours: Colours): DeepPartial<TimeChartOptions> => ({
  layout: {
    background: { color: colours.ground },
    textColor: colours.muted,
    panes: { separatorColor: colours.line, separatorHoverColor: colours.lineStrong, enableResize: true },
  },
  grid: { vertLines: { color: faded(colours.line) }, horzLines: { color: faded(colours.line) } },
  crosshair: {
    mode: CrosshairMode.Normal,
    vertLine: { color: colours.muted, style: LineStyle.Dashed, labelBackgroundColor: colours.lineStrong },
    horzLine: { color: colours.muted, style: LineStyle.Dashed, labelBackgroundColor: colours.lineStrong },
  },
  rightPriceScale: { borderColor: colours.line },
  timeScale: { borderColor: colours.line },
});

export const paintCandles = ({ rise, fall }: Colours) => ({
  upColor: rise,
  borderUpColor: rise,
  wickUpColor: rise,
  downColor: fall,
  borderDownColor: fall,
  wickDownColor: fall,
});

const faded = (colour: string): string => colour.replace(/^rgb\((.*)\)$/, 'rgba($1, 0.45)');

/** What does not change with the theme. */
export const standing: DeepPartial<TimeChartOptions> = {
  autoSize: true,
  layout: {
    fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace',
    fontSize: 11,
    // Its own logo comes with a style sheet that our content policy forbids; the page carries the link.
    attributionLogo: false,
  },
  rightPriceScale: { scaleMargins: { top: 0.12, bottom: 0.22 }, minimumWidth: 72 },
  // Room for the words at the end of zones that still live.
  timeScale: { rightOffset: 13, barSpacing: 8, minBarSpacing: 0.6, timeVisible: true, secondsVisible: false },
  // A finger that moves up or down scrolls the page, not the price scale.
  handleScroll: { vertTouchDrag: false },
  kineticScroll: { touch: true, mouse: false },
};
