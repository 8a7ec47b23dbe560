import { LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../../i18n/Texts';
import css from './Locks.module.css';
import type { Lock } from './useSight';

interface LocksProps {
  readonly locks: readonly Lock[];
  /** Which of them belong here. */
  readonly of: readonly string[];
  readonly children?: ReactNode;
}

/** What the plan leaves locked stays in sight, with a way to the reason. */
export function Locks({ locks, of, children }: LocksProps) {
  const { accounts, pages } = useTexts();
  const shown = locks.filter((lock) => of.includes(lock.entitlement));
  if (shown.length === 0) return null;
  const words: { readonly [entitlement: string]: string } = pages.locks;
  return (
    <ul className={css['locks']} aria-label={pages.locks.title}>
      {shown.map(({ entitlement, what, opensWith }) => (
        <li key={entitlement} className={css['lock']}>
          <LockKeyhole size={12} aria-hidden="true" />
          <span className={css['words']}>
            <span>
              {words[entitlement] ?? what}{' '}
              {opensWith !== null && accounts.subscription.opensWith(accounts.plans[opensWith])}
            </span>
            <Link href={`/profile/subscription?why=${entitlement}`}>{accounts.subscription.why}</Link>
            {entitlement === 'symbols' && children}
          </span>
        </li>
      ))}
    </ul>
  );
}
