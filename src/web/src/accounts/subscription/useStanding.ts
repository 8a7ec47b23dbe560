import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../api/client';

type Standing = Schemas['Standing'];

export function useStanding(entitlement: string) {
  return useQuery({
    queryKey: ['account', 'access', entitlement],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/access/{entitlement}', { params: { path: { entitlement } }, signal })),
  });
}

/** Whether the plan gives nothing of it at all; a limit that is used up is another matter. */
export const isShut = (standing: Standing): boolean =>
  !standing.allowed && (standing.limit === 0 || standing.limit === null);
