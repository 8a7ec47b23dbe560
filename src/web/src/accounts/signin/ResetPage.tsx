import { useState } from 'react';
import { Link } from 'wouter';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { passwordFault } from '../checks';
import { Entrance } from './Entrance';

export function ResetPage() {
  const { accounts: texts } = useTexts();
  const [token] = useState(() => new URLSearchParams(location.search).get('token') ?? '');
  const [isDone, setDone] = useState(false);
  const form = useForm({
    initial: { password: '' },
    check: ({ password }) => ({ password: passwordFault(password, texts) }),
    send: async ({ password }) => {
      await unwrap(api.POST('/api/v1/auth/reset-password', { body: { token, password } }));
      history.replaceState(history.state, '', location.pathname);
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
      title={texts.reset.title}
      lead={texts.reset.lead}
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
      </Form>
    </Entrance>
  );
}
