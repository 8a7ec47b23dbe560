import { type RefObject, useEffect } from 'react';
import { toggleFavourite } from '../favourites';

/** Up and down walk through the rows, Enter follows a row's link by itself, f marks it, / goes to the search. */
export function useListKeys(page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
      const search = page.current?.querySelector<HTMLInputElement>('[data-search]');
      const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
      if (event.key === '/' && !isTyping) search?.focus();
      else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
        walk(page.current, search, event.key === 'ArrowDown' ? 1 : -1);
      else if (event.key === 'f' && !isTyping) markFocused();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [page]);
}

function walk(list: HTMLElement | null, search: HTMLElement | null | undefined, step: 1 | -1): void {
  const rows = [...(list?.querySelectorAll<HTMLElement>('tr[data-symbol]') ?? [])];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step;
  // Above the first row stands the search.
  if (next < 0) search?.focus();
  else rows[Math.min(next, rows.length - 1)]?.querySelector('a')?.focus();
}

function markFocused(): void {
  const symbol = document.activeElement?.closest<HTMLElement>('tr[data-symbol]')?.dataset['symbol'];
  if (symbol !== undefined) toggleFavourite(symbol);
}
