import { LockKeyhole } from 'lucide-react';
import { ApiError } from '../../api/ApiError';
import { useNow } from '../../format/useNow';
import { useTexts } from '../../i18n/Texts';
import { Badge } from '../../parts/Badge';
import { Failure } from '../../parts/Failure';
import { Notice } from '../../parts/Notice';
import { Page } from '../../parts/Page';
import { RunHistory } from './RunHistory';
import { ScheduleTable } from './ScheduleTable';
import { useRuns, useScheduler } from './useScheduler';

export function JobsPage() {
  const { jobs: texts } = useTexts();
  const scheduler = useScheduler();
  const runs = useRuns();
  const now = useNow();
  const state = scheduler.data;
  const error = state === undefined ? scheduler.error : runs.data === undefined ? runs.error : null;
  const retry = () => void Promise.all([scheduler.refetch(), runs.refetch()]);
  if (error)
    return (
      <Page title={texts.title} lead={texts.lead}>
        {error instanceof ApiError && [401, 403].includes(error.status) ? (
          <Notice icon={LockKeyhole} title={texts.operators} hint={texts.operatorsHint} />
        ) : (
          <Failure error={error} retry={retry} />
        )}
      </Page>
    );
  return (
    <Page
      title={texts.title}
      lead={state?.running === false ? texts.schedulerOffHint : texts.lead}
      aside={state && <SchedulerState isOn={state.running} />}
    >
      <ScheduleTable jobs={state?.jobs} now={now} />
      <RunHistory
        runs={runs.data?.pages.flatMap((page) => page.items)}
        canShowOlder={runs.hasNextPage}
        isLoadingOlder={runs.isFetchingNextPage}
        showOlder={() => void runs.fetchNextPage()}
      />
    </Page>
  );
}

function SchedulerState({ isOn }: { readonly isOn: boolean }) {
  const { jobs } = useTexts();
  return <Badge tone={isOn ? 'good' : 'warning'}>{isOn ? jobs.schedulerOn : jobs.schedulerOff}</Badge>;
}
