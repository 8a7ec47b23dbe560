import { useLocation } from 'wouter';
import { ApiError } from '../../api/ApiError';
import { api, unwrap } from '../../api/client';
import { leave } from '../../notifications/push/push';
import { useForgetEverything } from './useMe';

/** Ends this session, and the pushes to this browser with it. A session that had ended already is as good. */
export function useSignOut(): () => Promise<void> {
  const [, navigate] = useLocation();
  const forget = useForgetEverything();
  return async () => {
    await leave();
    try {
      await unwrap(api.POST('/api/v1/auth/logout'));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
    }
    await forget();
    navigate('/login');
  };
}
