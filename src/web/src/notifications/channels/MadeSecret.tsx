import css from '../../accounts/profile/Profile.module.css';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { Copy } from '../../parts/form/Copy';
import { Dialog } from '../../parts/form/Dialog';

/** A webhook's secret, this once. */
export function MadeSecret({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  const { address } = useTexts().notices;
  return (
    <Dialog title={address.secretTitle} text={address.secretText} onClose={onClose}>
      <p className={css['secret']}>{secret}</p>
      <div className={css['bar']} style={{ marginTop: 'var(--s4)' }}>
        <Copy text={secret} />
        <Button kind="primary" onClick={onClose}>
          {address.secretKept}
        </Button>
      </div>
    </Dialog>
  );
}
