import { Bell as BellIcon } from 'lucide-react';
import { useMe } from '../../accounts/session/useMe';
import { useTexts } from '../../i18n/Texts';
import { useDisclosure } from '../../parts/useDisclosure';
import { useRenewedPush } from '../push/useRenewedPush';
import css from './Bell.module.css';
import { NoteList } from './NoteList';
import { useUnread } from './useBell';

/** The bell of the frame, for who is signed in. */
export function Bell() {
  const me = useMe();
  return me?.id ? <OwnBell user={me.id} /> : null;
}

function OwnBell({ user }: { readonly user: number }) {
  const { bell: texts } = useTexts().notices;
  const { unread, arrived } = useUnread(user);
  const { box, isOpen, setOpen } = useDisclosure<HTMLDivElement>();
  useRenewedPush(user);
  const shown = unread === 0 ? '' : unread > 99 ? '99+' : String(unread);
  return (
    <div ref={box} className={css['box']}>
      <button
        type="button"
        className={css['bell']}
        aria-label={texts.label(shown)}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <BellIcon size={16} aria-hidden="true" />
        {shown !== '' && (
          <span className={css['count']} aria-hidden="true">
            {shown}
          </span>
        )}
      </button>
      <span role="status" className="visually-hidden">
        {arrived !== '' && texts.arrived(arrived)}
      </span>
      {isOpen && <NoteList unread={unread} onClose={() => setOpen(false)} />}
    </div>
  );
}
