import { type Overlay, type Pattern, type Signal, timeOf } from './parts';

/** Takes away what was not known at a moment, until the server has answered for that moment itself. */
export function knownAt(overlay: Overlay, moment: number | null): Overlay {
  if (moment === null) return overlay;
  const was = ({ knownAt }: { readonly knownAt: string }) => timeOf(knownAt) <= moment;
  return {
    ...overlay,
    zones: overlay.zones.filter(was).map((pattern) => patternAt(pattern, moment)),
    swings: overlay.swings.filter(was),
    structure: overlay.structure.filter(was),
    equalLevels: overlay.equalLevels
      .filter(was)
      .map((pair) => ({ ...pair, sweptAt: before(pair.sweptAt, moment) })),
    signals: overlay.signals.filter(was).map((signal) => signalAt(signal, moment)),
  };
}

function patternAt(pattern: Pattern, moment: number): Pattern {
  if (before(pattern.endedAt, moment) !== null) return pattern;
  return {
    ...pattern,
    status: 'active',
    endedAt: null,
    endReason: null,
    touchedAt: before(pattern.touchedAt, moment),
    filledAt: before(pattern.filledAt, moment),
  };
}

/** Targets on the way are told by the server alone, as are those of a signal that still runs. */
function signalAt(signal: Signal, moment: number): Signal {
  if (before(signal.endedAt, moment) !== null) return signal;
  const triggeredAt = before(signal.triggeredAt, moment);
  return {
    ...signal,
    status: triggeredAt === null ? 'open' : 'triggered',
    triggeredAt,
    targetsHit: 0,
    endedAt: null,
    outcomeR: null,
    isAmbiguous: false,
  };
}

const before = (at: string | null, moment: number): string | null =>
  at !== null && timeOf(at) <= moment ? at : null;

/** A pattern as the stream told it, put into what is known: new ones at the end, others where they were. */
export function withPattern(overlay: Overlay, pattern: Pattern, isCovered: boolean): Overlay {
  const covered = overlay.covered.filter((id) => id !== pattern.id);
  return {
    ...overlay,
    zones: put(overlay.zones, pattern),
    covered: isCovered ? [...covered, pattern.id] : covered,
  };
}

export function withSignal(overlay: Overlay, signal: Signal): Overlay {
  return { ...overlay, signals: put(overlay.signals, signal) };
}

function put<T extends { readonly id: number }>(all: T[], one: T): T[] {
  const place = all.findIndex(({ id }) => id === one.id);
  return place < 0 ? [...all, one] : all.with(place, one);
}
