import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import { Ask } from '../../parts/form/Ask';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { Instant } from '../../parts/Instant';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import { needed } from '../checks';
import css from '../profile/Profile.module.css';
import { confirmed, NotConfirmed } from '../session/asking';
import { hasPasskeys, makePasskey, wasDismissed } from '../session/passkeys';
import { useSecurityChanged } from './SecurityTab';

type Passkey = Schemas['PasskeyView'];

export function PasskeysPanel() {
  const { security } = useTexts().accounts;
  const changed = useSecurityChanged();
  const [leaving, setLeaving] = useState<Passkey | null>(null);
  const { data } = useQuery({
    queryKey: ['account', 'passkeys'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account/passkeys', { signal })),
  });
  return (
    <Panel title={security.passkeys} note={security.passkeysHint}>
      {data !== undefined && data.length > 0 && (
        <DataTable>
          <tbody>
            {data.map((passkey) => (
              <tr key={passkey.id}>
                <th scope="row" className={table['wide']}>
                  {passkey.name}
                </th>
                <td className={`${table['quiet']} ${table['spare']}`}>
                  {security.added} <Instant at={passkey.createdAt} />
                </td>
                <td className={`${table['quiet']} ${table['spare']}`}>
                  {passkey.lastUsedAt && (
                    <>
                      {security.lastUsed} <Instant at={passkey.lastUsedAt} />
                    </>
                  )}
                </td>
                <td className={table['number']}>
                  <Button kind="link" onClick={() => setLeaving(passkey)}>
                    {security.remove}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
      {hasPasskeys() ? (
        <AddForm onAdded={changed} />
      ) : (
        <p className={css['body']}>{security.passkeyUnsupported}</p>
      )}
      {leaving !== null && (
        <Ask
          title={security.removePasskeyTitle(leaving.name)}
          text={security.removePasskeyText}
          action={security.remove}
          onClose={() => setLeaving(null)}
          work={async () => {
            const params = { path: { id: leaving.id } };
            await confirmed(() => unwrap(api.DELETE('/api/v1/account/passkeys/{id}', { params })));
            await changed();
          }}
        />
      )}
    </Panel>
  );
}

function AddForm({ onAdded }: { readonly onAdded: () => Promise<void> }) {
  const { accounts: texts } = useTexts();
  const form = useForm({
    initial: { name: '' },
    check: ({ name }) => ({
      name: needed(name, texts) ?? (name.length > 80 ? texts.form.nameLength : undefined),
    }),
    send: async ({ name }) => {
      try {
        const begun = await confirmed(() => unwrap(api.POST('/api/v1/account/passkeys/options')));
        const made = await makePasskey(begun);
        await unwrap(api.POST('/api/v1/account/passkeys', { body: { ...made, name: name.trim() } }));
      } catch (error) {
        if (wasDismissed(error)) throw new NotConfirmed();
        throw error;
      }
      form.setValues({ name: '' });
      await onAdded();
    },
  });
  return (
    <Form of={form} action={texts.security.addPasskey} isPadded>
      <Field
        {...form.field('name')}
        label={texts.security.passkeyName}
        hint={texts.security.passkeyNameHint}
        autoComplete="off"
      />
    </Form>
  );
}
