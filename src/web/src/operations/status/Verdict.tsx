import { AlertTriangle, CheckCircle2, CircleDashed, XCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatDuration } from '../../format/time';
import { useTexts } from '../../i18n/Texts';
import { Instant } from '../../parts/Instant';
import { Skeleton } from '../../parts/Skeleton';
import { type Health, worst } from './health';
import type { SystemStatus } from './useStatus';
import css from './Verdict.module.css';

interface VerdictProps {
  readonly status: SystemStatus | undefined;
  /** Milliseconds since the status was read. */
  readonly sinceRead: number;
}

/** The one answer people come for, and what is running. */
export function Verdict({ status, sinceRead }: VerdictProps) {
  const texts = useTexts().status;
  const health = status && worst(status.dependencies.map((dependency) => dependency.status as Health));
  const troubled = status?.dependencies.filter((dependency) => dependency.status !== 'healthy') ?? [];
  const Icon = health === undefined ? CircleDashed : icons[health];
  const title =
    health === undefined
      ? ''
      : { healthy: texts.good, degraded: texts.degraded, unhealthy: texts.bad }[health];
  return (
    <section className={css['verdict']} data-health={health ?? 'unknown'} aria-label={texts.title}>
      <div className={css['answer']}>
        <Icon size={24} strokeWidth={2} aria-hidden="true" />
        <div>
          <p className={css['title']} role="status">
            {title || <Skeleton width={150} />}
          </p>
          <p className={css['detail']}>
            {health === undefined ? (
              <Skeleton width={180} />
            ) : troubled.length === 0 ? (
              texts.goodDetail
            ) : (
              texts.badDetail(troubled.map((dependency) => dependency.name).join(', '))
            )}
          </p>
        </div>
      </div>
      <dl className={css['facts']}>
        <Fact name={texts.version} value={status?.version} />
        <Fact name={texts.environment} value={status?.environment} />
        <Fact name={texts.since} value={status && <Instant at={status.startedAt} />} />
        <Fact
          name={texts.uptime}
          value={status && formatDuration(status.uptimeSeconds + sinceRead / 1_000)}
        />
        <Fact name={texts.roles} value={status?.roles.join(', ')} />
      </dl>
    </section>
  );
}

const icons = { healthy: CheckCircle2, degraded: AlertTriangle, unhealthy: XCircle } as const;

function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value ?? <Skeleton width={72} />}</dd>
    </div>
  );
}
