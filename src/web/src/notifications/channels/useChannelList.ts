import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../api/client';

export type Channel = Schemas['ChannelView'];
export type ChannelKind = Schemas['ChannelKind'];
export type ChannelList = Schemas['ChannelList'];

export const channelsKey = ['notifications', 'channels'] as const;

/** A channel's failures and pauses come about without a word to this page, so it looks now and then. */
export function useChannelList() {
  return useQuery({
    queryKey: channelsKey,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/notifications/channels', { signal })),
    refetchInterval: 15_000,
  });
}

/** Puts what the server answered of one channel into the list. */
export function useKeepChannel(): (channel: Channel) => void {
  const cache = useQueryClient();
  return (channel) =>
    cache.setQueryData<ChannelList>(
      channelsKey,
      (list) =>
        list && {
          ...list,
          channels: list.channels.map((known) => (known.channel === channel.channel ? channel : known)),
        },
    );
}

/** All that is set of a channel, with what changes: the server takes it as a whole. */
export function saveWishes(channel: Channel, change: Partial<Schemas['ChannelWishes']>): Promise<Channel> {
  const { enabled, kinds, symbols, direction, leastConfluence, quietFrom, quietUntil, digest } = channel;
  const body = {
    enabled,
    kinds,
    symbols,
    direction,
    leastConfluence,
    quietFrom,
    quietUntil,
    digest,
    ...change,
  };
  return unwrap(
    api.PUT('/api/v1/notifications/channels/{channel}', {
      params: { path: { channel: channel.channel } },
      body,
    }),
  );
}
