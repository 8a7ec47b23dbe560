import { CheckCircle2, CircleDashed, XCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatDuration } from '../../format/time';
import { useTexts } from '../../i18n/Texts';
import { Instant } from '../../parts/Instant';
import { Skeleton } from '../../parts/Skeleton';
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
  const down = status?.dependencies.filter((dependency) => dependency.status === 'down') ?? [];
  const health = status && (down.length === 0 ? 'good' : 'bad');
  const Icon = health === undefined ? CircleDashed : icons[health];
  return (
    <section className={css['verdict']} data-health={health ?? 'unknown'} aria-label={texts.title}>
      <div className={css['answer']}>
        <Icon size={24} strokeWidth={2} aria-hidden="true" />
        <div>
          <p className={css['title']} role="status">
            {health === undefined ? <Skeleton width={150} /> : texts[health]}
          </p>
          <p className={css['detail']}>
            {health === undefined ? (
              <Skeleton width={180} />
            ) : health === 'good' ? (
              texts.goodDetail
            ) : (
              texts.badDetail(down.map((dependency) => dependency.name).join(', '))
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

const icons = { good: CheckCircle2, bad: XCircle } as const;

function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value ?? <Skeleton width={72} />}</dd>
    </div>
  );
}
