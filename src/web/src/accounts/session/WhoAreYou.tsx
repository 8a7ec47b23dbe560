import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/form/Dialog';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import formCss from '../../parts/form/Form.module.css';
import { useForm } from '../../parts/form/useForm';
import { codeFault, needed } from '../checks';
import { explainError } from '../explainError';
import { hasPasskeys, showPasskey, wasDismissed } from './passkeys';

/** Asks again who is there, before something sensitive. */
export function WhoAreYou({ answer }: { readonly answer: (isConfirmed: boolean) => void }) {
  const texts = useTexts();
  const { confirm, login } = texts.accounts;
  const [problem, setProblem] = useState<string | null>(null);
  const { data: security } = useQuery({
    queryKey: ['account', 'security'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account/security', { signal })),
  });
  const needsCode = security?.hasAuthenticator ?? false;
  // Who has a passkey and no authenticator shows the passkey; the password alone would not do.
  const needsPasskey = !needsCode && (security?.passkeys ?? 0) > 0;
  const form = useForm({
    initial: { password: '', code: '' },
    check: ({ password, code }) => ({
      password: needed(password, texts.accounts),
      code: needsCode ? codeFault(code, texts.accounts) : undefined,
    }),
    send: async ({ password, code }) => {
      await unwrap(
        api.POST('/api/v1/auth/confirm', {
          body: { password, ...(needsCode ? { code: code.replaceAll(' ', '') } : {}) },
        }),
      );
      answer(true);
    },
  });
  const byPasskey = async () => {
    try {
      await unwrap(api.POST('/api/v1/auth/confirm', { body: await showPasskey() }));
      answer(true);
    } catch (error) {
      if (!wasDismissed(error)) setProblem(explainError(error, texts));
    }
  };
  return (
    <Dialog title={confirm.title} text={confirm.text} onClose={() => answer(false)}>
      {needsPasskey ? (
        <Button kind="primary" onClick={() => void byPasskey()} disabled={!hasPasskeys()}>
          {confirm.withPasskey}
        </Button>
      ) : (
        <Form
          of={form}
          action={confirm.action}
          beside={
            (security?.passkeys ?? 0) > 0 &&
            hasPasskeys() && <Button onClick={() => void byPasskey()}>{confirm.withPasskey}</Button>
          }
        >
          <Field
            {...form.field('password')}
            label={login.password}
            type="password"
            autoComplete="current-password"
          />
          {needsCode && (
            <Field
              {...form.field('code')}
              label={confirm.code}
              inputMode="numeric"
              autoComplete="one-time-code"
              isMono
            />
          )}
        </Form>
      )}
      <div role="alert" className={formCss['alert']}>
        {problem && <p className={formCss['problem']}>{problem}</p>}
      </div>
    </Dialog>
  );
}
