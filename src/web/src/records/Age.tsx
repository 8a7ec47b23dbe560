import { formatAge, formatUtc } from '../format/time';
import { useTexts } from '../i18n/Texts';
import { useServerNow } from '../live/live';

/** How long ago, without a word for it; what is still to come says so. */
export function Age({ at }: { readonly at: string }) {
  const { jobs } = useTexts();
  const moment = new Date(at);
  const distance = useServerNow() - moment.getTime();
  return (
    <time dateTime={at} title={formatUtc(moment)}>
      {distance >= 0 ? formatAge(distance) : jobs.inTime(formatAge(-distance))}
    </time>
  );
}
