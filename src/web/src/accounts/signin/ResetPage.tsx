import { useState } from 'react';
import { Link } from 'wouter';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { passwordFault } from '../checks';
import { ConsentTicks } from './ConsentTicks';
import { consentFaults, noConsent } from './consent';
import { Entrance } from './Entrance';
import { useMailedToken } from './useMailedToken';

export function ResetPage() {
  const { accounts: texts } = useTexts();
  const [isInvited] = useState(() => new URLSearchParams(location.search).has('invited'));
  const token = useMailedToken();
  const [isDone, setDone] = useState(false);
  const form = useForm({
    initial: { password: '', ...noConsent },
    check: (values) => ({
      password: passwordFault(values.password, texts),
      ...(isInvited ? consentFaults(values, texts) : {}),
    }),
    send: async (values) => {
      await unwrap(api.POST('/api/v1/auth/reset-password', { body: { token, ...values } }));
      setDone(true);
    },
  });
  if (isDone)
    return (
      <Entrance title={texts.reset.doneTitle} lead={texts.reset.done}>
        <Link href="/login">{texts.menu.signIn}</Link>
      </Entrance>
    );
  if (token === '')
    return (
      <Entrance title={texts.verify.failedTitle} lead={texts.reset.noToken}>
        <Link href="/forgot">{texts.reset.again}</Link>
      </Entrance>
    );
  return (
    <Entrance
      title={isInvited ? texts.reset.invitedTitle : texts.reset.title}
      lead={isInvited ? texts.reset.invitedLead : texts.reset.lead}
      below={<Link href="/forgot">{texts.reset.again}</Link>}
    >
      <Form of={form} action={texts.reset.action}>
        <Field
          {...form.field('password')}
          label={texts.reset.password}
          type="password"
          hint={texts.register.passwordHint}
          autoComplete="new-password"
        />
        {isInvited && <ConsentTicks form={form} />}
      </Form>
    </Entrance>
  );
}
