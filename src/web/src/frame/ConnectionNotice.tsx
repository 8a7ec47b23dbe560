import { WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { formatAge } from '../format/time';
import { useNow } from '../format/useNow';
import { useTexts } from '../i18n/Texts';
import { retryLive, useLiveStatus } from '../live/live';
import { Button } from '../parts/Button';
import css from './ConnectionNotice.module.css';

const patience = 2_000;

/** Floats above the page while what it shows is not live, and says so once to screen readers. */
export function ConnectionNotice() {
  const { connection } = useTexts();
  const live = useLiveStatus();
  const now = useNow();
  const isDown = useLasting(
    live.state === 'waiting' || live.state === 'refused' || live.state === 'connecting',
  );
  const isLost = isDown && live.state !== 'idle';
  const age = live.dataAt === null ? null : formatAge(now - live.dataAt);
  const seconds = live.retryAt === null ? 0 : Math.ceil((live.retryAt - now) / 1_000);
  return (
    <div className={css['place']}>
      <p className="visually-hidden" role="status">
        {isLost ? connection.lostTitle : ''}
      </p>
      {isLost && (
        <div className={css['notice']}>
          <WifiOff size={16} aria-hidden="true" />
          <p>
            <strong>{connection.lostTitle}</strong> {age !== null && connection.shownFrom(age)}{' '}
            {live.state === 'refused' ? connection.refusedHint : connection.retryIn(Math.max(0, seconds))}
          </p>
          {live.state !== 'refused' && <Button onClick={retryLive}>{connection.retryNow}</Button>}
        </div>
      )}
    </div>
  );
}

/** True once something has held for a while: a blink is not worth a word. Between two attempts it stays said. */
function useLasting(holds: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!holds) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), patience);
    return () => clearTimeout(timer);
  }, [holds]);
  return lasting;
}
