import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Loaded } from '../../parts/Loaded';
import { Panel } from '../../parts/Panel';
import { AuditTable } from '../audit/AuditTable';
import type { Me } from '../session/useMe';
import { AuthenticatorPanel } from './AuthenticatorPanel';
import { DataPanel } from './DataPanel';
import { DevicesPanel } from './DevicesPanel';
import { PasskeysPanel } from './PasskeysPanel';
import { PasswordPanel } from './PasswordPanel';
import { SessionsPanel } from './SessionsPanel';

export type Security = Schemas['SecurityView'];

export function SecurityTab({ me }: { readonly me: Me }) {
  const { security } = useTexts().accounts;
  const query = useQuery({
    queryKey: ['account', 'security'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account/security', { signal })),
  });
  return (
    <Loaded title={security.password} of={query}>
      {(data) => (
        <>
          <AuthenticatorPanel security={data} />
          <PasskeysPanel />
          <PasswordPanel security={data} />
          <SessionsPanel />
          <DevicesPanel />
          <Panel title={security.history} note={security.historyHint}>
            <AuditTable of="mine" />
          </Panel>
          <DataPanel email={me.email ?? ''} />
        </>
      )}
    </Loaded>
  );
}

/** What protects an account changed: everything that tells of it is asked for anew. */
export function useSecurityChanged(): () => Promise<void> {
  const cache = useQueryClient();
  return () =>
    cache.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] === 'account' || queryKey[0] === 'me',
    });
}
