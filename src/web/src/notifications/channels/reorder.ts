/** The list with one of it a place further up (-1) or down (1); the same where there is no such place. */
export function move<Item>(items: readonly Item[], item: Item, by: -1 | 1): readonly Item[] {
  const at = items.indexOf(item);
  const other = items[at + by];
  if (at < 0 || other === undefined) return items;
  const moved = [...items];
  moved[at + by] = item;
  moved[at] = other;
  return moved;
}
