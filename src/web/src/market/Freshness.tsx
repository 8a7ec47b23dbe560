import { formatAge, formatUtc } from '../format/time';
import { useTexts } from '../i18n/Texts';
import { useServerNow } from '../live/live';
import css from './Freshness.module.css';

/** Nothing heard for this long is worth a word: the market may be quiet, or we may be deaf. */
export const staleAfter = 15_000;

interface FreshnessProps {
  readonly at: string | null;
  /** Of something done once: its age is no fault. */
  readonly isPast?: boolean;
}

/** How old something is, ticking. */
export function Freshness({ at, isPast = false }: FreshnessProps) {
  const { jobs } = useTexts();
  const now = useServerNow();
  if (at === null) return <span className={css['age']}>–</span>;
  const moment = new Date(at);
  const age = Math.max(0, now - moment.getTime());
  return (
    <time
      className={css['age']}
      dateTime={at}
      title={formatUtc(moment)}
      data-stale={(!isPast && age > staleAfter) || undefined}
    >
      {jobs.ago(formatAge(age))}
    </time>
  );
}
