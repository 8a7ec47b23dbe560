import { useFormat } from '../../format/useFormat';
import { useTexts } from '../../i18n/Texts';
import { Badge, type Tone } from '../../parts/Badge';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import { Instant } from '../../parts/Instant';
import table from '../../parts/Table.module.css';
import css from '../profile/Profile.module.css';
import type { ApiKey } from './KeysTab';

const tones: { readonly [state in ApiKey['state']]: Tone } = {
  active: 'good',
  replaced: 'busy',
  expired: 'quiet',
  revoked: 'quiet',
};

interface KeyTableProps {
  readonly keys: readonly ApiKey[];
  readonly onEdit: (key: ApiKey) => void;
  readonly onRotate: (key: ApiKey) => void;
  readonly onRevoke: (key: ApiKey) => void;
}

export function KeyTable({ keys, onEdit, onRotate, onRevoke }: KeyTableProps) {
  const { keys: texts } = useTexts().accounts;
  const format = useFormat();
  return (
    <DataTable isTall>
      <thead>
        <tr>
          <th scope="col" className={table['wide']}>
            {texts.key}
          </th>
          <th scope="col">{texts.state}</th>
          <th scope="col" className={table['spare']}>
            {texts.lastUse}
          </th>
          <th scope="col" className={`${table['number']} ${table['spare']}`}>
            {texts.uses}
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <th scope="row">
              {key.name}
              <span className={table['under']}>
                <code>{key.prefix}…</code> · {key.scopes.join(', ')}
              </span>
            </th>
            <td>
              <Badge tone={tones[key.state]}>{texts.states[key.state]}</Badge>
              {key.expiresAt && key.state !== 'revoked' && (
                <span className={table['under']}>{texts.ends(format.instant(new Date(key.expiresAt)))}</span>
              )}
            </td>
            <td className={`${table['quiet']} ${table['spare']}`}>
              {key.lastUsedAt === null ? texts.neverUsed : <Instant at={key.lastUsedAt} />}
              {key.lastAddress && <span className={table['under']}>{key.lastAddress}</span>}
            </td>
            <td className={`${table['number']} ${table['spare']}`}>{format.count(key.uses)}</td>
            <td>
              {(key.state === 'active' || key.state === 'replaced') && (
                <span className={css['bar']}>
                  {key.state === 'active' && (
                    <>
                      <Button kind="link" aria-label={texts.editOf(key.name)} onClick={() => onEdit(key)}>
                        {texts.edit}
                      </Button>
                      <Button kind="link" aria-label={texts.rotateOf(key.name)} onClick={() => onRotate(key)}>
                        {texts.rotate}
                      </Button>
                    </>
                  )}
                  <Button kind="link" aria-label={texts.revokeOf(key.name)} onClick={() => onRevoke(key)}>
                    {texts.revoke}
                  </Button>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
