import { LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useTexts } from '../../i18n/Texts';
import { Notice } from '../../parts/Notice';
import { Page } from '../../parts/Page';
import { signInPath } from './returning';
import { type Me, useMe } from './useMe';

interface NeedsProps {
  readonly title: string;
  readonly admin?: boolean;
  readonly children: (me: Me) => ReactNode;
}

/** Shows a page to whom it belongs, and to others why not and what to do. */
export function Needs({ title, admin = false, children }: NeedsProps) {
  const { accounts: texts } = useTexts();
  const me = useMe();
  const [pathname] = useLocation();
  const search = useSearch();
  if (me === undefined) return <Page title={title}>{null}</Page>;
  if (me !== null && (!admin || me.isAdmin)) return children(me);
  return (
    <Page title={title}>
      {me === null ? (
        <Notice icon={LockKeyhole} title={texts.needs.title} hint={texts.needs.hint}>
          <Link href={signInPath(pathname, search === '' ? '' : `?${search}`)}>{texts.menu.signIn}</Link>
        </Notice>
      ) : me.needsSecondFactor ? (
        <Notice icon={LockKeyhole} title={texts.needs.factorTitle} hint={texts.needs.factorHint}>
          <Link href="/profile/security">{texts.needs.toSecurity}</Link>
        </Notice>
      ) : (
        <Notice icon={LockKeyhole} title={texts.needs.adminsTitle} hint={texts.needs.adminsHint} />
      )}
    </Page>
  );
}
