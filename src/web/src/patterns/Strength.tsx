import css from './Strength.module.css';

/** How strong a pattern was when it was confirmed, 0 to 100. */
export function Strength({ value }: { readonly value: number }) {
  return (
    <span className={css['strength']}>
      <span className={css['track']} aria-hidden="true">
        <span className={css['bar']} style={{ width: `${value}%` }} />
      </span>
      <span className={css['value']}>{Math.round(value)}</span>
    </span>
  );
}
