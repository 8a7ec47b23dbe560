import { formatAge, formatUtc } from '../format/time';
import { useTexts } from '../i18n/Texts';

interface AgoProps {
  readonly at: string;
  /** Now, by the clock that wrote `at`. */
  readonly now: number;
}

/** How long ago, or how soon; the exact moment on hover. */
export function Ago({ at, now }: AgoProps) {
  const { jobs } = useTexts();
  const moment = new Date(at);
  const distance = now - moment.getTime();
  return (
    <time dateTime={at} title={formatUtc(moment)}>
      {distance >= 0 ? jobs.ago(formatAge(distance)) : jobs.inTime(formatAge(-distance))}
    </time>
  );
}
