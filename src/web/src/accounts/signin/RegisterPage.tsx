import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { api, unwrap } from '../../api/client';
import { chooseLanguage } from '../../i18n/languages';
import { useTexts } from '../../i18n/Texts';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { currentPreferences } from '../../preferences/store';
import { emailFault, passwordFault } from '../checks';
import { ConsentTicks } from './ConsentTicks';
import { consentFaults, noConsent } from './consent';
import { Entrance } from './Entrance';
import { OutboxHint } from './OutboxHint';
import { Resend } from './Resend';

export function RegisterPage() {
  const { accounts: texts } = useTexts();
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo !== null)
    return (
      <Entrance
        title={texts.register.sentTitle}
        lead={texts.register.sent(sentTo)}
        below={<Link href="/login">{texts.forgot.back}</Link>}
      >
        <MailCheck size={20} aria-hidden="true" />
        <p>{texts.register.sentHint}</p>
        <Resend email={sentTo} />
        <OutboxHint />
      </Entrance>
    );
  return (
    <Entrance
      title={texts.register.title}
      lead={texts.register.lead}
      below={
        <p>
          {texts.register.haveAccount} <Link href="/login">{texts.menu.signIn}</Link>
        </p>
      }
    >
      <RegisterForm onSent={setSentTo} />
    </Entrance>
  );
}

function RegisterForm({ onSent }: { readonly onSent: (email: string) => void }) {
  const { accounts: texts } = useTexts();
  const { register } = texts;
  const form = useForm({
    initial: { name: '', email: '', password: '', ...noConsent },
    check: (values) => ({
      name: values.name.length > 80 ? texts.form.nameLength : undefined,
      email: emailFault(values.email, texts),
      password: passwordFault(values.password, texts),
      ...consentFaults(values, texts),
    }),
    send: async (values) => {
      const { language, timeZone } = currentPreferences();
      const device = Intl.DateTimeFormat().resolvedOptions().timeZone;
      await unwrap(
        api.POST('/api/v1/auth/register', {
          body: {
            ...values,
            language: chooseLanguage(language, navigator.languages),
            timeZone: timeZone === 'system' ? device : timeZone,
          },
        }),
      );
      onSent(values.email.trim());
    },
  });
  return (
    <Form of={form} action={register.action}>
      <Field {...form.field('name')} label={register.name} hint={register.nameHint} autoComplete="name" />
      <Field {...form.field('email')} label={texts.login.email} type="email" autoComplete="username" />
      <Field
        {...form.field('password')}
        label={texts.login.password}
        type="password"
        hint={register.passwordHint}
        autoComplete="new-password"
      />
      <ConsentTicks form={form} />
    </Form>
  );
}
