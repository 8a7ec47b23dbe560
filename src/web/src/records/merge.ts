import type { PageOf } from '../api/client';

export interface Identified {
  readonly id: number;
}

/** Pages, newest first, after something was heard of some of their items: known ones change in place, new ones come on top. */
export function mergeItems<Item extends Identified>(
  pages: readonly PageOf<Item>[],
  heard: readonly Item[],
  belongs: (item: Item) => boolean,
): PageOf<Item>[] {
  const news = new Map(heard.map((item) => [item.id, item]));
  const known = new Set(pages.flatMap((page) => page.items.map((item) => item.id)));
  const merged = pages.map(({ items, next }) => ({
    next,
    items: items
      .map((item) => news.get(item.id) ?? item)
      .filter((item) => !news.has(item.id) || belongs(item)),
  }));
  const added = [...news.values()].filter((item) => !known.has(item.id) && belongs(item)).reverse();
  const [first, ...rest] = merged;
  return first === undefined || added.length === 0
    ? merged
    : [{ ...first, items: [...added, ...first.items] }, ...rest];
}
