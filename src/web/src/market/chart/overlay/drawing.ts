import type { PatternKind } from '../../../patterns/kinds';
import type { ChartFocus } from '../SideChart';
import { lets, type OverlayFilter } from './filter';
import { isRunning, isSame, type Overlay, type Pattern, type Signal, timeOf, uncovered } from './parts';

/** All times in UTC milliseconds; those of candles are open times, `known` and `until` are moments. */
export interface ZoneShape {
  readonly of: ChartFocus;
  readonly kind: PatternKind;
  readonly from: number;
  readonly known: number;
  /** The moment it ended; null while it lives. */
  readonly until: number | null;
  readonly top: number;
  readonly bottom: number;
  readonly body: { readonly top: number; readonly bottom: number } | null;
  readonly isUp: boolean;
  readonly isChosen: boolean;
  readonly text: string;
}

export interface LevelShape {
  readonly from: number;
  readonly to: number | null;
  readonly level: number;
  readonly stroke: 'solid' | 'dashed' | 'dotted';
  /** Null where a level has no direction of its own. */
  readonly isUp: boolean | null;
  readonly text: string;
  /** Where the text stands at the line. */
  readonly side: 'above' | 'below';
  readonly of: ChartFocus | null;
}

export interface MarkShape {
  readonly of: ChartFocus;
  readonly isSignal: boolean;
  /** The moment it was known; it stands at the candle that closed then. */
  readonly known: number;
  readonly isUp: boolean;
  readonly isAlive: boolean;
  readonly isChosen: boolean;
  readonly text: string;
}

export interface PlanShape {
  readonly from: number;
  readonly until: number | null;
  readonly entry: number;
  readonly stop: number;
  readonly targets: readonly number[];
  readonly words: { readonly entry: string; readonly stop: string };
}

/** What is to be drawn, before it is known where on the screen. */
export interface OverlayShapes {
  readonly zones: readonly ZoneShape[];
  readonly levels: readonly LevelShape[];
  readonly marks: readonly MarkShape[];
  readonly plan: PlanShape | null;
}

export const noShapes: OverlayShapes = { zones: [], levels: [], marks: [], plan: null };

/** The words on the canvas, in the reader's language. */
export interface OverlayWords {
  readonly zone: (pattern: Pattern) => string;
  readonly sweep: string;
  readonly signal: (signal: Signal) => string;
  readonly plan: PlanShape['words'];
}

/** What an overlay comes to when a filter and a choice are applied. What is chosen is drawn whatever the filter says. */
export function shapesOf(
  overlay: Overlay,
  filter: OverlayFilter,
  chosen: ChartFocus | null,
  words: OverlayWords,
): OverlayShapes {
  const open = new Set(uncovered(overlay));
  const patterns = overlay.zones.filter(
    (pattern) =>
      isSame(chosen, { pattern: pattern.id }) ||
      (open.has(pattern) &&
        lets(filter, pattern.code, { direction: pattern.direction, isActive: pattern.status === 'active' })),
  );
  const signals = overlay.signals.filter(
    (signal) =>
      isSame(chosen, { signal: signal.id }) ||
      lets(filter, 'SIGNAL', { direction: signal.direction, isActive: isRunning(signal) }),
  );
  return {
    zones: patterns.map((pattern) => zoneOf(pattern, chosen, words)),
    levels: [...structure(overlay, filter), ...equals(overlay, filter), ...sweptLevels(patterns)],
    marks: [...sweeps(patterns, chosen, words), ...signals.map((signal) => markOf(signal, chosen, words))],
    plan: planOf(overlay, chosen, signals, words.plan),
  };
}

function zoneOf(pattern: Pattern, chosen: ChartFocus | null, words: OverlayWords): ZoneShape {
  const isSweep = pattern.kind === 'liquiditySweep';
  return {
    of: { pattern: pattern.id },
    kind: pattern.kind,
    // A sweep hangs on an old level, but its zone is the wick that swept it.
    from: timeOf(isSweep ? pattern.confirmedAt : pattern.formedAt),
    known: timeOf(pattern.knownAt),
    until: pattern.endedAt === null ? null : timeOf(pattern.endedAt),
    top: pattern.zone.top,
    bottom: pattern.zone.bottom,
    body: pattern.body,
    isUp: pattern.direction === 'bullish',
    isChosen: isSame(chosen, { pattern: pattern.id }),
    text: words.zone(pattern),
  };
}

const structure = ({ structure }: Overlay, filter: OverlayFilter): LevelShape[] =>
  structure
    .filter(({ direction }) => lets(filter, 'BOS', { direction, isActive: true }))
    .map(({ code, direction, level, from, at }) => ({
      from: timeOf(from),
      to: timeOf(at),
      level,
      stroke: code === 'BOS' ? 'solid' : 'dashed',
      isUp: direction === 'bullish',
      text: `${code === 'BOS' ? 'BOS' : 'CHoCH'} ${direction === 'bullish' ? '▲' : '▼'}`,
      side: direction === 'bullish' ? 'above' : 'below',
      of: null,
    }));

const equals = ({ equalLevels }: Overlay, filter: OverlayFilter): LevelShape[] =>
  equalLevels
    .filter(({ side, sweptAt }) =>
      // Stops rest above equal highs: what takes them points down, and up below equal lows.
      lets(filter, 'EQ', { direction: side === 'highs' ? 'bearish' : 'bullish', isActive: sweptAt === null }),
    )
    .map(({ side, level, from, sweptAt }) => ({
      from: timeOf(from),
      to: sweptAt === null ? null : timeOf(sweptAt) - 1,
      level,
      stroke: 'dotted',
      isUp: null,
      text: side === 'highs' ? 'EQH' : 'EQL',
      side: side === 'highs' ? 'above' : 'below',
      of: null,
    }));

const sweptLevels = (patterns: readonly Pattern[]): LevelShape[] =>
  patterns
    .filter(({ kind }) => kind === 'liquiditySweep')
    .map(({ id, sweptLevel, zone, direction, formedAt, confirmedAt }) => ({
      from: timeOf(formedAt),
      to: timeOf(confirmedAt),
      level: sweptLevel ?? (direction === 'bullish' ? zone.top : zone.bottom),
      stroke: 'dotted',
      isUp: direction === 'bullish',
      text: '',
      side: 'above',
      of: { pattern: id },
    }));

const sweeps = (patterns: readonly Pattern[], chosen: ChartFocus | null, words: OverlayWords): MarkShape[] =>
  patterns
    .filter(({ kind }) => kind === 'liquiditySweep')
    .map((pattern) => ({
      of: { pattern: pattern.id },
      isSignal: false,
      known: timeOf(pattern.knownAt),
      isUp: pattern.direction === 'bullish',
      isAlive: pattern.status === 'active',
      isChosen: isSame(chosen, { pattern: pattern.id }),
      text: words.sweep,
    }));

const markOf = (signal: Signal, chosen: ChartFocus | null, words: OverlayWords): MarkShape => ({
  of: { signal: signal.id },
  isSignal: true,
  known: timeOf(signal.knownAt),
  isUp: signal.direction === 'bullish',
  isAlive: isRunning(signal),
  isChosen: isSame(chosen, { signal: signal.id }),
  text: words.signal(signal),
});

/** The plan of what is chosen; where nothing is, that of the newest signal that still runs. */
function planOf(
  overlay: Overlay,
  chosen: ChartFocus | null,
  signals: readonly Signal[],
  words: PlanShape['words'],
): PlanShape | null {
  const pattern = overlay.zones.find(({ id }) => isSame(chosen, { pattern: id }));
  if (pattern)
    return pattern.plan === null
      ? null
      : {
          from: timeOf(pattern.knownAt),
          until: pattern.endedAt === null ? null : timeOf(pattern.endedAt),
          entry: pattern.plan.entry,
          stop: pattern.plan.stop,
          targets: pattern.plan.targets,
          words,
        };
  const signal =
    signals.find(({ id }) => isSame(chosen, { signal: id })) ??
    (chosen === null ? signals.findLast(isRunning) : undefined);
  if (signal === undefined) return null;
  return {
    from: timeOf(signal.knownAt),
    until: signal.endedAt === null ? null : timeOf(signal.endedAt),
    entry: signal.entry,
    stop: signal.stopLoss,
    targets: signal.targets,
    words,
  };
}
