import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../api/ApiError';
import { api, type Schemas, unwrap } from '../../api/client';
import { csrfToken } from '../../api/csrf';
import { restartLive } from '../../live/live';

export type Me = Schemas['Identity'];

export const meKey = ['me'] as const;

async function readMe(signal: AbortSignal): Promise<Me | null> {
  // Without the cookie nobody is signed in, and there is no need to ask.
  if (csrfToken(document.cookie) === null) return null;
  try {
    const me = await unwrap(api.GET('/api/v1/auth/me', { signal }));
    return me.id === null ? null : me;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/** Who is signed in; null is a visitor, undefined is not known yet. */
export function useMe(): Me | null | undefined {
  const { data, isError } = useQuery({
    queryKey: meKey,
    queryFn: ({ signal }) => readMe(signal),
    staleTime: 60_000,
    refetchInterval: 5 * 60_000,
  });
  return isError && data === undefined ? null : data;
}

/** After signing in or out everything that was loaded belonged to somebody else. */
export function useForgetEverything(): () => Promise<void> {
  const cache = useQueryClient();
  return async () => {
    restartLive();
    cache.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
    await cache.refetchQueries({ queryKey: meKey });
  };
}
