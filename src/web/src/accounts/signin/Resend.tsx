import { useState } from 'react';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { explainError } from '../explainError';

/** Sends the confirmation mail again. The answer is the same whether or not the address waits for one. */
export function Resend({ email }: { readonly email: string }) {
  const texts = useTexts();
  const [said, setSaid] = useState<string | null>(null);
  const send = async () => {
    try {
      await unwrap(api.POST('/api/v1/auth/resend-verification', { body: { email } }));
      setSaid(texts.accounts.login.resent);
    } catch (error) {
      setSaid(explainError(error, texts));
    }
  };
  return (
    <div>
      <Button kind="link" onClick={() => void send()}>
        {texts.accounts.login.resend}
      </Button>
      <p role="status">{said}</p>
    </div>
  );
}
