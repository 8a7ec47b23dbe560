import { chartPath } from '../market/symbols';

interface Shown {
  readonly pattern?: number | null;
  readonly signal?: number | null;
}

/** The full chart, with a pattern or a signal standing out. */
export function chartAt(symbol: string, timeframe: string, { pattern, signal }: Shown = {}): string {
  const query = new URLSearchParams({ tf: timeframe });
  if (pattern != null) query.set('pattern', String(pattern));
  if (signal != null) query.set('signal', String(signal));
  return `${chartPath(symbol)}?${query}`;
}
