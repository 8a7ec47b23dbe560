import type { Candle } from '../candles/series';
import { isShown, levelsOf, type Stroke, strokeOf } from './outputs';
import type { IndicatorAnswer } from './useIndicators';
import { formatUse, parseUse, type Use } from './uses';

export interface IndicatorLine {
  readonly output: string;
  readonly stroke: Stroke;
  /** Place of its colour; no two lines of a chart share one before all are used. */
  readonly colour: number;
  /** Open time in milliseconds and value, oldest first; nothing where it is not defined. */
  readonly points: readonly (readonly [time: number, value: number])[];
}

/** An indicator of the chart with what it draws. */
export interface DrawnIndicator {
  readonly use: Use;
  readonly id: string;
  readonly isOverlay: boolean;
  readonly levels: readonly number[];
  readonly lines: readonly IndicatorLine[];
}

/** What the chart draws of an answer, in the order of the address. */
export function drawnOf(
  uses: readonly Use[],
  answer: IndicatorAnswer | undefined,
  candles: readonly Candle[] | undefined,
  step: number,
  moment: number | null,
): DrawnIndicator[] {
  if (answer === undefined || candles === undefined) return [];
  // What a later candle says is not known yet, even where it is drawn further back.
  const known = moment === null ? answer.times.length : countUntil(answer.times, moment - step);
  const times = answer.times.slice(0, known);
  let colour = 0;
  return uses.flatMap((use) => {
    const id = formatUse(use);
    const values = answer.indicators.find((one) => normal(one.use) === id);
    if (values === undefined) return [];
    const shown = values.outputs.filter(({ name }) => isShown(use.name, name));
    return [
      {
        use,
        id,
        isOverlay: values.placement === 'overlay',
        levels: levelsOf(use.name),
        lines: shown.map((output) => ({
          output: output.name,
          stroke: strokeOf(use.name, output.name),
          colour: strokeOf(use.name, output.name) === 'bars' ? colour : colour++,
          points:
            strokeOf(use.name, output.name) === 'marks'
              ? marks(times, output.values, candles)
              : points(times, output.values.slice(0, known), output.shift, step),
        })),
      },
    ];
  });
}

const countUntil = (times: readonly number[], time: number): number => {
  const beyond = times.findIndex((one) => one > time);
  return beyond < 0 ? times.length : beyond;
};

function normal(text: string): string {
  const use = parseUse(text);
  return use === null ? text : formatUse(use);
}

function points(times: readonly number[], values: readonly (number | null)[], shift: number, step: number) {
  const end = times.at(-1) ?? 0;
  return values.flatMap((value, i): [number, number][] => {
    if (value === null) return [];
    const place = i + shift;
    if (place < 0) return [];
    // Drawn ahead of the last candle, a value stands where that candle will open.
    return [[times[place] ?? end + (place - times.length + 1) * step, value]];
  });
}

/** A candle that fits stands out by a dot at its high. */
function marks(times: readonly number[], values: readonly (number | null)[], candles: readonly Candle[]) {
  const fitting = new Set(times.filter((_, i) => values[i]));
  return candles.filter(({ time }) => fitting.has(time)).map(({ time, high }) => [time, high] as const);
}
