import { CircleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Schemas } from '../../api/client';
import { formatAge } from '../../format/time';
import { useNow } from '../../format/useNow';
import { useTexts } from '../../i18n/Texts';
import type { MarketRow } from '../board';
import { staleAfter } from '../Freshness';
import css from './StaleNotice.module.css';

interface StaleNoticeProps {
  readonly market: MarketRow | undefined;
  /** When a candle of this chart was heard last. */
  readonly heardAt: number | null;
  readonly provenance: Schemas['Provenance'];
}

/** Says so when nothing was heard of a market for a while. Recordings are never heard. */
export function StaleNotice({ market, heardAt, provenance }: StaleNoticeProps) {
  const { chart: texts } = useTexts();
  const now = useNow();
  const pricedAt = useMovedAt(market?.at ?? null, market?.bid ?? null);
  const silence = now - Math.max(heardAt ?? 0, pricedAt);
  const isStale = provenance !== 'recorded' && silence > staleAfter;
  return (
    <div className={css['place']} role="status">
      {isStale && (
        <p className={css['stale']} title={texts.staleHint}>
          <CircleAlert size={14} aria-hidden="true" />
          {texts.stale(formatAge(silence))}
        </p>
      )}
    </div>
  );
}

/** When this page saw the market move last; from its opening on at first. */
function useMovedAt(at: string | null, bid: number | null): number {
  const [movedAt, setMovedAt] = useState(Date.now);
  // biome-ignore lint/correctness/useExhaustiveDependencies: that they are different is what is noted.
  useEffect(() => setMovedAt(Date.now()), [at, bid]);
  return movedAt;
}
