import { LockKeyhole } from 'lucide-react';
import { Link, useLocation, useSearch } from 'wouter';
import { signInPath } from '../../accounts/session/returning';
import { ApiError } from '../../api/ApiError';
import { useTexts } from '../../i18n/Texts';
import { Failure } from '../../parts/Failure';
import { Notice } from '../../parts/Notice';

interface RefusedProps {
  readonly error: Error;
  readonly retry: () => void;
}

/** Why something is not shown: nobody is signed in, the plan leaves it locked, or it went wrong. */
export function Refused({ error, retry }: RefusedProps) {
  const { accounts: texts, pages } = useTexts();
  const [pathname] = useLocation();
  const search = useSearch();
  const code = error instanceof ApiError ? error.code : '';
  if (code === 'SIGN_IN_REQUIRED')
    return (
      <Notice icon={LockKeyhole} title={texts.needs.title} hint={pages.signInHint}>
        <Link href={signInPath(pathname, search === '' ? '' : `?${search}`)}>{texts.menu.signIn}</Link>
        <Link href="/register">{texts.menu.register}</Link>
      </Notice>
    );
  if (error instanceof ApiError && code === 'PLAN_REQUIRED') {
    const { entitlement } = error.details;
    return (
      <Notice icon={LockKeyhole} title={texts.subscription.locked} hint={texts.errors.PLAN_REQUIRED}>
        <Link href={`/profile/subscription?why=${String(entitlement)}`}>{texts.subscription.why}</Link>
      </Notice>
    );
  }
  return <Failure error={error} retry={retry} />;
}
