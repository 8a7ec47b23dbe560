import { useLocation } from 'wouter';
import { ApiError } from '../../api/ApiError';
import { api, unwrap } from '../../api/client';
import { changePreferences } from '../../preferences/store';
import { preferencesOf } from '../preferencesOf';
import { useForgetEverything } from '../session/useMe';

/** Signed in: what was loaded before is forgotten, the account's looks are put on, and the way leads on. */
export function useEnter(next: string): () => Promise<void> {
  const [, navigate] = useLocation();
  const forget = useForgetEverything();
  return async () => {
    await forget();
    navigate(next, { replace: true });
    try {
      changePreferences(preferencesOf(await unwrap(api.GET('/api/v1/account'))));
    } catch {
      // The looks of this browser are good enough.
    }
  };
}

/** The challenge of a sign-in that waits for its second factor; what else went wrong is thrown on. */
export function challengeOf(error: unknown): string {
  const challenge =
    error instanceof ApiError && error.code === 'SECOND_FACTOR_REQUIRED' ? error.details['challenge'] : null;
  if (typeof challenge !== 'string') throw error;
  return challenge;
}
