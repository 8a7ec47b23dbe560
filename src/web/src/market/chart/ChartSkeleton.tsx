import { useTexts } from '../../i18n/Texts';
import css from './ChartPage.module.css';

/** Holds the place of the chart page while its code comes. */
export function ChartSkeleton() {
  const { chart } = useTexts();
  return (
    <div className={css['page']}>
      <div className={css['toolbar']} />
      <div className={css['body']}>
        <div className={css['stage']}>
          <p className={css['wait']} role="status">
            {chart.loading}
          </p>
        </div>
        <aside className={css['side']} />
      </div>
    </div>
  );
}
