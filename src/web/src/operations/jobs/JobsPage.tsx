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
import { useScheduler } from './useScheduler';

export function JobsPage() {
  const { jobs: texts } = useTexts();
  const scheduler = useScheduler();
  const now = useNow();
  const [first] = scheduler.data?.pages ?? [];
  if (scheduler.error && first === undefined)
    return (
      <Page title={texts.title} lead={texts.lead}>
        {scheduler.error instanceof ApiError && [401, 403].includes(scheduler.error.status) ? (
          <Notice icon={LockKeyhole} title={texts.operators} hint={texts.operatorsHint} />
        ) : (
          <Failure error={scheduler.error} retry={() => void scheduler.refetch()} />
        )}
      </Page>
    );
  return (
    <Page title={texts.title} lead={texts.lead} aside={first && <SchedulerState isOn={first.enabled} />}>
      <ScheduleTable jobs={first?.jobs} now={now} />
      <RunHistory
        runs={scheduler.data?.pages.flatMap((page) => page.runs.items)}
        canShowOlder={scheduler.hasNextPage}
        isLoadingOlder={scheduler.isFetchingNextPage}
        showOlder={() => void scheduler.fetchNextPage()}
      />
    </Page>
  );
}

function SchedulerState({ isOn }: { readonly isOn: boolean }) {
  const { jobs } = useTexts();
  return isOn ? (
    <Badge tone="good">{jobs.schedulerOn}</Badge>
  ) : (
    <span title={jobs.schedulerOffHint}>
      <Badge tone="warning">{jobs.schedulerOff}</Badge>
    </span>
  );
}
