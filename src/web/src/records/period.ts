/** A stretch of time: the last so long, or from one day to another, both included. */
export interface Period {
  readonly since: '' | '24h' | '7d' | '30d' | '90d';
  /** Days as 2026-11-21; empty is without bound. */
  readonly from: string;
  readonly to: string;
}

export const always: Period = { since: '', from: '', to: '' };
export const spans = ['24h', '7d', '30d', '90d'] as const;

const hours = { '24h': 24, '7d': 168, '30d': 720, '90d': 2_160 } as const;

export function parsePeriod(params: URLSearchParams): Period {
  const since = spans.find((span) => span === params.get('since'));
  if (since !== undefined) return { since, from: '', to: '' };
  return { since: '', from: dayOf(params.get('from')), to: dayOf(params.get('to')) };
}

export function writePeriod({ since, from, to }: Period, params: URLSearchParams): void {
  if (since !== '') params.set('since', since);
  if (since === '' && from !== '') params.set('from', from);
  if (since === '' && to !== '') params.set('to', to);
}

/** The bounds as moments, of which the second is outside. Days are days in UTC, as candles are. */
export function boundsOf({ since, from, to }: Period, now: number): { from?: string; to?: string } {
  if (since !== '') return { from: new Date(now - hours[since] * 3_600_000).toISOString() };
  return {
    ...(from === '' ? {} : { from: `${from}T00:00:00Z` }),
    ...(to === '' ? {} : { to: new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).toISOString() }),
  };
}

export function isWithin(at: string, period: Period, now: number): boolean {
  const { from, to } = boundsOf(period, now);
  const moment = Date.parse(at);
  return (from === undefined || moment >= Date.parse(from)) && (to === undefined || moment < Date.parse(to));
}

const dayOf = (text: string | null): string =>
  text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';
