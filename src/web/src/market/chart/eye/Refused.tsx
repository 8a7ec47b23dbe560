import { CloudOff, LockKeyhole, LogIn } from 'lucide-react';
import { Link, useLocation, useSearch } from 'wouter';
import { signInPath } from '../../../accounts/session/returning';
import { Locked } from '../../../accounts/subscription/Locked';
import { ApiError } from '../../../api/ApiError';
import { useTexts } from '../../../i18n/Texts';
import { Button } from '../../../parts/Button';
import { Notice } from '../../../parts/Notice';
import { RequestId } from '../../../parts/RequestId';

interface RefusedProps {
  readonly symbol: string;
  readonly error: Error;
  readonly retry: () => void;
}

/** Why there are no patterns beside these candles, and what to do about it. */
export function Refused({ symbol, error, retry }: RefusedProps) {
  const { overlay: texts } = useTexts().eye;
  const [pathname] = useLocation();
  const search = useSearch();
  const said = error instanceof ApiError ? error : null;
  if (said?.status === 401)
    return (
      <Notice icon={LogIn} title={texts.signIn} hint={texts.signInHint}>
        <Link href={signInPath(pathname, search === '' ? '' : `?${search}`)}>{texts.toSignIn}</Link>
      </Notice>
    );
  if (said?.code === 'PLAN_REQUIRED') {
    const wanted = said.details['entitlement'];
    const entitlement = typeof wanted === 'string' ? wanted : 'symbols';
    return (
      <Locked entitlement={entitlement}>
        <Notice icon={LockKeyhole} title={texts.lockedSymbol(symbol)} hint={error.message}>
          <Link href={`/profile/subscription?why=${entitlement}`}>{texts.why}</Link>
        </Notice>
      </Locked>
    );
  }
  return (
    <Notice icon={CloudOff} title={texts.failed} hint={error.message} alert>
      <Button kind="primary" onClick={retry}>
        {texts.retry}
      </Button>
      <RequestId value={said?.requestId ?? null} />
    </Notice>
  );
}
