import { formatAge } from '../../format/time';
import { useNow } from '../../format/useNow';
import { useTexts } from '../../i18n/Texts';
import { Failure } from '../../parts/Failure';
import { Page } from '../../parts/Page';
import { DependencyTable } from './DependencyTable';
import { JobSummary } from './JobSummary';
import { LatencyPanel } from './LatencyPanel';
import { SocketPanel } from './SocketPanel';
import css from './StatusPage.module.css';
import { useLatencyHistory, useStatus } from './useStatus';
import { Verdict } from './Verdict';

export function StatusPage() {
  const texts = useTexts();
  const { data: status, dataUpdatedAt, error, refetch } = useStatus();
  const history = useLatencyHistory(status);
  const clock = useNow();
  if (error && status === undefined)
    return (
      <Page title={texts.status.title}>
        <Failure error={error} retry={() => void refetch()} />
      </Page>
    );
  const sinceRead = Math.max(0, clock - dataUpdatedAt);
  // The server's clock, carried on by ours: ages stay right on a machine whose clock is wrong.
  const now = status === undefined ? clock : Date.parse(status.now) + sinceRead;
  return (
    <Page title={texts.status.title} aside={status && texts.status.updated(formatAge(sinceRead))}>
      <Verdict status={status} sinceRead={sinceRead} />
      <div className={css['pair']}>
        <LatencyPanel api={status?.api} history={history} />
        <SocketPanel sockets={status?.sockets} />
      </div>
      <DependencyTable dependencies={status?.dependencies} now={now} />
      <JobSummary jobs={status?.jobs} now={now} />
    </Page>
  );
}
