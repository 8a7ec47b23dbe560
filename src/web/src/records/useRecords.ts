import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { PageOf } from '../api/client';
import { useChannels } from '../live/live';
import { useBatch } from '../live/useBatch';
import { type Identified, mergeItems } from './merge';

interface RecordsOptions<Item> {
  readonly key: readonly unknown[];
  readonly enabled: boolean;
  readonly read: (cursor: string | null, signal: AbortSignal) => Promise<PageOf<Item>>;
  readonly channels: readonly string[];
  readonly itemOf: (message: unknown) => Item;
  readonly belongs: (item: Item) => boolean;
  /** What a known item keeps when a message about it comes in. */
  readonly keep?: (heard: Item, known: Item | undefined) => Item;
}

/** A list that grows into the past page by page, and follows what happens. */
export function useRecords<Item extends Identified>(options: RecordsOptions<Item>) {
  const { key, enabled, read, channels, itemOf, belongs, keep = (heard) => heard } = options;
  const cache = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: key,
    enabled,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: 30_000,
  });
  const take = useBatch<Item>((heard) =>
    cache.setQueryData<InfiniteData<PageOf<Item>, string | null>>(key, (data) => {
      if (data === undefined) return data;
      const known = new Map(data.pages.flatMap((page) => page.items.map((item) => [item.id, item])));
      const news = heard.map((item) => keep(item, known.get(item.id)));
      return { ...data, pages: mergeItems(data.pages, news, belongs) };
    }),
  );
  useChannels(enabled ? channels : [], {
    onMessage: (message) => take(itemOf(message)),
    onGap: () => void cache.invalidateQueries({ queryKey: key }),
  });
  return { ...query, items: query.data?.pages.flatMap((page) => page.items) };
}
