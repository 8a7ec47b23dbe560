/** Where to go after signing in: a page of this app, and nowhere else. */
export function safeReturn(search: string): string {
  const wanted = new URLSearchParams(search).get('next') ?? '';
  const isOurs = /^\/(?![/\\])/.test(wanted) && !hasControls(wanted);
  return isOurs && !/^\/(login|register|forgot|reset|confirm|verify)/.test(wanted) ? wanted : '/dashboard';
}

/** The sign-in page, which leads back to where it was asked for. */
export function signInPath(pathname: string, search: string): string {
  const isPlain = /^\/(login|register|forgot|reset|confirm|verify)/.test(pathname);
  return isPlain ? '/login' : `/login?next=${encodeURIComponent(pathname + search)}`;
}

const hasControls = (text: string) => Array.from(text).some((letter) => letter < ' ');
