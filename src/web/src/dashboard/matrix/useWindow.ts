import { type RefObject, useEffect, useState } from 'react';

/** Rows drawn above and below what is in sight, so that scrolling shows no blank. */
const spare = 6;

/** Which rows of equal height are in sight of a box that scrolls. */
export function useWindow(
  box: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): readonly [first: number, last: number] {
  const [seen, setSeen] = useState({ first: 0, last: 24 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = () => {
      const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - spare);
      const last = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + spare;
      setSeen((before) => (before.first === first && before.last === last ? before : { first, last }));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const watch = new ResizeObserver(look);
    watch.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      watch.disconnect();
    };
  }, [box, rowHeight]);
  return [Math.min(seen.first, Math.max(0, count - 1)), Math.min(seen.last, count - 1)];
}
