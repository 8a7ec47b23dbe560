import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import { isCounting, useStatistics } from '../patterns/useStatistics';
import css from './Dashboard.module.css';

/** At the first start the stored history is counted: how far that has come. */
export function CountingNotice() {
  const { dashboard: texts } = useTexts().pages;
  const format = useFormat();
  const { data } = useStatistics();
  if (data === undefined || !isCounting(data)) return null;
  const { done, total, symbol } = data.progress;
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <section className={css['counting']} aria-label={texts.counting}>
      <p>
        <strong>{texts.counting}</strong> {symbol} <span>{texts.countingHint}</span>
      </p>
      <progress value={share} max={1} aria-label={texts.counting} />
      <span className={css['share']}>{format.share(Math.round(share * 100) / 100)}</span>
    </section>
  );
}
