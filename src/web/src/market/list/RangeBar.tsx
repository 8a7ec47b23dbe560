import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import css from './RangeBar.module.css';

interface RangeBarProps {
  readonly low: number | null;
  readonly high: number | null;
  readonly price: number | null;
}

/** Where the price stands between the lowest and the highest of 24 hours. */
export function RangeBar({ low, high, price }: RangeBarProps) {
  const { markets } = useTexts();
  const format = useFormat();
  if (low === null || high === null || price === null) return null;
  const place = high > low ? Math.min(1, Math.max(0, (price - low) / (high - low))) : 0.5;
  const text = markets.between(format.price(low), format.price(high));
  return (
    <svg className={css['range']} viewBox="0 0 80 12" width="80" height="12" role="img" aria-label={text}>
      <title>{text}</title>
      <rect className={css['track']} x="0" y="4.5" width="80" height="3" rx="1.5" />
      <rect className={css['mark']} x={place * 77} y="1" width="3" height="10" rx="1.5" />
    </svg>
  );
}
