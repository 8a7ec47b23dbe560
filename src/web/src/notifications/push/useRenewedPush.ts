import { useQuery } from '@tanstack/react-query';
import { ownBrowser, renew } from './push';

/** Once a visit, where this browser is subscribed. */
export function useRenewedPush(user: number): void {
  useQuery({
    queryKey: ['notifications', 'push', 'renewed', user],
    queryFn: async () => {
      await renew(user);
      return true;
    },
    enabled: ownBrowser(user) !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
