import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { api, type Schemas, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Ask } from '../../parts/form/Ask';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';
import { Panel } from '../../parts/Panel';
import { Locked } from '../subscription/Locked';
import { KeyDialog } from './KeyDialog';
import { KeyTable } from './KeyTable';
import { MadeKey } from './MadeKey';
import { RotateDialog } from './RotateDialog';

export type ApiKey = Schemas['KeyView'];
type Step =
  | { readonly kind: 'new' | 'made'; readonly made?: Schemas['MadeKey'] }
  | { readonly kind: 'edit' | 'rotate' | 'revoke'; readonly key: ApiKey };

export function KeysTab() {
  const { keys } = useTexts().accounts;
  const cache = useQueryClient();
  const [step, setStep] = useState<Step | null>(null);
  const query = useQuery({
    queryKey: ['account', 'keys'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/api-keys', { signal })),
    refetchInterval: 30_000,
  });
  const close = () => setStep(null);
  const again = () => cache.invalidateQueries({ queryKey: ['account', 'keys'] });
  const show = async (made: Schemas['MadeKey']) => {
    setStep({ kind: 'made', made });
    await again();
  };
  return (
    <Loaded title={keys.title} of={query}>
      {(list) => (
        <Panel title={keys.title} note={keys.lead}>
          {list.length > 0 && (
            <KeyTable
              keys={list}
              onEdit={(key) => setStep({ kind: 'edit', key })}
              onRotate={(key) => setStep({ kind: 'rotate', key })}
              onRevoke={(key) => setStep({ kind: 'revoke', key })}
            />
          )}
          <Locked entitlement="api.keys">
            <Notice icon={KeyRound} title={list.length === 0 ? keys.none : keys.make} hint={keys.noneHint}>
              <Button kind="primary" onClick={() => setStep({ kind: 'new' })}>
                {keys.make}
              </Button>
            </Notice>
          </Locked>
          {step?.kind === 'new' && <KeyDialog onClose={close} onMade={show} onSaved={again} />}
          {step?.kind === 'edit' && <KeyDialog of={step.key} onClose={close} onMade={show} onSaved={again} />}
          {step?.kind === 'rotate' && <RotateDialog of={step.key} onClose={close} onMade={show} />}
          {step?.kind === 'made' && step.made && <MadeKey made={step.made} onClose={close} />}
          {step?.kind === 'revoke' && (
            <Ask
              title={keys.revokeTitle(step.key.name)}
              text={keys.revokeText}
              action={keys.revoke}
              onClose={close}
              work={async () => {
                await unwrap(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id: step.key.id } } }));
                await again();
              }}
            />
          )}
        </Panel>
      )}
    </Loaded>
  );
}
