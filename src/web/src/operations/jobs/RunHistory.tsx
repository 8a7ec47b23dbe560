import { History } from 'lucide-react';
import { formatDuration } from '../../format/time';
import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import { Instant } from '../../parts/Instant';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import { Skeleton } from '../../parts/Skeleton';
import table from '../../parts/Table.module.css';
import { Outcome } from './Outcome';
import css from './RunHistory.module.css';
import type { JobRun } from './useScheduler';

interface RunHistoryProps {
  readonly runs: readonly JobRun[] | undefined;
  readonly canShowOlder: boolean;
  readonly isLoadingOlder: boolean;
  readonly showOlder: () => void;
}

export function RunHistory({ runs, canShowOlder, isLoadingOlder, showOlder }: RunHistoryProps) {
  const { jobs: texts } = useTexts();
  return (
    <Panel title={texts.history}>
      {runs?.length === 0 ? (
        <Notice icon={History} title={texts.noRuns} hint={texts.noRunsHint} />
      ) : (
        <DataTable>
          <thead>
            <tr>
              <th scope="col">{texts.started}</th>
              <th scope="col">{texts.job}</th>
              <th scope="col">{texts.outcome}</th>
              <th scope="col" className={`${table['wide']} ${table['spare']}`}>
                {texts.node}
              </th>
              <th scope="col" className={table['number']}>
                {texts.counted}
              </th>
              <th scope="col" className={table['number']}>
                {texts.took}
              </th>
            </tr>
          </thead>
          <tbody>
            {runs === undefined && <Waiting />}
            {runs?.map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </tbody>
        </DataTable>
      )}
      {canShowOlder && (
        <div className={css['older']}>
          <Button onClick={showOlder} disabled={isLoadingOlder}>
            {isLoadingOlder ? texts.loadingOlder : texts.older}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function RunRow({ run }: { readonly run: JobRun }) {
  const format = useFormat();
  return (
    <tr>
      <td className={table['quiet']}>
        <Instant at={run.startedAt} />
      </td>
      <th scope="row">
        {run.job}
        {run.error !== null && <span className={css['error']}>{run.error}</span>}
      </th>
      <td>
        <Outcome value={run.outcome ?? 'running'} />
      </td>
      <td className={`${table['quiet']} ${table['spare']}`}>{run.node}</td>
      <td className={table['number']}>{counted(run, format.count)}</td>
      <td className={table['number']}>{took(run, format.milliseconds)}</td>
    </tr>
  );
}

/** What the run counted, by name: “deleted 12, kept 3”. */
function counted(run: JobRun, count: (value: number) => string): string {
  const entries = Object.entries(run.counts).map(([name, value]) => `${name} ${count(value)}`);
  return entries.length === 0 ? '–' : entries.join(', ');
}

function took(run: JobRun, milliseconds: (value: number) => string): string {
  if (run.endedAt === null) return '–';
  const elapsed = Date.parse(run.endedAt) - Date.parse(run.startedAt);
  return elapsed < 60_000 ? milliseconds(elapsed) : formatDuration(elapsed / 1_000);
}

function Waiting() {
  return (
    <tr>
      <td>
        <Skeleton width={140} />
      </td>
      <th scope="row">
        <Skeleton width={96} />
      </th>
      <td>
        <Skeleton width={80} />
      </td>
      <td className={table['spare']} />
      <td />
      <td />
    </tr>
  );
}
