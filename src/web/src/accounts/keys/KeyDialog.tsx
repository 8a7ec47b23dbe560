import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Choice } from '../../parts/form/Choice';
import { Dialog } from '../../parts/form/Dialog';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import formCss from '../../parts/form/Form.module.css';
import { Tick } from '../../parts/form/Tick';
import { useForm } from '../../parts/form/useForm';
import { isNetwork, readLines } from '../checks';
import css from '../profile/Profile.module.css';
import { confirmed } from '../session/asking';
import type { ApiKey } from './KeysTab';

interface KeyDialogProps {
  /** The key to change; without one a new key is made. */
  readonly of?: ApiKey;
  readonly onClose: () => void;
  readonly onMade: (made: Schemas['MadeKey']) => Promise<void>;
  readonly onSaved: () => Promise<unknown>;
}

const day = 24 * 60 * 60 * 1_000;

export function KeyDialog({ of: key, onClose, onMade, onSaved }: KeyDialogProps) {
  const { keys, form: says } = useTexts().accounts;
  const { data: scopes } = useQuery({
    queryKey: ['account', 'scopes'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/api-keys/scopes', { signal })),
  });
  const networks = (text: string) => {
    const wrong = readLines(text).find((line) => !isNetwork(line));
    return wrong === undefined ? undefined : keys.networkFault(wrong);
  };
  const whole = (text: string, most: number) =>
    /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most
      ? undefined
      : says.wholeBetween('1', String(most));
  const form = useForm({
    initial: {
      name: key?.name ?? '',
      scopes: key?.scopes.join(' ') ?? '',
      perMinute: String(key?.perMinute ?? 60),
      perHour: String(key?.perHour ?? 1_000),
      perDay: String(key?.perDay ?? 10_000),
      allowed: key?.allowed.join('\n') ?? '',
      denied: key?.denied.join('\n') ?? '',
      expiresAt: '90',
    },
    check: (values) => ({
      name: values.name.trim() === '' || values.name.length > 80 ? keys.nameFault : undefined,
      scopes: values.scopes === '' ? keys.scopesFault : undefined,
      perMinute: whole(values.perMinute, 6_000),
      perHour: whole(values.perHour, 100_000),
      perDay: whole(values.perDay, 1_000_000),
      allowed: networks(values.allowed),
      denied: networks(values.denied),
    }),
    send: async (values) => {
      const body = {
        name: values.name.trim(),
        scopes: values.scopes.split(' '),
        perMinute: Number(values.perMinute),
        perHour: Number(values.perHour),
        perDay: Number(values.perDay),
        allowed: readLines(values.allowed),
        denied: readLines(values.denied),
      };
      if (key !== undefined) {
        await confirmed(() =>
          unwrap(api.PATCH('/api/v1/api-keys/{id}', { params: { path: { id: key.id } }, body })),
        );
        await onSaved();
        return onClose();
      }
      const expiresAt =
        values.expiresAt === '' ? null : new Date(Date.now() + Number(values.expiresAt) * day).toISOString();
      await onMade(
        await confirmed(() => unwrap(api.POST('/api/v1/api-keys', { body: { ...body, expiresAt } }))),
      );
    },
  });
  const chosen = form.values.scopes === '' ? [] : form.values.scopes.split(' ');
  const { fault, onLeave } = form.field('scopes');
  return (
    <Dialog title={key === undefined ? keys.make : keys.editTitle} onClose={onClose}>
      <Form
        of={form}
        action={key === undefined ? keys.create : says.save}
        beside={<Button onClick={onClose}>{says.cancel}</Button>}
      >
        <Field {...form.field('name')} label={keys.name} hint={keys.nameHint} autoComplete="off" />
        <fieldset className={formCss['group']}>
          <legend className={formCss['legend']}>{keys.scopes}</legend>
          <div className={css['scopes']}>
            {scopes?.map(({ name, meaning }) => (
              <Tick
                key={name}
                name="scopes"
                value={chosen.includes(name)}
                hint={meaning}
                onLeave={onLeave}
                onChange={(isOn) =>
                  form.set(
                    'scopes',
                    (isOn ? [...chosen, name] : chosen.filter((one) => one !== name)).join(' '),
                  )
                }
              >
                <code>{name}</code>
              </Tick>
            ))}
          </div>
          {fault && <p className={formCss['fault']}>{fault}</p>}
        </fieldset>
        <div className={formCss['row']}>
          <Field {...form.field('perMinute')} label={keys.perMinute} inputMode="numeric" />
          <Field {...form.field('perHour')} label={keys.perHour} inputMode="numeric" />
          <Field {...form.field('perDay')} label={keys.perDay} inputMode="numeric" />
          {key === undefined && (
            <Choice
              {...form.field('expiresAt')}
              label={keys.expiry}
              choices={[
                ['7', keys.expiries.d7],
                ['30', keys.expiries.d30],
                ['90', keys.expiries.d90],
                ['365', keys.expiries.d365],
                ['', keys.expiries.never],
              ]}
            />
          )}
        </div>
        <Field {...form.field('allowed')} label={keys.allowed} hint={keys.allowedHint} rows={2} isMono />
        <Field {...form.field('denied')} label={keys.denied} rows={2} isMono />
      </Form>
    </Dialog>
  );
}
