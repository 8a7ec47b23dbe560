import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type PageOf, type Schemas, unwrap, unwrapPage } from '../../api/client';
import { useChannel } from '../../live/live';
import { mergeItems } from '../../records/merge';

export type Note = Schemas['NotificationView'];

/** What the socket says of a notification. */
type Heard = Pick<
  Note,
  'id' | 'messageId' | 'kind' | 'title' | 'body' | 'symbol' | 'direction' | 'link' | 'createdAt'
>;
type Pages = InfiniteData<PageOf<Note>, string | null>;

const unreadKey = ['notifications', 'unread'] as const;
const listKey = ['notifications', 'list'] as const;

/** How many a person has not read, live, and the title of what came last while this page was open. */
export function useUnread(user: number): { readonly unread: number; readonly arrived: string } {
  const cache = useQueryClient();
  const [arrived, setArrived] = useState('');
  const { data } = useQuery({
    queryKey: unreadKey,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/notifications/unread', { signal })),
    refetchInterval: 5 * 60_000,
  });
  useChannel(`notifications:${user}`, {
    onMessage: (message) => {
      const heard = message as Heard;
      setArrived(heard.title);
      // Another page may have read some meanwhile: the server counts.
      void cache.invalidateQueries({ queryKey: unreadKey });
      cache.setQueryData<Pages>(
        listKey,
        (known) => known && { ...known, pages: mergeItems(known.pages, [noteOf(heard)], () => true) },
      );
    },
    onGap: () => void cache.invalidateQueries({ queryKey: ['notifications'] }),
  });
  return { unread: data?.unread ?? 0, arrived };
}

/** The list behind the bell, newest first, and what can be done with it. */
export function useNotes() {
  const cache = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: listKey,
    queryFn: ({ pageParam, signal }) =>
      unwrapPage(
        api.GET('/api/v1/notifications', {
          params: { query: { limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const keep = (count: Schemas['UnreadCount'], isRead: (note: Note) => boolean) => {
    cache.setQueryData(unreadKey, count);
    const at = new Date().toISOString();
    cache.setQueryData<Pages>(
      listKey,
      (known) =>
        known && {
          ...known,
          pages: known.pages.map((page) => ({
            ...page,
            items: page.items.map((note) => (isRead(note) ? { ...note, readAt: note.readAt ?? at } : note)),
          })),
        },
    );
  };
  const notes = query.data?.pages.flatMap((page) => page.items);
  return {
    query,
    notes,
    markRead: async (id: number) => {
      const count = await unwrap(api.POST('/api/v1/notifications/{id}/read', { params: { path: { id } } }));
      keep(count, (note) => note.id === id);
    },
    /** Only up to the newest in sight: what comes at this moment stays unread. */
    markAll: async () => {
      const newest = notes?.[0]?.id ?? null;
      const count = await unwrap(api.POST('/api/v1/notifications/read', { body: { id: newest } }));
      keep(count, (note) => newest === null || note.id <= newest);
    },
  };
}

const noteOf = (heard: Heard): Note => ({
  ...heard,
  confluence: null,
  occurredAt: null,
  notBefore: heard.createdAt,
  readAt: null,
});
