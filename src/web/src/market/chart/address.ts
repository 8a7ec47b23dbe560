import { isTimeframe, type Timeframe } from '../timeframes';
import { type OverlayFilter, parseFilter, writeFilter } from './overlay/filter';
import type { ChartFocus } from './SideChart';

/** What the address says about the chart. */
export interface ChartAddress {
  readonly timeframe: Timeframe;
  readonly uses: readonly string[];
  readonly isLogarithmic: boolean;
  /** Null where the address says nothing about it. */
  readonly filter: OverlayFilter | null;
  /** The pattern or signal that is explained. */
  readonly chosen: ChartFocus | null;
  /** The moment that is shown, UTC milliseconds; null is now. */
  readonly moment: number | null;
}

const standard: Timeframe = '15m';

export function parseAddress(params: URLSearchParams): ChartAddress {
  const timeframe = params.get('tf');
  return {
    timeframe: isTimeframe(timeframe) ? timeframe : standard,
    uses: params.getAll('use'),
    isLogarithmic: params.get('scale') === 'log',
    filter: parseFilter(params),
    chosen: parseChosen(params),
    moment: parseMoment(params.get('at')),
  };
}

export function writeAddress(address: ChartAddress): URLSearchParams {
  const { timeframe, uses, isLogarithmic, filter, chosen, moment } = address;
  const params = new URLSearchParams({ tf: timeframe });
  for (const use of uses) params.append('use', use);
  if (isLogarithmic) params.set('scale', 'log');
  writeFilter(filter, params);
  if (chosen) for (const [kind, id] of Object.entries(chosen)) params.set(kind, String(id));
  if (moment !== null) params.set('at', new Date(moment).toISOString().replace('.000', ''));
  return params;
}

function parseChosen(params: URLSearchParams): ChartFocus | null {
  const [pattern, signal] = [params.get('pattern'), params.get('signal')];
  if (isId(pattern)) return { pattern: Number(pattern) };
  return isId(signal) ? { signal: Number(signal) } : null;
}

const isId = (text: string | null): boolean => text !== null && /^\d{1,15}$/.test(text);

function parseMoment(text: string | null): number | null {
  const moment = Date.parse(text ?? '');
  return Number.isFinite(moment) ? moment : null;
}
