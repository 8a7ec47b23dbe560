import { CalendarClock } from 'lucide-react';
import { Link } from 'wouter';
import { useTexts } from '../../i18n/Texts';
import { Ago } from '../../parts/Ago';
import { DataTable } from '../../parts/DataTable';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import { Skeleton } from '../../parts/Skeleton';
import table from '../../parts/Table.module.css';
import { Outcome } from '../jobs/Outcome';
import type { SystemStatus } from './useStatus';

interface JobSummaryProps {
  readonly jobs: SystemStatus['jobs'] | undefined;
  readonly now: number;
}

export function JobSummary({ jobs, now }: JobSummaryProps) {
  const { status: texts, jobs: words } = useTexts();
  return (
    <Panel title={texts.jobs} action={<Link href="/jobs">{texts.allJobs}</Link>}>
      {jobs?.length === 0 ? (
        <Notice icon={CalendarClock} title={texts.noJobs} hint={texts.noJobsHint} />
      ) : (
        <DataTable>
          <thead>
            <tr>
              <th scope="col">{words.job}</th>
              <th scope="col">{words.outcome}</th>
              <th scope="col" className={`${table['wide']} ${table['spare']}`}>
                {words.schedule}
              </th>
              <th scope="col" className={table['number']}>
                {words.last}
              </th>
              <th scope="col" className={table['number']}>
                {words.next}
              </th>
            </tr>
          </thead>
          <tbody>
            {jobs === undefined && <Waiting />}
            {jobs?.map((job) => (
              <tr key={job.name}>
                <th scope="row">{job.name}</th>
                <td>
                  <Outcome value={job.lastOutcome} />
                </td>
                <td className={`${table['quiet']} ${table['spare']}`}>{job.schedule}</td>
                <td className={`${table['number']} ${table['quiet']}`}>
                  {job.lastEndedAt === null ? '–' : <Ago at={job.lastEndedAt} now={now} />}
                </td>
                <td className={table['number']}>
                  <Next at={job.nextAt} now={now} />
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </Panel>
  );
}

/** A moment ahead; one that has passed is due, not past. */
export function Next({ at, now }: { readonly at: string | null; readonly now: number }) {
  const { jobs } = useTexts();
  if (at === null) return '–';
  return Date.parse(at) <= now ? jobs.due : <Ago at={at} now={now} />;
}

function Waiting() {
  return (
    <tr>
      <th scope="row">
        <Skeleton width={96} />
      </th>
      <td>
        <Skeleton width={72} />
      </td>
      <td className={table['spare']}>
        <Skeleton width={120} />
      </td>
      <td />
      <td />
    </tr>
  );
}
