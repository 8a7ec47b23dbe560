/** The token of a mailed link. It leaves the address bar at once, so that no history and no referrer keeps it. */
export function takeToken(): string {
  const token = new URLSearchParams(location.search).get('token') ?? '';
  if (token !== '') history.replaceState(history.state, '', location.pathname);
  return token;
}
