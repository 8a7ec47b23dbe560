import type { Schemas } from '../../../api/client';
import type { ChartFocus } from '../SideChart';

export type Overlay = Schemas['OverlayAnswer'];
export type Pattern = Schemas['PatternView'];
export type Signal = Schemas['SignalView'];

/** What an overlay is made of, by the short words that addresses use. */
export const parts = ['FVG', 'OB', 'SWEEP', 'BREAKER', 'MITIGATION', 'BOS', 'EQ', 'SIGNAL'] as const;
export type Part = (typeof parts)[number];

export const isSame = (one: ChartFocus | null | undefined, other: ChartFocus | null | undefined): boolean =>
  nameOf(one) === nameOf(other);

/** What is meant, in one word; the name of nothing is empty. */
export function nameOf(focus: ChartFocus | null | undefined): string {
  if (focus === null || focus === undefined) return '';
  return 'pattern' in focus ? `pattern ${focus.pattern}` : `signal ${focus.signal}`;
}

export const isRunning = ({ status }: Signal): boolean =>
  status === 'open' || status === 'triggered' || status === 'target';

export const timeOf = (text: string): number => Date.parse(text);

/** Those that the list shows: one that an earlier one covers is left out. */
export function uncovered({ zones, covered }: Overlay): readonly Pattern[] {
  if (covered.length === 0) return zones;
  const hidden = new Set(covered);
  return zones.filter(({ id }) => !hidden.has(id));
}
