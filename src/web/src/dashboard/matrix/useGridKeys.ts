import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

interface Place {
  readonly row: number;
  readonly column: number;
}

interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly rowHeight: number;
  /** What sticks to the top of the box. */
  readonly headHeight: number;
}

/** The arrows walk from cell to cell, one of which is in the order of Tab; rows out of sight are scrolled to. */
export function useGridKeys(box: RefObject<HTMLElement | null>, grid: Grid) {
  const [wanted, setWanted] = useState<Place>({ row: 0, column: 0 });
  const isMoving = useRef(false);
  const at = { row: Math.min(wanted.row, Math.max(0, grid.rows - 1)), column: wanted.column };

  // The row may come only with the drawing after this one.
  useEffect(() => {
    if (!isMoving.current) return;
    const cell = box.current?.querySelector<HTMLElement>(`[data-place="${at.row}:${at.column}"]`);
    if (!cell) return;
    isMoving.current = false;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });

  const press = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey || grid.rows === 0) return;
    event.preventDefault();
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / grid.rowHeight) - 2);
    const next = move(at, grid, page);
    isMoving.current = true;
    setWanted(next);
    if (box.current) bring(box.current, next.row, grid);
  };
  return { at, press, choose: setWanted };
}

const clamp = (value: number, most: number) => Math.max(0, Math.min(value, most));

const moves: { readonly [key: string]: (at: Place, grid: Grid, page: number) => Place } = {
  ArrowDown: ({ row, column }, { rows }) => ({ row: clamp(row + 1, rows - 1), column }),
  ArrowUp: ({ row, column }, { rows }) => ({ row: clamp(row - 1, rows - 1), column }),
  PageDown: ({ row, column }, { rows }, page) => ({ row: clamp(row + page, rows - 1), column }),
  PageUp: ({ row, column }, { rows }, page) => ({ row: clamp(row - page, rows - 1), column }),
  ArrowRight: ({ row, column }, { columns }) => ({ row, column: clamp(column + 1, columns - 1) }),
  ArrowLeft: ({ row, column }, { columns }) => ({ row, column: clamp(column - 1, columns - 1) }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, { columns }) => ({ row, column: columns - 1 }),
};

function bring(box: HTMLElement, row: number, { rowHeight, headHeight }: Grid): void {
  const top = row * rowHeight;
  const seen = box.clientHeight - headHeight;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + rowHeight > box.scrollTop + seen) box.scrollTop = top + rowHeight - seen;
}
