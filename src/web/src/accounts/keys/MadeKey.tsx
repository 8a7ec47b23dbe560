import type { Schemas } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Copy } from '../../parts/form/Copy';
import { Dialog } from '../../parts/form/Dialog';
import css from '../profile/Profile.module.css';

/** The key itself, this once. */
export function MadeKey({
  made,
  onClose,
}: {
  readonly made: Schemas['MadeKey'];
  readonly onClose: () => void;
}) {
  const { keys } = useTexts().accounts;
  return (
    <Dialog title={keys.madeTitle} text={keys.madeText} onClose={onClose}>
      <p className={`${css['codes']} ${css['secret']}`} style={{ display: 'block' }}>
        {made.secret}
      </p>
      <p className={css['text']}>
        {keys.madeUse}{' '}
        <code className={css['secret']}>
          curl -H "X-API-Key: {made.key.prefix}…" {location.origin}/api/v1/auth/me
        </code>
      </p>
      <div className={css['bar']} style={{ marginTop: 'var(--s4)' }}>
        <Copy text={made.secret} />
        <Button kind="primary" onClick={onClose}>
          {keys.madeDone}
        </Button>
      </div>
    </Dialog>
  );
}
