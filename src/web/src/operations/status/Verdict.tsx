import { CheckCircle2, CircleDashed, XCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatAge, formatDuration } from '../../format/time';
import type { Messages } from '../../i18n/english';
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

/** Three missed messages, or one missed question: what was true then says little about now. */
const staleAfter = 20_000;

/** The one answer people come for, and what is running. */
export function Verdict({ status, sinceRead }: VerdictProps) {
  const texts = useTexts().status;
  const down = status?.dependencies.filter((dependency) => dependency.status === 'down') ?? [];
  const health = judge(status, down.length, sinceRead);
  const Icon = icons[health];
  const details = {
    unknown: <Skeleton width={180} />,
    stale: texts.staleDetail(formatAge(sinceRead)),
    good: texts.goodDetail,
    bad: texts.badDetail(down.map((dependency) => dependency.name).join(', ')),
  };
  return (
    <section className={css['verdict']} data-health={health} aria-label={texts.title}>
      <div className={css['answer']}>
        <Icon size={24} strokeWidth={2} aria-hidden="true" />
        <div>
          <p className={css['title']} role="status">
            {health === 'unknown' ? <Skeleton width={150} /> : texts[health]}
          </p>
          <p className={css['detail']}>{details[health]}</p>
        </div>
      </div>
      <dl className={css['facts']}>
        <Fact name={texts.version} value={status?.version} />
        <Fact name={texts.environment} value={status?.environment} />
        <Fact name={texts.since} value={status && <Instant at={status.startedAt} />} />
        <Fact
          name={texts.uptime}
          value={status && formatDuration(status.uptimeSeconds + Math.min(sinceRead, staleAfter) / 1_000)}
        />
        <Fact
          name={texts.replay}
          value={status && (status.replay === null ? texts.replayNone : replayed(status.replay, texts))}
        />
        <Fact name={texts.roles} value={status?.roles.join(', ')} />
      </dl>
    </section>
  );
}

const icons = { unknown: CircleDashed, stale: CircleDashed, good: CheckCircle2, bad: XCircle } as const;

function judge(status: SystemStatus | undefined, down: number, sinceRead: number): keyof typeof icons {
  if (status === undefined) return 'unknown';
  if (sinceRead > staleAfter) return 'stale';
  return down === 0 ? 'good' : 'bad';
}

function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value ?? <Skeleton width={72} />}</dd>
    </div>
  );
}

/** What a recomputation of yesterday found otherwise, and why. */
function replayed(replay: NonNullable<SystemStatus['replay']>, texts: Messages['status']): string {
  const causes = Object.entries(replay.causes).map(([cause, facts]) => `${cause}: ${facts}`);
  return [texts.replayed(replay.rewritten, replay.facts), ...causes].join(' · ');
}
