import { CircleUserRound } from 'lucide-react';
import { Link, useLocation, useSearch } from 'wouter';
import { signInPath } from '../accounts/session/returning';
import { useMe } from '../accounts/session/useMe';
import { useSignOut } from '../accounts/session/useSignOut';
import { useTexts } from '../i18n/Texts';
import { useDisclosure } from '../parts/useDisclosure';
import css from './AccountMenu.module.css';

/** The avatar: who is signed in and where his things are; for a visitor the way in. */
export function AccountMenu() {
  const { accounts: texts } = useTexts();
  const me = useMe();
  const [location] = useLocation();
  const search = useSearch();
  const { box, isOpen, setOpen } = useDisclosure<HTMLDivElement>();
  const signOut = useSignOut();
  if (me === undefined) return <span className={css['place']} />;
  if (me === null)
    return (
      <Link className={css['signIn']} href={signInPath(location, search === '' ? '' : `?${search}`)}>
        <CircleUserRound size={16} aria-hidden="true" />
        <span>{texts.menu.signIn}</span>
      </Link>
    );
  const name = me.name || (me.email ?? '');
  const links: (readonly [string, string])[] = [
    ['/profile/account', texts.menu.profile],
    ['/profile/security', texts.menu.security],
    ['/profile/notifications', texts.profile.tabs.notifications],
    ['/profile/subscription', texts.menu.subscription],
    ['/profile/keys', texts.menu.keys],
    ...(me.role === 'admin' ? [['/admin/users', texts.menu.admin] as const] : []),
  ];
  return (
    <div ref={box} className={css['box']}>
      <button
        type="button"
        className={css['avatar']}
        aria-label={`${texts.menu.account}: ${name}`}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {name.slice(0, 1).toUpperCase()}
      </button>
      {isOpen && (
        <div className={css['menu']}>
          <p className={css['who']}>
            <strong>{name}</strong>
            <span>{me.email}</span>
            <span>
              {texts.plans[me.plan]}
              {me.role === 'user' ? '' : ` · ${texts.roles[me.role]}`}
            </span>
          </p>
          {links.map(([path, text]) => (
            <Link key={path} href={path} className={css['item']} onClick={() => setOpen(false)}>
              {text}
            </Link>
          ))}
          <button
            type="button"
            className={css['item']}
            onClick={() => void signOut().then(() => setOpen(false))}
          >
            {texts.menu.signOut}
          </button>
        </div>
      )}
    </div>
  );
}
