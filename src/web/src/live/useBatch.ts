import { useEffect, useRef } from 'react';

/** Short enough to feel at once; long enough for what a minute's close brings to be drawn together. */
const gatherFor = 40;

/** Gathers what comes in a burst and hands it over in one go. */
export function useBatch<Item>(take: (items: readonly Item[]) => void): (item: Item) => void {
  const latest = useRef(take);
  const gathered = useRef<Item[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      gathered.current = [];
    },
    [],
  );
  return (item) => {
    gathered.current.push(item);
    if (gathered.current.length > 1) return;
    timer.current = setTimeout(() => {
      const items = gathered.current;
      gathered.current = [];
      latest.current(items);
    }, gatherFor);
  };
}
