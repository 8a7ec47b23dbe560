import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { formatAge } from '../format/time';
import { useNow } from '../format/useNow';
import type { Messages } from '../i18n/english';
import { useTexts } from '../i18n/Texts';
import type { LiveState } from '../live/LiveSocket';
import { useLiveStatus } from '../live/live';
import css from './ConnectionDot.module.css';

/** Whether the page is live, and how old the newest data on it is. */
export function ConnectionDot() {
  const texts = useTexts();
  const { state } = useLiveStatus();
  const age = useDataAge();
  const name = stateName(state, texts);
  return (
    <Link href="/status" className={css['connection']} data-state={state}>
      <span className={css['dot']} aria-hidden="true" />
      <span>{name}</span> <span className={css['age']}>{age ?? ''}</span>
      <span className="visually-hidden">
        {age === null ? texts.connection.noData : texts.connection.dataAge}
      </span>
    </Link>
  );
}

/** Of whatever came in last, over the socket or by asking. */
function useDataAge(): string | null {
  const cache = useQueryClient().getQueryCache();
  const now = useNow();
  const newest = Math.max(0, ...cache.getAll().map((query) => query.state.dataUpdatedAt));
  return newest === 0 ? null : formatAge(now - newest);
}

function stateName(state: LiveState, { connection }: Messages): string {
  switch (state) {
    case 'live':
      return connection.live;
    case 'refused':
      return connection.refused;
    case 'waiting':
      return connection.waiting;
    default:
      return connection.connecting;
  }
}
