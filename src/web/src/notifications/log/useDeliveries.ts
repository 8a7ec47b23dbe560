import { useInfiniteQuery } from '@tanstack/react-query';
import { api, type Schemas, unwrapPage } from '../../api/client';
import type { Tone } from '../../parts/Badge';
import type { ChannelKind } from '../channels/useChannelList';

export type Delivery = Schemas['DeliveryView'];
export type Status = Delivery['status'];

export const statuses = [
  'waiting',
  'sending',
  'handed',
  'sent',
  'held',
  'digested',
  'skipped',
  'replaced',
  'dead',
] as const satisfies readonly Status[];

export const kinds = [
  'NTFY',
  'EMAIL',
  'SMS',
  'DISCORD',
  'TELEGRAM',
  'WEBHOOK',
  'WEBPUSH',
  'IN_APP',
] as const satisfies readonly ChannelKind[];

export const toneOfStatus: { readonly [status in Status]: Tone } = {
  waiting: 'busy',
  sending: 'busy',
  handed: 'busy',
  sent: 'good',
  held: 'quiet',
  digested: 'quiet',
  skipped: 'quiet',
  replaced: 'warning',
  dead: 'bad',
};

export interface LogFilter {
  readonly channel: ChannelKind | null;
  readonly status: Status | null;
}

/** The filter as the address says it; what it does not know is no filter. */
export function parseLogFilter(params: URLSearchParams): LogFilter {
  return {
    channel: kinds.find((kind) => kind === params.get('channel')) ?? null,
    status: statuses.find((status) => status === params.get('status')) ?? null,
  };
}

export const deliveriesKey = ['notifications', 'deliveries'] as const;

export function useDeliveries({ channel, status }: LogFilter) {
  return useInfiniteQuery({
    queryKey: [...deliveriesKey, channel, status],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: 50,
        ...(channel === null ? {} : { channel }),
        ...(status === null ? {} : { status }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      };
      return unwrapPage(api.GET('/api/v1/notifications/deliveries', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: 10_000,
  });
}
