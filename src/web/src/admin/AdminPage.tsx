import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { Needs } from '../accounts/session/Needs';
import { useTexts } from '../i18n/Texts';
import { Page } from '../parts/Page';
import css from './Admin.module.css';

interface AdminPageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A page of the administration, with the side bar that leads through it. */
export function AdminPage({ title, children, ...head }: AdminPageProps) {
  return (
    <Needs title={title} admin>
      {() => (
        <div className={css['frame']}>
          <SideBar />
          <div className={css['content']}>
            <Page title={title} isWide {...head}>
              {children}
            </Page>
          </div>
        </div>
      )}
    </Needs>
  );
}

function SideBar() {
  const texts = useTexts();
  const { admin } = texts.accounts;
  const [location] = useLocation();
  const groups: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    [
      admin.groups.users,
      [
        ['/admin/users', admin.users],
        ['/admin/audit', admin.audit],
      ],
    ],
    [
      admin.groups.system,
      [
        ['/status', texts.frame.status],
        ['/jobs', texts.frame.jobs],
      ],
    ],
    [admin.groups.communications, [['/admin/senders', texts.notices.senders.title]]],
  ];
  return (
    <nav className={css['side']} aria-label={admin.navigation}>
      {groups.map(([group, links]) => (
        <div key={group}>
          <p className={css['group']}>{group}</p>
          {links.map(([path, text]) => (
            <Link
              key={path}
              href={path}
              className={css['link']}
              aria-current={location.startsWith(path) ? 'page' : undefined}
            >
              {text}
            </Link>
          ))}
        </div>
      ))}
      <div>
        <p className={css['group']}>{admin.groups.reference}</p>
        <a href="/docs" className={css['link']}>
          {texts.frame.docs}
        </a>
      </div>
    </nav>
  );
}
