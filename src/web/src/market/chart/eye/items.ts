import { lets, type OverlayFilter } from '../overlay/filter';
import {
  isRunning,
  isSame,
  type Overlay,
  type Pattern,
  type Signal,
  timeOf,
  uncovered,
} from '../overlay/parts';
import type { ChartFocus } from '../SideChart';

/** A pattern or signal that can be chosen. */
export type Item =
  | { readonly of: ChartFocus; readonly known: number; readonly pattern: Pattern }
  | { readonly of: ChartFocus; readonly known: number; readonly signal: Signal };

/** All that the filter lets through, the newest first. */
export function itemsOf(overlay: Overlay, filter: OverlayFilter): Item[] {
  const patterns = uncovered(overlay)
    .filter(({ code, direction, status }) => lets(filter, code, { direction, isActive: status === 'active' }))
    .map((pattern) => ({ of: { pattern: pattern.id }, known: timeOf(pattern.knownAt), pattern }));
  const signals = overlay.signals
    .filter((signal) => lets(filter, 'SIGNAL', { ...signal, isActive: isRunning(signal) }))
    .map((signal) => ({ of: { signal: signal.id }, known: timeOf(signal.knownAt), signal }));
  return [...patterns, ...signals].sort((one, other) => other.known - one.known);
}

export const isAlive = (item: Item): boolean =>
  'pattern' in item ? item.pattern.status === 'active' : isRunning(item.signal);

/** The one after or before what is chosen; from nothing, the newest or the oldest. */
export function stepFrom(items: readonly Item[], chosen: ChartFocus | null, by: 1 | -1): ChartFocus | null {
  if (items.length === 0) return null;
  const place = items.findIndex(({ of }) => isSame(of, chosen));
  const next = place < 0 ? (by === 1 ? 0 : items.length - 1) : (place + by + items.length) % items.length;
  return items[next]?.of ?? null;
}
