import { useMutation, useQuery } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../api/client';
import type { ChannelKind } from './useChannelList';

type Delivery = Schemas['DeliveryView'];

export type TestState =
  | { readonly step: 'idle' | 'sending' }
  | { readonly step: 'refused'; readonly error: Error }
  | { readonly step: 'under way' | 'ended' | 'late'; readonly delivery: Delivery };

const lookEvery = 500;
const patience = 30_000;

/** Sends a test and follows it in the delivery log while the person waits. */
export function useTest(channel: ChannelKind, before?: () => Promise<unknown>) {
  const sending = useMutation({
    mutationFn: async () => {
      await before?.();
      const path = { channel };
      const sent = await unwrap(
        api.POST('/api/v1/notifications/channels/{channel}/test', { params: { path } }),
      );
      return { id: sent.notificationId, at: Date.now() };
    },
  });
  const sent = sending.data;
  const { data: delivery } = useQuery({
    queryKey: ['notifications', 'test', sent?.id],
    enabled: sent !== undefined,
    queryFn: async ({ signal }) => {
      const query = sent === undefined ? {} : { notification: sent.id };
      const found = await unwrap(api.GET('/api/v1/notifications/deliveries', { params: { query }, signal }));
      return found[0] ?? null;
    },
    refetchInterval: ({ state }) =>
      isOver(state.data ?? null) || state.dataUpdatedAt > (sent?.at ?? 0) + patience ? false : lookEvery,
  });
  return {
    send: () => sending.mutate(),
    state: stateOf(sending, delivery ?? null, sent === undefined ? 0 : Date.now() - sent.at),
  };
}

interface Sending {
  readonly isIdle: boolean;
  readonly error: Error | null;
}

export function stateOf(sending: Sending, delivery: Delivery | null, waited: number): TestState {
  if (sending.isIdle) return { step: 'idle' };
  if (sending.error !== null) return { step: 'refused', error: sending.error };
  if (delivery === null) return { step: 'sending' };
  if (isOver(delivery)) return { step: 'ended', delivery };
  return { step: waited > patience ? 'late' : 'under way', delivery };
}

const isOver = (delivery: Delivery | null): boolean =>
  delivery !== null && !['waiting', 'sending', 'handed', 'held'].includes(delivery.status);
