import { useFormat } from '../format/useFormat';
import css from './Signals.module.css';

/** The result in multiples of the risk, with its sign; the colour only repeats it. */
export function Outcome({ r }: { readonly r: number | null }) {
  const { locale } = useFormat();
  if (r === null) return <span className={css['none']}>–</span>;
  const text = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  }).format(r);
  return (
    <span className={css['outcome']} data-way={r > 0 ? 'up' : r < 0 ? 'down' : 'none'}>
      {text} R
    </span>
  );
}
