/** The token against forged requests. It stands and falls with the session, whose own cookie no script can read. */
export function csrfToken(cookies: string): string | null {
  for (const cookie of cookies.split('; ')) {
    const [name, value] = cookie.split('=');
    if ((name === '__Host-tidemark-csrf' || name === 'tidemark-csrf') && value) return value;
  }
  return null;
}
