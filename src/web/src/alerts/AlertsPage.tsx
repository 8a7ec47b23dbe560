import { Link, useSearchParams } from 'wouter';
import { Needs } from '../accounts/session/Needs';
import type { Me } from '../accounts/session/useMe';
import { useStanding } from '../accounts/subscription/useStanding';
import { useFormat } from '../format/useFormat';
import { useTexts } from '../i18n/Texts';
import { Page } from '../parts/Page';
import { Segmented } from '../parts/Segmented';
import css from './Alerts.module.css';
import { HistoryPanel } from './history/HistoryPanel';
import { ListPanel } from './list/ListPanel';
import { MetricsView } from './metrics/MetricsView';
import { useAlertNews } from './useAlertNews';

const views = ['list', 'history', 'metrics'] as const;

export function AlertsPage() {
  const { alerts: texts } = useTexts();
  return <Needs title={texts.title}>{(me) => <Alerts me={me} />}</Needs>;
}

function Alerts({ me }: { readonly me: Me }) {
  const { alerts: texts } = useTexts();
  const [params, setParams] = useSearchParams();
  const view = views.find((one) => one === params.get('view')) ?? 'list';
  useAlertNews(me.id ?? 0);
  return (
    <Page title={texts.title} lead={texts.lead} isWide aside={<Used />}>
      <div className={css['bar']}>
        <Segmented
          label={texts.views.label}
          value={view}
          choices={views.map((one) => [one, texts.views[one]] as const)}
          onChange={(next) => setParams(next === 'list' ? {} : { view: next })}
        />
        <Link href="/alerts/new" className={css['new']}>
          {texts.new}
        </Link>
      </div>
      {view === 'list' && <ListPanel />}
      {view === 'history' && <HistoryPanel />}
      {view === 'metrics' && <MetricsView />}
    </Page>
  );
}

/** How many of what the plan gives are active. */
function Used() {
  const { alerts: texts, accounts } = useTexts();
  const format = useFormat();
  const { data } = useStanding('alerts');
  if (data === undefined || data.limit === null) return null;
  return (
    <>
      {texts.used(format.count(data.used), format.count(data.limit))}
      {!data.allowed && (
        <>
          {' · '}
          <Link href="/profile/subscription?why=alerts">{accounts.subscription.why}</Link>
        </>
      )}
    </>
  );
}
