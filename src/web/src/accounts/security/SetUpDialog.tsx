import { useMemo } from 'react';
import { api, type Schemas, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Copy } from '../../parts/form/Copy';
import { Dialog } from '../../parts/form/Dialog';
import { Field } from '../../parts/form/Field';
import { Form } from '../../parts/form/Form';
import { useForm } from '../../parts/form/useForm';
import { codeFault } from '../checks';
import css from '../profile/Profile.module.css';
import { confirmed } from '../session/asking';
import { QrPicture } from './QrPicture';

interface SetUpProps {
  readonly setup: Schemas['NewAuthenticator'];
  readonly onClose: () => void;
  readonly onDone: (codes: readonly string[]) => void;
}

export function SetUpDialog({ setup, onClose, onDone }: SetUpProps) {
  const { accounts: texts } = useTexts();
  const words = texts.security;
  const form = useForm({
    initial: { code: '' },
    check: ({ code }) => ({ code: codeFault(code, texts) }),
    send: async ({ code }) => {
      const body = { setup: setup.setup, code: code.replaceAll(' ', '') };
      onDone((await confirmed(() => unwrap(api.POST('/api/v1/account/two-factor/enable', { body })))).codes);
    },
  });
  const secret = useMemo(() => setup.secret.replace(/(.{4})(?=.)/g, '$1 '), [setup.secret]);
  return (
    <Dialog title={words.setupTitle} text={words.setupScan} onClose={onClose}>
      <QrPicture svg={setup.qrSvg} label={words.qr} />
      <p className={css['text']}>
        {words.secret}: <span className={css['secret']}>{secret}</span>
      </p>
      <Form of={form} action={words.enable} beside={<Button onClick={onClose}>{texts.form.cancel}</Button>}>
        <Field
          {...form.field('code')}
          label={words.firstCode}
          inputMode="numeric"
          autoComplete="one-time-code"
          isMono
        />
      </Form>
    </Dialog>
  );
}

/** The codes, this once. */
export function RecoveryCodes({
  codes,
  onClose,
}: {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}) {
  const { security } = useTexts().accounts;
  return (
    <Dialog title={security.codesTitle} text={security.codesText} onClose={onClose}>
      <ul className={css['codes']}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={css['bar']} style={{ marginTop: 'var(--s4)' }}>
        <Copy text={codes.join('\n')} />
        <Button kind="primary" onClick={onClose}>
          {security.codesKept}
        </Button>
      </div>
    </Dialog>
  );
}
