import { useEffect, useState } from 'react';

/** The token of a mailed link. It leaves the address bar at once, so that no history and no referrer keeps it. */
export function useMailedToken(): string {
  const [token] = useState(() => new URLSearchParams(location.search).get('token') ?? '');
  useEffect(() => {
    if (token !== '') history.replaceState(history.state, '', location.pathname);
  }, [token]);
  return token;
}
