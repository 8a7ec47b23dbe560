import { LockKeyhole } from 'lucide-react';
import { Link } from 'wouter';
import { titleOf } from '../../../accounts/subscription/explain';
import type { Schemas } from '../../../api/client';
import { useTexts } from '../../../i18n/Texts';
import css from './Eye.module.css';

/** What the plan leaves locked stays in sight, and says what opens it. */
export function Locks({ locks }: { readonly locks: readonly Schemas['Locked'][] }) {
  const { accounts, eye } = useTexts();
  if (locks.length === 0) return null;
  return (
    <section className={css['group']} aria-label={eye.overlay.locked}>
      <h2 className={css['title']}>{eye.overlay.locked}</h2>
      <ul>
        {locks.map((lock) => (
          <li key={lock.entitlement} className={css['lock']}>
            <LockKeyhole size={13} aria-hidden="true" />
            <span className={css['lockName']}>
              {titleOf({ entitlement: lock.entitlement, title: lock.what }, accounts)}
              {lock.opensWith && (
                <span className={css['hint']}>
                  {' '}
                  · {eye.overlay.opensWith(accounts.plans[lock.opensWith])}
                </span>
              )}
            </span>
            <Link
              href={`/profile/subscription?why=${lock.entitlement}`}
              aria-label={`${eye.overlay.why} ${titleOf({ entitlement: lock.entitlement, title: lock.what }, accounts)}`}
            >
              {eye.overlay.why}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
