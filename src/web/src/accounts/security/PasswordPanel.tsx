import { useState } from 'react';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { Instant } from '../../parts/Instant';
import { Panel } from '../../parts/Panel';
import { codeFault, needed, passwordFault } from '../checks';
import { type Security, useSecurityChanged } from './SecurityTab';

export function PasswordPanel({ security }: { readonly security: Security }) {
  const { accounts: texts } = useTexts();
  const changed = useSecurityChanged();
  const [said, setSaid] = useState<string | null>(null);
  const empty = { current: '', new: '', code: '' };
  const form = useForm({
    initial: empty,
    check: (values) => ({
      current: needed(values.current, texts),
      new: passwordFault(values.new, texts),
      code: security.hasAuthenticator ? codeFault(values.code, texts) : undefined,
    }),
    send: async ({ code, ...passwords }) => {
      setSaid(null);
      const body = security.hasAuthenticator ? { ...passwords, code: code.replaceAll(' ', '') } : passwords;
      await unwrap(api.POST('/api/v1/account/password', { body }));
      form.setValues(empty);
      setSaid(texts.security.passwordDone);
      await changed();
    },
  });
  const note = security.passwordChangedAt && (
    <>
      {texts.security.passwordChanged} <Instant at={security.passwordChangedAt} />
    </>
  );
  return (
    <Panel title={texts.security.password} note={note}>
      <Form of={form} action={texts.security.changePassword} said={said} isPadded>
        <Field
          {...form.field('current')}
          label={texts.security.current}
          type="password"
          autoComplete="current-password"
        />
        <Field
          {...form.field('new')}
          label={texts.security.next}
          type="password"
          hint={texts.register.passwordHint}
          autoComplete="new-password"
        />
        {security.hasAuthenticator && (
          <Field
            {...form.field('code')}
            label={texts.security.code}
            inputMode="numeric"
            autoComplete="one-time-code"
            isMono
          />
        )}
      </Form>
    </Panel>
  );
}
