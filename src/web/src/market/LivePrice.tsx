import { useRef } from 'react';
import { useFormat } from '../format/useFormat';
import css from './LivePrice.module.css';

/** A price that ticks: what moved is washed in its direction for a moment. */
export function LivePrice({ price }: { readonly price: number | null }) {
  const format = useFormat();
  const last = useRef({ price, way: 'none', moves: 0 });
  if (price !== last.current.price) {
    const before = last.current.price;
    const way = price === null || before === null ? 'none' : price > before ? 'up' : 'down';
    last.current = { price, way, moves: last.current.moves + 1 };
  }
  const { way, moves } = last.current;
  if (price === null) return <span className={css['price']}>–</span>;
  return (
    <span key={moves} className={css['price']} data-way={way}>
      {format.price(price)}
    </span>
  );
}
