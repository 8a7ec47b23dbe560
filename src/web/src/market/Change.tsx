import { useFormat } from '../format/useFormat';
import css from './Change.module.css';

/** A change with its sign and an arrow; the colour only repeats them. */
export function Change({ ratio }: { readonly ratio: number | null }) {
  const format = useFormat();
  if (ratio === null) return <span className={css['change']}>–</span>;
  // What rounds to nothing went neither way.
  const way = Math.abs(ratio) < 0.00005 ? 'none' : ratio > 0 ? 'up' : 'down';
  return (
    <span className={css['change']} data-way={way}>
      <span className={css['arrow']} aria-hidden="true">
        {arrows[way]}
      </span>
      {format.change(ratio)}
    </span>
  );
}

const arrows = { up: '▲', down: '▼', none: '' } as const;
