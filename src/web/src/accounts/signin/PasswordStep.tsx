import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import formCss from '../../parts/form/Form.module.css';
import { Tick } from '../../parts/form/Tick';
import { useForm } from '../../parts/form/useForm';
import { emailFault, needed } from '../checks';
import { explainError } from '../explainError';
import { hasPasskeys, showPasskey, wasDismissed } from '../session/passkeys';
import css from './Entrance.module.css';
import { Resend } from './Resend';
import { challengeOf } from './useEnter';

interface StepProps {
  readonly onEntered: () => Promise<void>;
  readonly onChallenge: (challenge: string) => void;
}

export function PasswordStep({ onEntered, onChallenge }: StepProps) {
  const { accounts: texts } = useTexts();
  const [wasRefused, setRefused] = useState(false);
  const form = useForm({
    initial: { email: '', password: '', remember: false },
    check: ({ email, password }) => ({ email: emailFault(email, texts), password: needed(password, texts) }),
    send: async ({ email, password, remember }) => {
      try {
        await unwrap(
          api.POST('/api/v1/auth/login', {
            body: { email, password, session: true, remember, trustDevice: false },
          }),
        );
      } catch (error) {
        setRefused(true);
        return onChallenge(challengeOf(error));
      }
      await onEntered();
    },
  });
  return (
    <>
      <Form of={form} action={texts.login.action}>
        <Field
          {...form.field('email')}
          label={texts.login.email}
          type="email"
          autoComplete="username webauthn"
        />
        <Field
          {...form.field('password')}
          label={texts.login.password}
          type="password"
          autoComplete="current-password"
        />
        <Tick {...form.field('remember')}>{texts.login.remember}</Tick>
      </Form>
      {wasRefused && form.problem !== null && emailFault(form.values.email, texts) === undefined && (
        <Resend email={form.values.email} />
      )}
      {hasPasskeys() && (
        <>
          <p className={css['or']}>{texts.login.or}</p>
          <PasskeyButton remember={form.values.remember} onEntered={onEntered} />
        </>
      )}
    </>
  );
}

function PasskeyButton({
  remember,
  onEntered,
}: {
  readonly remember: boolean;
  readonly onEntered: () => Promise<void>;
}) {
  const texts = useTexts();
  const [problem, setProblem] = useState<string | null>(null);
  const enter = async () => {
    setProblem(null);
    try {
      const shown = await showPasskey();
      await unwrap(api.POST('/api/v1/auth/passkey/login', { body: { ...shown, session: true, remember } }));
      await onEntered();
    } catch (error) {
      if (!wasDismissed(error)) setProblem(explainError(error, texts));
    }
  };
  return (
    <>
      <Button onClick={() => void enter()}>
        <Fingerprint size={16} aria-hidden="true" />
        {texts.accounts.login.passkey}
      </Button>
      <div role="alert" className={formCss['alert']}>
        {problem && <p className={formCss['problem']}>{problem}</p>}
      </div>
    </>
  );
}
