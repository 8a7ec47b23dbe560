import { formatUtc } from '../format/time';
import { useFormat } from '../format/useFormat';

/** A moment on the reader's clock, in UTC on hover. */
export function Instant({ at }: { readonly at: string }) {
  const format = useFormat();
  const moment = new Date(at);
  return (
    <time dateTime={at} title={formatUtc(moment)}>
      {format.instant(moment)}
    </time>
  );
}
