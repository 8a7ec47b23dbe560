import type { ReactNode } from 'react';
import css from './Table.module.css';

interface DataTableProps {
  readonly isTall?: boolean;
  readonly children: ReactNode;
}

/** A table that scrolls inside its panel when the screen is too narrow for it. */
export function DataTable({ isTall = false, children }: DataTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className={css['scroll']} tabIndex={0}>
      <table className={isTall ? `${css['table']} ${css['tall']}` : css['table']}>{children}</table>
    </div>
  );
}
