import { CalendarClock } from 'lucide-react';
import { useTexts } from '../../i18n/Texts';
import { Ago } from '../../parts/Ago';
import { DataTable } from '../../parts/DataTable';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import { Skeleton } from '../../parts/Skeleton';
import table from '../../parts/Table.module.css';
import { Next } from '../status/JobSummary';
import { Outcome } from './Outcome';
import type { ScheduledJob } from './useScheduler';

interface ScheduleTableProps {
  readonly jobs: readonly ScheduledJob[] | undefined;
  readonly now: number;
}

export function ScheduleTable({ jobs, now }: ScheduleTableProps) {
  const { jobs: texts } = useTexts();
  return (
    <Panel title={texts.scheduled}>
      {jobs?.length === 0 ? (
        <Notice icon={CalendarClock} title={texts.noJobs} hint={texts.noJobsHint} />
      ) : (
        <DataTable isTall>
          <thead>
            <tr>
              <th scope="col" className={table['wide']}>
                {texts.job}
              </th>
              <th scope="col" className={table['spare']}>
                {texts.schedule}
              </th>
              <th scope="col">{texts.last}</th>
              <th scope="col" className={table['number']}>
                {texts.next}
              </th>
            </tr>
          </thead>
          <tbody>
            {jobs === undefined && <Waiting />}
            {jobs?.map((job) => (
              <JobRow key={job.name} job={job} now={now} />
            ))}
          </tbody>
        </DataTable>
      )}
    </Panel>
  );
}

function JobRow({ job, now }: { readonly job: ScheduledJob; readonly now: number }) {
  const ended = job.lastRun?.endedAt ?? null;
  return (
    <tr>
      <th scope="row">
        {job.name}
        <span className={table['under']}>{job.summary}</span>
      </th>
      <td className={`${table['quiet']} ${table['spare']}`}>{job.schedule}</td>
      <td>
        <Outcome value={job.lastRun === null ? null : (job.lastRun.outcome ?? 'running')} />
        {ended !== null && (
          <span className={table['under']}>
            <Ago at={ended} now={now} />
          </span>
        )}
      </td>
      <td className={table['number']}>
        <Next at={job.nextAt} now={now} />
      </td>
    </tr>
  );
}

function Waiting() {
  return (
    <tr>
      <th scope="row">
        <Skeleton width={180} />
      </th>
      <td className={table['spare']}>
        <Skeleton width={96} />
      </td>
      <td>
        <Skeleton width={80} />
      </td>
      <td />
    </tr>
  );
}
