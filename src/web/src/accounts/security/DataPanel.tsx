import { useState } from 'react';
import { useLocation } from 'wouter';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/form/Dialog';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { Panel } from '../../parts/Panel';
import { explainError } from '../explainError';
import css from '../profile/Profile.module.css';
import { confirmed, NotConfirmed } from '../session/asking';
import { useForgetEverything } from '../session/useMe';

export function DataPanel({ email }: { readonly email: string }) {
  const texts = useTexts();
  const { security } = texts.accounts;
  const [said, setSaid] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const save = async () => {
    try {
      keep('tidemark-my-data.json', await confirmed(() => unwrap(api.GET('/api/v1/account/export'))));
      setSaid(security.exported);
    } catch (error) {
      if (!(error instanceof NotConfirmed)) setSaid(explainError(error, texts));
    }
  };
  return (
    <Panel title={security.data} note={security.dataHint}>
      <div className={css['body']}>
        <div className={css['bar']}>
          <Button onClick={() => void save()}>{security.export}</Button>
          <span role="status">{said}</span>
        </div>
        <p className={css['text']}>{security.deleteHint}</p>
        <div className={css['bar']}>
          <Button kind="danger" onClick={() => setLeaving(true)}>
            {security.delete}
          </Button>
        </div>
      </div>
      {isLeaving && <Farewell email={email} onClose={() => setLeaving(false)} />}
    </Panel>
  );
}

function Farewell({ email, onClose }: { readonly email: string; readonly onClose: () => void }) {
  const { accounts: texts } = useTexts();
  const forget = useForgetEverything();
  const [, navigate] = useLocation();
  const form = useForm({
    initial: { email: '' },
    check: (values) => ({
      email:
        values.email.trim().toLowerCase() === email.toLowerCase() ? undefined : texts.security.deleteFault,
    }),
    send: async (values) => {
      await confirmed(() =>
        unwrap(api.POST('/api/v1/account/delete', { body: { email: values.email.trim() } })),
      );
      await forget();
      navigate('/register');
    },
  });
  return (
    <Dialog title={texts.security.deleteTitle} text={texts.security.deleteText(email)} onClose={onClose}>
      <Form
        of={form}
        action={texts.security.delete}
        beside={<Button onClick={onClose}>{texts.form.cancel}</Button>}
      >
        <Field
          {...form.field('email')}
          label={texts.security.deleteAddress}
          type="email"
          autoComplete="off"
        />
      </Form>
    </Dialog>
  );
}

/** Hands the person a file. */
function keep(name: string, content: unknown): void {
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
