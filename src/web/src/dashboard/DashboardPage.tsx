import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import { useLiveMarkets } from '../market/useMarkets';
import { Page } from '../parts/Page';
import { CountingNotice } from './CountingNotice';
import css from './Dashboard.module.css';
import { MatrixPanel } from './matrix/MatrixPanel';
import { useMatrix } from './matrix/useMatrix';
import { NewestPanel } from './NewestPanel';
import { FreshnessPanel } from './side/FreshnessPanel';
import { PricesPanel } from './side/PricesPanel';
import { SignalsPanel } from './side/SignalsPanel';

/** What every symbol says on every timeframe, and beside it what is new. */
export function DashboardPage() {
  const { dashboard: texts } = useTexts().pages;
  useLiveMarkets();
  return (
    <Page title={texts.title} lead={texts.lead} aside={<Counts />} isFull>
      <CountingNotice />
      <div className={css['columns']}>
        <div className={css['main']}>
          <MatrixPanel />
          <NewestPanel />
        </div>
        <div className={css['side']}>
          <SignalsPanel />
          <PricesPanel />
          <FreshnessPanel />
        </div>
      </div>
    </Page>
  );
}

/** How many active patterns there are to see, and which way they point. */
function Counts() {
  const { dashboard: texts } = useTexts().pages;
  const format = useFormat();
  const all = useMatrix().data?.rows;
  if (all === undefined) return null;
  const rows = all.filter((row) => !row.isLocked);
  const active = rows.flatMap((row) => row.cells).reduce((sum, cell) => sum + (cell.active ?? 0), 0);
  return texts.counts(format.count(active), format.count(rows.length), format.count(all.length));
}
