import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { ApiError } from '../../api/ApiError';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { emailFault, needed } from '../checks';
import { explainError } from '../explainError';
import { Entrance } from './Entrance';
import { useEnter } from './useEnter';
import { useMailedToken } from './useMailedToken';

/** Opens the account with the mailed link and the password it was registered with, and signs in. */
export function VerifyPage() {
  const { accounts: texts } = useTexts();
  const token = useMailedToken();
  const [isOver, setOver] = useState(token === '');
  const enter = useEnter('/welcome');
  const form = useForm({
    initial: { password: '' },
    check: ({ password }) => ({ password: needed(password, texts) }),
    send: async ({ password }) => {
      try {
        const { email } = await unwrap(api.POST('/api/v1/auth/verify-email', { body: { token, password } }));
        await unwrap(
          api.POST('/api/v1/auth/login', {
            body: { email, password, session: true, remember: false, trustDevice: false },
          }),
        );
        await enter();
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'LINK_EXPIRED') throw error;
        setOver(true);
      }
    },
  });
  if (isOver) return <LinkIsOver problem={texts.errors.LINK_EXPIRED} />;
  return (
    <Entrance
      title={texts.verify.title}
      lead={texts.verify.lead}
      below={<Link href="/register">{texts.verify.registerAgain}</Link>}
    >
      <Form of={form} action={texts.verify.action}>
        <Field
          {...form.field('password')}
          label={texts.login.password}
          type="password"
          hint={texts.verify.passwordHint}
          autoComplete="current-password"
        />
      </Form>
    </Entrance>
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
  const token = useMailedToken();
  const isSpent = useRef(false);
  useEffect(() => {
    // A link is good once: a second run of this effect must not spend it again.
    if (isSpent.current) return;
    isSpent.current = true;
    spend(token).then(onDone, (error: unknown) =>
      setProblem(
        error instanceof ApiError && error.code === 'VALIDATION_FAILED'
          ? texts.accounts.errors.LINK_EXPIRED
          : explainError(error, texts),
      ),
    );
  });
  if (problem === null) return <Entrance title={verify.title} lead={verify.working} />;
  return <LinkIsOver problem={problem} />;
}

function LinkIsOver({ problem }: { readonly problem: string }) {
  const { accounts: texts } = useTexts();
  return (
    <Entrance
      title={texts.verify.failedTitle}
      lead={problem}
      below={<Link href="/login">{texts.forgot.back}</Link>}
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
