import { useQueryClient } from '@tanstack/react-query';
import { useChannel } from '../live/live';
import { useBatch } from '../live/useBatch';
import { alertsKey } from './kinds';

/** While it is on the page, what is shown of alerts is read again as soon as one tells. */
export function useAlertNews(user: number): void {
  const cache = useQueryClient();
  const readAgain = () => void cache.invalidateQueries({ queryKey: alertsKey });
  const take = useBatch<unknown>(readAgain);
  useChannel(`alerts:${user}`, { onMessage: take, onGap: readAgain });
}
