import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../api/client';

export type Profile = Schemas['ProfileView'];

export const profileKey = ['account', 'profile'] as const;

export function useProfile() {
  return useQuery({
    queryKey: profileKey,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account', { signal })),
  });
}
