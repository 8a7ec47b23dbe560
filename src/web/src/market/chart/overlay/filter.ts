import { type Part, parts } from './parts';

/** What the reader wants to see of what there is. */
export interface OverlayFilter {
  readonly hidden: readonly Part[];
  /** All, or only what has not ended. */
  readonly state: 'all' | 'active';
  readonly direction: 'both' | 'bullish' | 'bearish';
}

export const showAll: OverlayFilter = { hidden: [], state: 'all', direction: 'both' };

const names = ['hide', 'state', 'dir'] as const;

/** What the address says; null where it says nothing, and what was chosen last holds. */
export function parseFilter(params: URLSearchParams): OverlayFilter | null {
  if (!names.some((name) => params.has(name))) return null;
  const hidden = (params.get('hide') ?? '').split(',');
  const direction = params.get('dir');
  return {
    hidden: parts.filter((part) => hidden.includes(part)),
    state: params.get('state') === 'active' ? 'active' : 'all',
    direction: direction === 'bullish' || direction === 'bearish' ? direction : 'both',
  };
}

export function writeFilter(filter: OverlayFilter | null, params: URLSearchParams): void {
  if (filter === null || isWhole(filter)) return;
  if (filter.hidden.length > 0) params.set('hide', filter.hidden.join(','));
  if (filter.state !== 'all') params.set('state', filter.state);
  if (filter.direction !== 'both') params.set('dir', filter.direction);
}

export const isWhole = ({ hidden, state, direction }: OverlayFilter): boolean =>
  hidden.length === 0 && state === 'all' && direction === 'both';

export const togglePart = (filter: OverlayFilter, part: Part): OverlayFilter => ({
  ...filter,
  hidden: parts.filter((other) => filter.hidden.includes(other) !== (other === part)),
});

export function lets(
  filter: OverlayFilter,
  part: string,
  { direction, isActive }: { readonly direction: string; readonly isActive: boolean },
): boolean {
  return (
    !(filter.hidden as readonly string[]).includes(part) &&
    (filter.state === 'all' || isActive) &&
    (filter.direction === 'both' || filter.direction === direction)
  );
}

const storageKey = 'tidemark.chart.overlay';

export function rememberFilter(filter: OverlayFilter): void {
  const params = new URLSearchParams();
  writeFilter(filter, params);
  try {
    localStorage.setItem(storageKey, params.toString());
  } catch {
    // A browser that stores nothing still has it in the address.
  }
}

export function rememberedFilter(): OverlayFilter {
  try {
    return parseFilter(new URLSearchParams(localStorage.getItem(storageKey) ?? '')) ?? showAll;
  } catch {
    return showAll;
  }
}
