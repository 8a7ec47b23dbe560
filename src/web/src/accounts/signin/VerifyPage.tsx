import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ApiError } from '../../api/ApiError';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { emailFault } from '../checks';
import { explainError } from '../explainError';
import { Entrance } from './Entrance';
import { takeToken } from './takeToken';

/** Opens the account with the mailed link. */
export function VerifyPage() {
  const [, navigate] = useLocation();
  return (
    <Mailed
      spend={(token) => unwrap(api.POST('/api/v1/auth/verify-email', { body: { token } }))}
      onDone={() => navigate('/welcome', { replace: true })}
    />
  );
}

/** Takes over the new address with the mailed link. */
export function VerifyEmailPage() {
  const { accounts: texts } = useTexts();
  const [isDone, setDone] = useState(false);
  if (isDone)
    return (
      <Entrance title={texts.verify.emailChangedTitle} lead={texts.verify.emailChanged}>
        <Link href="/login">{texts.menu.signIn}</Link>
      </Entrance>
    );
  return (
    <Mailed
      spend={(token) => unwrap(api.POST('/api/v1/account/email/confirm', { body: { token } }))}
      onDone={() => setDone(true)}
    />
  );
}

interface MailedProps {
  readonly spend: (token: string) => Promise<unknown>;
  readonly onDone: () => void;
}

function Mailed({ spend, onDone }: MailedProps) {
  const texts = useTexts();
  const { verify } = texts.accounts;
  const [problem, setProblem] = useState<string | null>(null);
  const isSpent = useRef(false);
  useEffect(() => {
    // A link is good once: a second run of this effect must not spend it again.
    if (isSpent.current) return;
    isSpent.current = true;
    spend(takeToken()).then(onDone, (error: unknown) =>
      setProblem(
        error instanceof ApiError && error.code === 'VALIDATION_FAILED'
          ? texts.accounts.errors.LINK_EXPIRED
          : explainError(error, texts),
      ),
    );
  });
  if (problem === null) return <Entrance title={verify.title} lead={verify.working} />;
  return (
    <Entrance
      title={verify.failedTitle}
      lead={problem}
      below={<Link href="/login">{texts.accounts.forgot.back}</Link>}
    >
      <AgainForm />
    </Entrance>
  );
}

function AgainForm() {
  const { accounts: texts } = useTexts();
  const [said, setSaid] = useState<string | null>(null);
  const form = useForm({
    initial: { email: '' },
    check: ({ email }) => ({ email: emailFault(email, texts) }),
    send: async ({ email }) => {
      await unwrap(api.POST('/api/v1/auth/resend-verification', { body: { email } }));
      setSaid(texts.login.resent);
    },
  });
  return (
    <Form of={form} action={texts.verify.again} said={said}>
      <Field {...form.field('email')} label={texts.login.email} type="email" autoComplete="username" />
    </Form>
  );
}
