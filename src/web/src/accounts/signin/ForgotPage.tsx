import { useState } from 'react';
import { Link } from 'wouter';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { emailFault } from '../checks';
import { Entrance } from './Entrance';
import { OutboxHint } from './OutboxHint';

export function ForgotPage() {
  const { accounts: texts } = useTexts();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm({
    initial: { email: '' },
    check: ({ email }) => ({ email: emailFault(email, texts) }),
    send: async ({ email }) => {
      await unwrap(api.POST('/api/v1/auth/forgot-password', { body: { email } }));
      setSentTo(email.trim());
    },
  });
  const back = <Link href="/login">{texts.forgot.back}</Link>;
  if (sentTo !== null)
    return (
      <Entrance title={texts.forgot.sentTitle} lead={texts.forgot.sent(sentTo)} below={back}>
        <OutboxHint />
      </Entrance>
    );
  return (
    <Entrance title={texts.forgot.title} lead={texts.forgot.lead} below={back}>
      <Form of={form} action={texts.forgot.action}>
        <Field {...form.field('email')} label={texts.login.email} type="email" autoComplete="username" />
      </Form>
    </Entrance>
  );
}
