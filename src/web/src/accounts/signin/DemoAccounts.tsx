import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { explainError } from '../explainError';
import css from './Entrance.module.css';
import { challengeOf } from './useEnter';

interface DemoProps {
  readonly onEntered: () => Promise<void>;
  readonly onChallenge: (challenge: string) => void;
}

/** The accounts a development server names; elsewhere there are none, and nothing is shown. */
export function DemoAccounts({ onEntered, onChallenge }: DemoProps) {
  const texts = useTexts();
  const { login, plans, roles } = texts.accounts;
  const { data } = useQuery({
    queryKey: ['demo accounts'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/demo-accounts', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [problem, setProblem] = useState<string | null>(null);
  if (data === undefined || data.length === 0) return null;
  const enter = async (email: string, password: string) => {
    setProblem(null);
    try {
      await unwrap(
        api.POST('/api/v1/auth/login', {
          body: { email, password, session: true, remember: false, trustDevice: false },
        }),
      );
      await onEntered();
    } catch (error) {
      try {
        onChallenge(challengeOf(error));
      } catch {
        setProblem(explainError(error, texts));
      }
    }
  };
  return (
    <section className={css['demo']} aria-label={login.demoTitle}>
      <h2>{login.demoTitle}</h2>
      <p>{login.demoHint}</p>
      <ul className={css['accounts']}>
        {data.map(({ email, password, role, plan }) => (
          <li key={email}>
            <button type="button" className={css['account']} onClick={() => void enter(email, password)}>
              <span>{email}</span>
              <span>
                {password} · {role === 'admin' ? roles.admin : plans[plan]}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p role="alert">{problem}</p>
    </section>
  );
}
