import { closeCode } from './protocol';

const first = 500;
const longest = 30_000;
const rateLimitPause = 15_000;

/**
 * How long to wait before the next attempt, or null to give up. Doubles from half a second to thirty,
 * spread by half so that a thousand browsers do not come back in the same instant.
 */
export function reconnectDelay(failures: number, code: number, random: () => number): number | null {
  if (code === closeCode.unauthorized || code === closeCode.forbidden) return null;
  const exponential = Math.min(longest, first * 2 ** Math.min(failures, 10));
  const floor = code === closeCode.rateLimited ? rateLimitPause : 0;
  return Math.round(Math.max(exponential, floor) * (0.5 + random() / 2) + (floor > 0 ? floor / 2 : 0));
}
