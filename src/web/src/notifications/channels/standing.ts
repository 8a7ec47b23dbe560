import type { Messages } from '../../i18n/english';
import type { Tone } from '../../parts/Badge';
import type { Channel } from './useChannelList';

export type Standing = 'notOffered' | 'awaitsCode' | 'notSetUp' | 'paused' | 'always' | 'on' | 'off';

/** How a channel stands, in the one word that matters most. */
export function standingOf(channel: Channel): Standing {
  if (!channel.isOffered) return 'notOffered';
  if (channel.channel === 'IN_APP') return 'always';
  if (channel.pausedAt !== null) return 'paused';
  if (channel.awaitsCode) return 'awaitsCode';
  if (!channel.isReady) return 'notSetUp';
  return channel.enabled ? 'on' : 'off';
}

export const toneOf: { readonly [standing in Standing]: Tone } = {
  notOffered: 'quiet',
  awaitsCode: 'warning',
  notSetUp: 'quiet',
  paused: 'bad',
  always: 'good',
  on: 'good',
  off: 'quiet',
};

const mostSymbols = 3;

/** What comes through a channel, in a line. */
export function describeFilters(channel: Channel, texts: Messages['notices']): string {
  const { kinds, symbols, direction, leastConfluence, quietFrom, quietUntil } = channel;
  const parts = [
    ...(kinds ? [kinds.map((kind) => texts.kinds[kind]).join(', ')] : []),
    ...(symbols ? [shorten(symbols, texts)] : []),
    ...(direction === 'both' ? [] : [texts.filters.directions[direction]]),
    ...(leastConfluence > 0 ? [texts.channel.confluence(leastConfluence)] : []),
  ];
  const what = parts.length === 0 ? [texts.channel.everything] : parts;
  const quiet = quietFrom && quietUntil ? [texts.channel.quiet(quietFrom, quietUntil)] : [];
  return [...what, ...quiet].join(' · ');
}

function shorten(symbols: readonly string[], texts: Messages['notices']): string {
  const shown = symbols.slice(0, mostSymbols).join(', ');
  const rest = symbols.length - mostSymbols;
  return rest > 0 ? `${shown} ${texts.channel.more(rest)}` : shown;
}
