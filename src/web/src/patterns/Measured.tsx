import type { Schemas } from '../api/client';
import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import css from './Measured.module.css';

/** The measured hit rate in one line, with its interval on hover and never without its number of cases. */
export function Measured({
  record,
}: {
  readonly record: Schemas['Reliability'] | Schemas['SignalRecord'] | null;
}) {
  const { eye, pages } = useTexts();
  const format = useFormat();
  const share = new Intl.NumberFormat(format.locale, { style: 'percent', maximumFractionDigits: 0 });
  if (record === null) return <span className={css['none']}>{eye.reliability.notCounted}</span>;
  const cases = pages.measured.cases(format.count(record.decided));
  const { hitRate, hitRateLow, hitRateHigh } = record;
  if (!record.isEnough || hitRate === null || hitRateLow === null || hitRateHigh === null)
    return (
      <span className={css['none']}>
        {eye.reliability.notEnough} · {cases}
      </span>
    );
  const interval = `${Math.round(hitRateLow * 100)}–${share.format(hitRateHigh)}`;
  return (
    <span className={css['measured']} title={`${eye.reliability.interval}: ${interval}`}>
      <span className={css['rate']}>{share.format(hitRate)}</span>
      <span className={css['cases']}>
        ({interval}) · {cases}
      </span>
    </span>
  );
}
