import { useQuery, useQueryClient } from '@tanstack/react-query';
import { BellOff } from 'lucide-react';
import { Link } from 'wouter';
import { Needs } from '../../accounts/session/Needs';
import type { Me } from '../../accounts/session/useMe';
import { ApiError } from '../../api/ApiError';
import { api, unwrap } from '../../api/client';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';
import { Page } from '../../parts/Page';
import { describe } from '../describe';
import { HistoryPanel } from '../history/HistoryPanel';
import { type Alert, alertsKey, mine } from '../kinds';
import { AlertState } from '../list/AlertState';
import { useAlertNews } from '../useAlertNews';
import { AlertForm } from './AlertForm';
import { valuesOf } from './values';

/** One alert: how it stands, what it is, and what it told. */
export function AlertPage({ id }: { readonly id: number }) {
  const { form: words } = useTexts().alerts;
  return <Needs title={words.title}>{(me) => <Own id={id} me={me} />}</Needs>;
}

function Own({ id, me }: { readonly id: number; readonly me: Me }) {
  const texts = useTexts();
  const { form: words } = texts.alerts;
  const format = useFormat();
  const cache = useQueryClient();
  useAlertNews(me.id ?? 0);
  const key = [...alertsKey, 'one', id];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/alerts/{userId}/{alertId}', {
          params: { path: { userId: mine, alertId: id } },
          signal,
        }),
      ),
    refetchInterval: 20_000,
    retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status === 404),
  });
  const alert = query.data;
  const back = <Link href="/alerts">{words.back}</Link>;
  if (alert === undefined && query.error instanceof ApiError && query.error.status === 404)
    return (
      <Page title={words.title} aside={back}>
        <Notice icon={BellOff} title={words.gone} hint={words.goneHint}>
          <Link href="/alerts?view=history">{texts.alerts.views.history}</Link>
        </Notice>
      </Page>
    );
  return (
    <Page
      title={alert ? `${alert.market}: ${describe(alert, texts, format)}` : words.title}
      lead={alert && <AlertState alert={alert} />}
      aside={back}
      isWide
    >
      <Loaded title={words.title} of={query}>
        {(data) => (
          <AlertForm
            key={data.id}
            initial={valuesOf(data)}
            of={data}
            onSaved={(saved: Alert) => cache.setQueryData(key, saved)}
          />
        )}
      </Loaded>
      <HistoryPanel of={id} />
    </Page>
  );
}
