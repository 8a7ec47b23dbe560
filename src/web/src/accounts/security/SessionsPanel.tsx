import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Ask } from '../../parts/form/Ask';
import { Panel } from '../../parts/Panel';
import css from '../profile/Profile.module.css';
import { useForgetEverything } from '../session/useMe';
import { SessionTable } from './SessionTable';

export function SessionsPanel() {
  const { security } = useTexts().accounts;
  const cache = useQueryClient();
  const forget = useForgetEverything();
  const [, navigate] = useLocation();
  const [said, setSaid] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const { data } = useQuery({
    queryKey: ['account', 'sessions'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account/sessions', { signal })),
    refetchInterval: 30_000,
  });
  const again = () => cache.invalidateQueries({ queryKey: ['account', 'sessions'] });
  const end = async (id: number) => {
    await unwrap(api.DELETE('/api/v1/account/sessions/{id}', { params: { path: { id } } }));
    setSaid(security.ended(1));
    await again();
  };
  const endOthers = async () => {
    const { sessions } = await unwrap(
      api.POST('/api/v1/auth/logout-everywhere', { body: { keepThis: true } }),
    );
    setSaid(security.ended(sessions));
    await again();
  };
  return (
    <Panel title={security.sessions}>
      <SessionTable sessions={data} onEnd={end} />
      <div className={css['body']}>
        <div className={css['bar']}>
          <Button onClick={() => void endOthers()}>{security.endOthers}</Button>
          <Button kind="danger" onClick={() => setLeaving(true)}>
            {security.endAll}
          </Button>
          <span role="status">{said}</span>
        </div>
      </div>
      {isLeaving && (
        <Ask
          title={security.endAllTitle}
          text={security.endAllText}
          action={security.endAll}
          onClose={() => setLeaving(false)}
          work={async () => {
            await unwrap(api.POST('/api/v1/auth/logout-everywhere', { body: { keepThis: false } }));
            await forget();
            navigate('/login');
          }}
        />
      )}
    </Panel>
  );
}
