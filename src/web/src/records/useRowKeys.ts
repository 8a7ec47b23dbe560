import { type RefObject, useEffect } from 'react';

/** Up and down walk through the rows of a list; walking on a row chooses it, as a press would. */
export function useRowKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step === 0 || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
      const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-pick]') ?? [])];
      if (rows.length === 0) return;
      event.preventDefault();
      const focused = rows.indexOf(document.activeElement as HTMLElement);
      const chosen = rows.findIndex((row) => row.getAttribute('aria-pressed') === 'true');
      const at = focused >= 0 ? focused : chosen;
      const next = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))];
      next?.focus();
      next?.click();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [list]);
}

/** Fields, dialogs and the chart have arrows of their own. */
const isElsewhere = (target: EventTarget | null): boolean =>
  document.querySelector('dialog[open]') !== null ||
  (target instanceof Element &&
    target.closest('input, select, textarea, [role=group] canvas, [data-own-keys]') !== null);
